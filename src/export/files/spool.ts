import { createHash, type Hash } from "node:crypto";
import type { FileHandle } from "node:fs/promises";
import { dirname } from "node:path";
import { createNoFollow, openToChange } from "../../core/files/open-file.ts";
import { syncDirectory } from "../../core/files/sync-directory.ts";
import { isMissingFile } from "../../core/system-error.ts";
import { allocatePages, DirectFile, SECTOR_BYTES } from "./direct-file.ts";
import type { Guard } from "./guard.ts";
import { readCommittedLines, readLastSector, SpoolLost } from "./read-committed.ts";
import { writeFailed } from "./write-failed.ts";

const BLOCK_BYTES = 1024 * 1024;
/** Number of blocks that may be queued for the disk before `ready` waits. */
const MOST_WAITING = 1;
const LINE_FEED = 0x0a;

/** The facts about a spool that a journal records. */
export interface Commitment {
  readonly bytes: number;
  readonly records: number;
  /** SHA-256 in hexadecimal; null in journals of earlier versions. */
  readonly sha256: string | null;
}

export const NOTHING_COMMITTED: Commitment = { bytes: 0, records: 0, sha256: null };

/** The content with which a spool is opened. */
interface Begun {
  readonly bytes: number;
  /** Bytes of the last sector, which is incomplete. */
  readonly rest: Buffer;
  readonly hash: Hash;
}

/**
 * A file with the records of one part, one per line. It is truncated to the last commit after a broken page or
 * a crash. Appending is synchronous; blocks of 1 MiB are written in the background. Each block begins at a sector,
 * so the block after a commit repeats the bytes of a sector that the commit left incomplete.
 */
export class Spool {
  readonly #path: string;
  readonly #file: FileHandle;
  readonly #blocks: DirectFile;
  readonly #guard: Guard;
  #hash: Hash;
  #committedHash: Hash;
  #committedBytes: number;
  /** Bytes of the last committed sector, which is incomplete. */
  #committedRest: Buffer;
  /** Offset in the file at which the block begins. */
  #start = 0;
  #block: Buffer = allocatePages(BLOCK_BYTES);
  /** Blocks that have been written and can be reused. */
  readonly #free: Buffer[] = [];
  #used = 0;
  /** Number of bytes at the start of the block that an earlier block has written. */
  #repeated = 0;
  /** Pending writes, which run one after another. */
  readonly #writing: Promise<void>[] = [];
  #failure: unknown = null;

  private constructor(path: string, file: FileHandle, blocks: DirectFile, guard: Guard, begun: Begun) {
    this.#path = path;
    this.#guard = guard;
    this.#file = file;
    this.#blocks = blocks;
    this.#committedBytes = begun.bytes;
    this.#committedRest = begun.rest;
    this.#committedHash = begun.hash;
    this.#hash = begun.hash.copy();
    this.#continue();
  }

  /**
   * Opens the spool and truncates it to the last commit.
   * @param isCached whether the system should keep the file in its cache for those who read it soon
   * @param guard called before each block is written
   * @param onLine called with every committed line
   * @throws SpoolLost when the committed lines are missing or differ; OutputError when the file cannot be
   * written
   */
  static async open(
    path: string,
    committed: Commitment,
    isCached: boolean,
    guard: Guard,
    onLine: (bytes: Uint8Array, start: number, end: number) => void,
  ): Promise<Spool> {
    let file: FileHandle | null = null;
    try {
      await guard();
      file = await (committed.bytes === 0 ? createNoFollow(path) : openToChange(path));
      const hash = createHash("sha256");
      // Checked before truncating, because truncate would pad a short file with zeros.
      const lines = await readCommittedLines(file, committed.bytes, hash, onLine);
      const isOther = committed.sha256 !== null && hash.copy().digest("hex") !== committed.sha256;
      if (committed.bytes > 0 && (lines !== committed.records || isOther)) {
        throw new SpoolLost("its spool does not match its checkpoint");
      }
      await file.truncate(committed.bytes);
      // A crash can lose a flushed file whose directory entry is not durable.
      if (committed.bytes === 0) await syncDirectory(dirname(path));
      const rest = await readLastSector(file, committed.bytes);
      const blocks = isCached ? DirectFile.cached(file) : await DirectFile.of(file, "write");
      return new Spool(path, file, blocks, guard, { bytes: committed.bytes, rest, hash });
    } catch (error) {
      await file?.close();
      if (error instanceof SpoolLost) throw error;
      if (committed.bytes > 0 && isMissingFile(error)) throw new SpoolLost("its spool is missing");
      throw writeFailed(path, error);
    }
  }

  /** Appends lines and adds a final line feed, which the bytes must not include. */
  append(bytes: Uint8Array, start: number, end: number): void {
    this.#copy(bytes.subarray(start, end));
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
   * @returns size in bytes and SHA-256 of the file
   */
  async commit(): Promise<{ readonly bytes: number; readonly sha256: string }> {
    this.#send();
    const hash = this.#hash.copy();
    const bytes = this.#start + this.#used;
    const rest = Buffer.from(this.#block.subarray(0, this.#used));
    await this.#writing.at(-1);
    this.#check();
    await this.#file.datasync().catch((error: unknown) => {
      throw writeFailed(this.#path, error);
    });
    this.#committedHash = hash;
    this.#committedBytes = bytes;
    this.#committedRest = rest;
    return { bytes, sha256: hash.copy().digest("hex") };
  }

  /** Discards everything that was appended since the last commit. */
  async rollBack(): Promise<void> {
    await this.#writing.at(-1);
    this.#check();
    this.#continue();
    await this.#file.truncate(this.#committedBytes).catch((error: unknown) => {
      throw writeFailed(this.#path, error);
    });
    this.#hash = this.#committedHash.copy();
  }

  /** Closes the file at the last commit. @returns the SHA-256 of the file, in hexadecimal */
  async close(): Promise<string> {
    await this.#writing.at(-1);
    await this.#file.truncate(this.#committedBytes).catch(() => undefined);
    await this.#blocks.close();
    await this.#file.close();
    return this.#committedHash.digest("hex");
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

  /** Continues after the last commit. */
  #continue(): void {
    this.#start = this.#committedBytes - this.#committedRest.length;
    this.#committedRest.copy(this.#block);
    this.#used = this.#committedRest.length;
    this.#repeated = this.#used;
  }

  /** Queues the block for the file; blocks are written in order. */
  #send(): void {
    if (this.#used === this.#repeated) return;
    const block = this.#block;
    const size = this.#used;
    this.#hash.update(block.subarray(this.#repeated, size));
    const rest = size % SECTOR_BYTES;
    this.#block = this.#free.pop() ?? allocatePages(BLOCK_BYTES);
    block.copy(this.#block, 0, size - rest, size);
    this.#writing.push(this.#write(block.subarray(0, size), this.#start, this.#writing.at(-1)));
    this.#start += size - rest;
    this.#used = rest;
    this.#repeated = rest;
  }

  async #write(bytes: Buffer, position: number, earlier?: Promise<void>): Promise<void> {
    try {
      await earlier;
      if (this.#failure !== null) return;
      await this.#guard();
      await this.#blocks.write(bytes, position);
    } catch (error) {
      this.#failure = error;
    } finally {
      // Keeps no more blocks than may be queued. A long record may have needed more of them.
      if (this.#free.length <= MOST_WAITING) this.#free.push(Buffer.from(bytes.buffer));
      this.#writing.shift();
    }
  }

  #check(): void {
    if (this.#failure !== null) throw writeFailed(this.#path, this.#failure);
  }
}
