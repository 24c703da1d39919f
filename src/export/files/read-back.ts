import { createHash } from "node:crypto";
import { type BigIntStats, constants } from "node:fs";
import { lstat, open } from "node:fs/promises";
import { isMissingFile } from "../../core/missing-file.ts";

const PIECE_BYTES = 1024 * 1024;
const LINE_FEED = 0x0a;
const NO_FOLLOW = constants.O_NOFOLLOW ?? 0;

/** A file as it is on the disk. */
export interface ReadBack {
  readonly bytes: number;
  readonly lines: number;
  readonly sha256: string;
  readonly seal: string;
}

/**
 * Reads a file from the disk, from its beginning to its end.
 * @returns null when it is not there, is a link, or changed meanwhile
 * @throws the system's error when it can't be read
 */
export async function readBack(path: string): Promise<ReadBack | null> {
  const file = await open(path, constants.O_RDONLY | NO_FOLLOW).catch((error: unknown) => {
    if (isMissingFile(error) || (error instanceof Error && "code" in error && error.code === "ELOOP"))
      return null;
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

/** The seal of a file without reading it; null when it is not there. */
export async function readSeal(path: string): Promise<string | null> {
  return await lstat(path, { bigint: true }).then(sealOf, () => null);
}

/**
 * What changes with every change of a file or of its name: a file under the same seal need not be read again. The time is
 * compared for equality with an earlier answer of the same file system, and with no clock.
 */
function sealOf({ ino, size, mtimeNs, ctimeNs }: BigIntStats): string {
  return [ino, size, mtimeNs, ctimeNs].join("-");
}
