import type { FileHandle } from "node:fs/promises";
import { dirname } from "node:path";
import { createNoFollow, openToChange } from "../../core/files/open-file.ts";
import { syncDirectory } from "../../core/files/sync-directory.ts";
import { isMissingFile } from "../../core/system-error.ts";
import { checksumAfter } from "./checksum.ts";
import type { Guard } from "./guard.ts";
import { writeFailed } from "./write-failed.ts";
import { writeFully } from "./write-fully.ts";

const BLOCK_BYTES = 1024 * 1024;
/** Number of blocks that may be queued for the disk before `ready` waits. */
const MOST_WAITING = 1;
const LINE_FEED = 0x0a;
const LINE_END = Uint8Array.of(LINE_FEED);

/** The state of a spool that a journal records. */
export interface Commitment {
  readonly bytes: number;
  readonly records: number;
  /** CRC-32 of these bytes; null in journals of earlier versions. */
  readonly crc32: number | null;
}

export const NOTHING_COMMITTED: Commitment = { bytes: 0, records: 0, crc32: null };

/** Thrown when the spool is missing or does not contain what was committed; the part must start over. */
export class SpoolLost extends Error {}

/**
 * A file with the records of one part, one per line. It is truncated to the last commit after a broken page or
 * a crash. Appending is synchronous; blocks of 1 MiB are written in the background.
 * Only the finished file gets a SHA-256, when it is read back.
 */
export class Spool {
  readonly #path: string;
  readonly #file: FileHandle;
  readonly #guard: Guard;
  #crc32: number;
  #committedCrc32: number;
  #committedBytes: number;
  /** Size of the file, including bytes that are still queued. */
  #bytes: number;
  #block: Buffer = Buffer.allocUnsafe(BLOCK_BYTES);
  /** Blocks that have been written and can be reused. */
  readonly #free: Buffer[] = [];
  #used = 0;
  /** Pending writes, which run one after another. */
  readonly #writing: Promise<void>[] = [];
  #failure: unknown = null;

  private constructor(path: string, file: FileHandle, guard: Guard, bytes: number, checksum: number) {
    this.#path = path;
    this.#guard = guard;
    this.#file = file;
    this.#bytes = bytes;
    this.#committedBytes = bytes;
    this.#crc32 = checksum;
    this.#committedCrc32 = checksum;
  }

  /**
   * Opens the spool and truncates it to the last commit.
   * @param guard called before each block is written
   * @param onLine called with every committed line
   * @throws SpoolLost when the committed lines are missing or differ; OutputError when the file cannot be
   * written
   */
  static async open(
    path: string,
    committed: Commitment,
    guard: Guard,
    onLine: (bytes: Uint8Array, start: number, end: number) => void,
  ): Promise<Spool> {
    let file: FileHandle | null = null;
    try {
      await guard();
      file = await (committed.bytes === 0 ? createNoFollow(path) : openToChange(path));
      // Checks the lines before truncating, because truncating would pad a short file with zeros.
      const { lines, checksum } = await readLines(file, committed.bytes, onLine);
      const isOther = committed.crc32 !== null && checksum !== committed.crc32;
      if (committed.bytes > 0 && (lines !== committed.records || isOther)) {
        throw new SpoolLost("its spool does not match its checkpoint");
      }
      await file.truncate(committed.bytes);
      // A crash can lose a flushed file whose directory entry is not durable.
      if (committed.bytes === 0) await syncDirectory(dirname(path));
      return new Spool(path, file, guard, committed.bytes, checksum);
    } catch (error) {
      await file?.close();
      if (error instanceof SpoolLost) throw error;
      if (committed.bytes > 0 && isMissingFile(error)) throw new SpoolLost("its spool is missing");
      throw writeFailed(path, error);
    }
  }

