import type { Hash } from "node:crypto";
import type { FileHandle } from "node:fs/promises";
import { SECTOR_BYTES } from "./direct-file.ts";

const BLOCK_BYTES = 1024 * 1024;
const LINE_FEED = 0x0a;

/** Thrown when the spool is missing or does not contain what was committed; the part must start over. */
export class SpoolLost extends Error {}

/** Reads the bytes of the last sector, which is incomplete. */
export async function readLastSector(file: FileHandle, size: number): Promise<Buffer> {
  const rest = Buffer.alloc(size % SECTOR_BYTES);
  const { bytesRead } = await file.read(rest, 0, rest.length, size - rest.length);
  if (bytesRead < rest.length) throw new SpoolLost("its spool is shorter than its checkpoint");
  return rest;
}

/**
 * Reads the committed lines of a spool and adds them to the hash.
 * @returns their number
 * @throws SpoolLost when the file is shorter
 */
export async function readCommittedLines(
  file: FileHandle,
  size: number,
  hash: Hash,
  onLine: (bytes: Uint8Array, start: number, end: number) => void,
): Promise<number> {
  let lines = 0;
  let rest = Buffer.alloc(0);
  for (let position = 0; position < size; ) {
    const block = Buffer.allocUnsafe(Math.min(BLOCK_BYTES, size - position));
    const { bytesRead } = await file.read(block, 0, block.length, position);
    if (bytesRead === 0) throw new SpoolLost("its spool is shorter than its checkpoint");
    position += bytesRead;
    const read = block.subarray(0, bytesRead);
    hash.update(read);
    const bytes = rest.length === 0 ? read : Buffer.concat([rest, read]);
    let start = 0;
    for (let end = bytes.indexOf(LINE_FEED); end >= 0; end = bytes.indexOf(LINE_FEED, start)) {
      onLine(bytes, start, end);
      lines += 1;
      start = end + 1;
    }
    rest = bytes.subarray(start);
  }
  return lines;
}
