import { createHash } from "node:crypto";
import type { BigIntStats } from "node:fs";
import { type FileHandle, lstat } from "node:fs/promises";
import { openNoFollow } from "../../core/files/open-file.ts";
import { isMissingFile, isSymbolicLink } from "../../core/system-error.ts";
import { checksumAfter } from "./checksum.ts";

/**
 * Size of one read in bytes. Larger reads are not faster, and with many small files, their buffers would stay in
 * memory for a while.
 */
const PIECE_BYTES = 128 * 1024;
const LINE_FEED = 0x0a;

/** Size, line count and checksums of a file that was read back from the disk. */
export interface ReadBack {
  readonly bytes: number;
  readonly lines: number;
  /** SHA-256 of the content, in hexadecimal. */
  readonly sha256: string;
  readonly crc32: number;
  readonly seal: string;
}

/** Reads a file from the disk, from start to end, even while it grows. */
export class ReadingBack {
  readonly #file: FileHandle;
  readonly #hash = createHash("sha256");
  readonly #piece = Buffer.allocUnsafe(PIECE_BYTES);
  #bytes = 0;
  #lines = 0;
  #crc32 = 0;

  private constructor(file: FileHandle) {
    this.#file = file;
  }

  /**
   * Opens the file.
   * @returns null when it is missing or is a link
   * @throws the system's error when it cannot be opened
   */
  static async open(path: string): Promise<ReadingBack | null> {
    const file = await openNoFollow(path).catch((error: unknown) => {
      if (isMissingFile(error) || isSymbolicLink(error)) return null;
      throw error;
    });
    return file === null ? null : new ReadingBack(file);
  }

  /** Continues reading to this offset, or to the end of the file. */
  async readTo(offset: number): Promise<void> {
    while (this.#bytes < offset) {
      const wanted = Math.min(PIECE_BYTES, offset - this.#bytes);
      const { bytesRead } = await this.#file.read(this.#piece, 0, wanted, this.#bytes);
      if (bytesRead === 0) return;
      const read = this.#piece.subarray(0, bytesRead);
      this.#hash.update(read);
      this.#crc32 = checksumAfter(this.#crc32, read);
      this.#bytes += bytesRead;
      for (let at = read.indexOf(LINE_FEED); at >= 0; at = read.indexOf(LINE_FEED, at + 1)) this.#lines += 1;
    }
  }

  /**
   * Reads the rest of the finished file.
   * @returns null when the file changed in the meantime
   */
  async finish(): Promise<ReadBack | null> {
    const before = sealOf(await this.#file.stat({ bigint: true }));
    await this.readTo(Number.POSITIVE_INFINITY);
    const seal = sealOf(await this.#file.stat({ bigint: true }));
    if (seal !== before) return null;
    const [sha256, checksum] = [this.#hash.digest("hex"), this.#crc32];
    return { bytes: this.#bytes, lines: this.#lines, sha256, crc32: checksum, seal };
  }

  async close(): Promise<void> {
    await this.#file.close();
  }
}

/**
 * Reads a finished file from the disk, from start to end.
 * @returns null when it is missing, is a link, or changed while it was read
 * @throws the system's error when it cannot be read
 */
export async function readBack(path: string): Promise<ReadBack | null> {
  const reading = await ReadingBack.open(path);
  try {
    return (await reading?.finish()) ?? null;
  } finally {
    await reading?.close();
  }
}

/** Returns the seal of a file, a fingerprint of its metadata; null when the metadata cannot be read. */
export async function readSeal(path: string): Promise<string | null> {
  return await lstat(path, { bigint: true }).then(sealOf, () => null);
}

/** Returns whether two seals differ at most by a change of the file's name. */
export function hasSameContent(seal: string, other: string): boolean {
  const contentOf = (each: string): string => each.slice(0, each.lastIndexOf("-"));
  return contentOf(seal) === contentOf(other);
}

/**
 * Returns a fingerprint of the file's metadata that changes whenever the file or its name changes. A file with
 * the same seal need not be read again. Its times are only compared for equality with earlier times from the
 * same file system, never with a clock.
 */
function sealOf({ ino, size, mtimeNs, ctimeNs }: BigIntStats): string {
  return [ino, size, mtimeNs, ctimeNs].join("-");
}