  /** Appends lines and a final line feed, which the bytes must not include. */
  append(bytes: Uint8Array, start: number, end: number): void {
    const lines = bytes.subarray(start, end);
    // Reads the bytes now, because they have just been scanned. A full block would come from slower memory.
    this.#crc32 = checksumAfter(checksumAfter(this.#crc32, lines), LINE_END);
    this.#copy(lines);
    if (this.#used === BLOCK_BYTES) this.#send();
    this.#block[this.#used] = LINE_FEED;
    this.#used += 1;
  }

  /** Waits while too many blocks are queued for the disk. */
  async ready(): Promise<void> {
    while (this.#writing.length > MOST_WAITING) await this.#writing[0];
    this.#check();
  }

  /**
   * Makes everything that was appended durable.
   * @returns size in bytes and CRC-32 of the file
   * @throws OutputError when the write fails
   */
  async commit(): Promise<{ readonly bytes: number; readonly crc32: number }> {
    this.#send();
    const checksum = this.#crc32;
    const bytes = this.#bytes;
    await this.#writing.at(-1);
    this.#check();
    await this.#file.datasync().catch((error: unknown) => {
      throw writeFailed(this.#path, error);
    });
    this.#committedCrc32 = checksum;
    this.#committedBytes = bytes;
    return { bytes, crc32: checksum };
  }

  /**
   * Discards everything that was appended since the last commit.
   * @throws OutputError when the file cannot be truncated
   */
  async rollBack(): Promise<void> {
    await this.#writing.at(-1);
    this.#check();
    this.#used = 0;
    this.#bytes = this.#committedBytes;
    await this.#file.truncate(this.#committedBytes).catch((error: unknown) => {
      throw writeFailed(this.#path, error);
    });
    this.#crc32 = this.#committedCrc32;
  }

  /** Closes the file at the last commit. */
  async close(): Promise<void> {
    await this.#writing.at(-1);
    await this.#file.truncate(this.#committedBytes).catch(() => undefined);
    await this.#file.close();
  }

  #copy(lines: Uint8Array): void {
    for (let from = 0; from < lines.length; ) {
      if (this.#used === BLOCK_BYTES) this.#send();
      const size = Math.min(lines.length - from, BLOCK_BYTES - this.#used);
      this.#block.set(size === lines.length ? lines : lines.subarray(from, from + size), this.#used);
      this.#used += size;
      from += size;
    }
  }

  /** Queues the block for the file; blocks are written in order. */
  #send(): void {
    if (this.#used === 0) return;
    const block = this.#block;
    const size = this.#used;
    this.#writing.push(this.#write(block, size, this.#bytes, this.#writing.at(-1)));
    this.#bytes += size;
    this.#block = this.#free.pop() ?? Buffer.allocUnsafe(BLOCK_BYTES);
    this.#used = 0;
  }

  async #write(block: Buffer, size: number, position: number, earlier?: Promise<void>): Promise<void> {
    try {
      await earlier;
      if (this.#failure !== null) return;
      await this.#guard();
      await writeFully(this.#file, block.subarray(0, size), position);
    } catch (error) {
      this.#failure = error;
    } finally {
      // A long record may have needed extra blocks. Keeps only as many as may be queued.
      if (this.#free.length <= MOST_WAITING) this.#free.push(block);
      this.#writing.shift();
    }
  }

  #check(): void {
    if (this.#failure !== null) throw writeFailed(this.#path, this.#failure);
  }
}

async function readLines(
  file: FileHandle,
  size: number,
  onLine: (bytes: Uint8Array, start: number, end: number) => void,
): Promise<{ readonly lines: number; readonly checksum: number }> {
  let lines = 0;
  let checksum = 0;
  let rest = Buffer.alloc(0);
  for (let position = 0; position < size; ) {
    const block = Buffer.allocUnsafe(Math.min(BLOCK_BYTES, size - position));
    const { bytesRead } = await file.read(block, 0, block.length, position);
    if (bytesRead === 0) throw new SpoolLost("its spool is shorter than its checkpoint");
    position += bytesRead;
    const read = block.subarray(0, bytesRead);
    checksum = checksumAfter(checksum, read);
    const bytes = rest.length === 0 ? read : Buffer.concat([rest, read]);
    let start = 0;
    for (let end = bytes.indexOf(LINE_FEED); end >= 0; end = bytes.indexOf(LINE_FEED, start)) {
      onLine(bytes, start, end);
      lines += 1;
      start = end + 1;
    }
    rest = bytes.subarray(start);
  }
  return { lines, checksum };
}
