import type { FileHandle } from "node:fs/promises";
import { dirname } from "node:path";
import { makeDirectory } from "../../core/files/make-directory.ts";
import { createNoFollow } from "../../core/files/open-file.ts";
import { checksumAfter } from "../files/checksum.ts";
import { writeFailed } from "../files/write-failed.ts";
import type { Written } from "./table-file.ts";

/** A file that is written from start to end. */
export class OutputFile {
  readonly path: string;
  readonly #file: FileHandle;
  #bytes = 0;
  #crc32 = 0;

  private constructor(path: string, file: FileHandle) {
    this.path = path;
    this.#file = file;
  }

  /**
   * Creates a file that begins with these bytes, and its directory if it is missing.
   * @throws OutputError when either fails
   */
  static async create(path: string, first: Uint8Array): Promise<OutputFile> {
    const file = await OutputFile.#open(path);
    try {
      await file.write(first);
      return file;
    } catch (error) {
      await file.abandon();
      throw error;
    }
  }

  static async #open(path: string): Promise<OutputFile> {
    try {
      await makeDirectory(dirname(path));
      return new OutputFile(path, await createNoFollow(path));
    } catch (error) {
      throw writeFailed(path, error);
    }
  }

  /** Writes bytes at the end. @throws OutputError when the disk is full or the write fails */
  async write(bytes: Uint8Array): Promise<void> {
    this.#crc32 = checksumAfter(this.#crc32, bytes);
    this.#bytes += bytes.length;
    try {
      await this.#file.appendFile(bytes);
    } catch (error) {
      throw writeFailed(this.path, error);
    }
  }

  /**
   * Makes the file durable and closes it.
   * @throws OutputError like `write`
   */
  async finish(): Promise<Written> {
    try {
      await this.#file.sync();
      await this.#file.close();
    } catch (error) {
      throw writeFailed(this.path, error);
    }
    return { bytes: this.#bytes, crc32: this.#crc32 };
  }

  /** Closes the unfinished file after a failure that has already been reported. */
  async abandon(): Promise<void> {
    await this.#file.close().catch(() => undefined);
  }
}
