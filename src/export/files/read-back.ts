import { createHash } from "node:crypto";
import type { BigIntStats } from "node:fs";
import { lstat } from "node:fs/promises";
import { openNoFollow } from "../../core/files/open-file.ts";
import { isMissingFile, isSymbolicLink } from "../../core/system-error.ts";

const PIECE_BYTES = 1024 * 1024;
const LINE_FEED = 0x0a;

/** Size, line count and hash of a file as read from the disk. */
export interface ReadBack {
  readonly bytes: number;
  readonly lines: number;
  readonly sha256: string;
  readonly seal: string;
}

/**
 * Reads a file from the disk, from start to end.
 * @returns null when it is missing, is a link, or changed while it was read
 * @throws the system's error when it cannot be read
 */
export async function readBack(path: string): Promise<ReadBack | null> {
  const file = await openNoFollow(path).catch((error: unknown) => {
    if (isMissingFile(error) || isSymbolicLink(error)) return null;
    throw error;
  });
  if (file === null) return null;
  try {
    const before = sealOf(await file.stat({ bigint: true }));
    const hash = createHash("sha256");
    const piece = Buffer.allocUnsafe(PIECE_BYTES);
    let bytes = 0;
    let lines = 0;
    for (;;) {
      const { bytesRead } = await file.read(piece, 0, PIECE_BYTES, null);
      if (bytesRead === 0) break;
      const read = piece.subarray(0, bytesRead);
      hash.update(read);
      bytes += bytesRead;
      for (let at = read.indexOf(LINE_FEED); at >= 0; at = read.indexOf(LINE_FEED, at + 1)) lines += 1;
    }
    const seal = sealOf(await file.stat({ bigint: true }));
    return seal === before ? { bytes, lines, sha256: hash.digest("hex"), seal } : null;
  } finally {
    await file.close();
  }
}

/** Returns the seal of a file without reading its content, or null when it is missing. */
export async function readSeal(path: string): Promise<string | null> {
  return await lstat(path, { bigint: true }).then(sealOf, () => null);
}

/**
 * Returns a fingerprint of the file's metadata that changes whenever the file or its name changes. A file
 * with the same seal need not be read again. Its times are only compared for equality with earlier ones of
 * the same file system, never with a clock.
 */
function sealOf({ ino, size, mtimeNs, ctimeNs }: BigIntStats): string {
  return [ino, size, mtimeNs, ctimeNs].join("-");
}
