import type { Compress } from "./compression.ts";
import { OutputFile } from "./output-file.ts";

/** A file made of blocks, each compressed separately when compression is on. */
export class BlockFile {
  readonly #file: OutputFile;
  readonly #compress: Compress | null;
  #waiting: Uint8Array[] = [];
  #isEmpty = true;

  private constructor(file: OutputFile, compress: Compress | null) {
    this.#file = file;
    this.#compress = compress;
  }

  /** Creates the file. @throws OutputError when it cannot be opened */
  static async create(path: string, compress: Compress | null): Promise<BlockFile> {
    return new BlockFile(await OutputFile.create(path), compress);
  }

  /** Queues a block, which must not change afterwards. */
  append(block: Uint8Array): void {
    this.#waiting.push(block);
    this.#isEmpty = false;
  }

  /**
   * Writes the queued blocks in order.
   * @throws OutputError when a write fails
   */
  async flush(): Promise<void> {
    const blocks = this.#waiting;
    this.#waiting = [];
    for (const block of blocks) {
      await this.#file.write(this.#compress === null ? block : await this.#compress(block));
    }
  }

  /** Writes the remaining blocks and makes the file durable. @throws OutputError when a write fails */
  async finish(): Promise<{ readonly bytes: number; readonly sha256: string }> {
    // A compressed file needs at least one empty member or frame: a file of zero bytes is invalid.
    if (this.#isEmpty && this.#compress !== null) this.append(new Uint8Array());
    await this.flush();
    return await this.#file.finish();
  }

  async abandon(): Promise<void> {
    await this.#file.abandon();
  }
}
