import type { Compress } from "./compression.ts";
import { OutputFile } from "./output-file.ts";
import type { EncodedTable, TableFile, Written } from "./table-file.ts";

export interface PlainFileOptions {
  readonly compress: Compress | null;
  /** First bytes of the file before compression, such as the line of column names; may be empty. */
  readonly header: Uint8Array;
}

/** A file that consists only of encoded blocks, such as CSV or NDJSON. */
export class PlainFile implements TableFile {
  readonly #file: OutputFile;
  readonly #compress: Compress | null;
  #isEmpty: boolean;

  private constructor(file: OutputFile, compress: Compress | null, isEmpty: boolean) {
    this.#file = file;
    this.#compress = compress;
    this.#isEmpty = isEmpty;
  }

  /** Creates the file and writes its header. @throws OutputError when either fails */
  static async create(path: string, { compress, header }: PlainFileOptions): Promise<PlainFile> {
    const isEmpty = header.length === 0;
    const first = isEmpty || compress === null ? header : compress(header);
    return new PlainFile(await OutputFile.create(path, first), compress, isEmpty);
  }

  async append({ bytes }: EncodedTable): Promise<void> {
    for (const block of bytes) {
      this.#isEmpty = false;
      await this.#file.write(block);
    }
  }

  async finish(): Promise<Written> {
    // A compressed file needs at least one empty member or frame, because a file of zero bytes is invalid.
    if (this.#isEmpty && this.#compress !== null) await this.#file.write(this.#compress(new Uint8Array()));
    return await this.#file.finish();
  }

  async abandon(): Promise<void> {
    await this.#file.abandon();
  }
}
