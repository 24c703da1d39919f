import type { Compress } from "./compression.ts";
import { OutputFile } from "./output-file.ts";

/** A file made of blocks, each compressed by itself where that is wanted. */
export class BlockFile {
  readonly #file: OutputFile;
  readonly #compress: Compress | null;
  #waiting: Uint8Array[] = [];
  #isEmpty = true;

  private constructor(file: OutputFile, compress: Compress | null) {
    this.#file = file;
    this.#compress = compress;
  }

  /** @throws OutputError when the file can't be opened */
  static async create(path: string, compress: Compress | null): Promise<BlockFile> {
    return new BlockFile(await OutputFile.create(path), compress);
  }

  /** Takes a block, which must not change any more. */
  append(block: Uint8Array): void {
    this.#waiting.push(block);
    this.#isEmpty = false;
  }

  /**
   * Writes the blocks that were taken, in their order.
   * @throws OutputError when that fails
   */
  async flush(): Promise<void> {
    const blocks = this.#waiting;
    this.#waiting = [];
    for (const block of blocks) {
      await this.#file.write(this.#compress === null ? block : await this.#compress(block));
    }
  }

  /** @throws OutputError when the rest can't be written */
  async finish(): Promise<{ readonly bytes: number; readonly sha256: string }> {
    // A compressed file of nothing is a member, or frame, of nothing; one of no bytes can't be read.
    if (this.#isEmpty && this.#compress !== null) this.append(new Uint8Array());
    await this.flush();
    return await this.#file.finish();
  }

  async abandon(): Promise<void> {
    await this.#file.abandon();
  }
}
