import { createHash } from "node:crypto";
import { type FileHandle, mkdir } from "node:fs/promises";
import { dirname } from "node:path";
import { createNoFollow } from "../files/no-follow-file.ts";
import { writeFailed } from "../files/write-failed.ts";

/** A file that is written from its beginning to its end, and hashed on the way. */
export class OutputFile {
  readonly path: string;
  readonly #file: FileHandle;
  readonly #hash = createHash("sha256");
  #bytes = 0;

  private constructor(path: string, file: FileHandle) {
    this.path = path;
    this.#file = file;
  }

  /**
   * Opens the file, empty, in a directory that is made when it is not there.
   * @throws OutputError when that can't be
   */
  static async create(path: string): Promise<OutputFile> {
    try {
      await mkdir(dirname(path), { recursive: true });
      return new OutputFile(path, await createNoFollow(path));
    } catch (error) {
      throw writeFailed(path, error);
    }
  }

  /** @throws OutputError when there is no room, or the disk refuses */
  async write(bytes: Uint8Array): Promise<void> {
    this.#hash.update(bytes);
    this.#bytes += bytes.length;
    try {
      await this.#file.appendFile(bytes);
    } catch (error) {
      throw writeFailed(this.path, error);
    }
  }

  /**
   * Makes the file durable and closes it.
   * @throws OutputError as when writing
   */
  async finish(): Promise<{ readonly bytes: number; readonly sha256: string }> {
    try {
      await this.#file.sync();
      await this.#file.close();
    } catch (error) {
      throw writeFailed(this.path, error);
    }
    return { bytes: this.#bytes, sha256: this.#hash.digest("hex") };
  }

  /** Closes the file as it is, after a failure that is told of already. */
  async abandon(): Promise<void> {
    await this.#file.close().catch(() => undefined);
  }
}
