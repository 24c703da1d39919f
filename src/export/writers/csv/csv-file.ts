import type { Row, Table } from "../../../analytics/table.ts";
import type { WrittenFile } from "../../files/written-file.ts";
import { BlockFile } from "../block-file.ts";
import type { Compress } from "../compression.ts";
import type { TableFile } from "../table-file.ts";
import { CsvEncoder } from "./csv-encoder.ts";

export interface CsvFileOptions {
  readonly path: string;
  readonly compress: Compress | null;
  /** Whether the file begins with the column names. */
  readonly header: boolean;
  readonly guardFormulas: boolean;
}

/** Size in bytes at which a block is ended, after a complete row. */
const BLOCK_BYTES = 1024 * 1024;

/** A table file in CSV, encoded by CsvEncoder. */
export class CsvFile implements TableFile {
  readonly #table: Table;
  readonly #path: string;
  readonly #encoder: CsvEncoder;
  readonly #file: BlockFile;
  #rows = 0;

  private constructor(table: Table, file: BlockFile, { path, header, guardFormulas }: CsvFileOptions) {
    this.#table = table;
    this.#path = path;
    this.#file = file;
    this.#encoder = new CsvEncoder(table.columns, { guardFormulas });
    if (header) this.#encoder.addHeader();
  }

  /** Creates the file. @throws OutputError when it cannot be opened */
  static async create(table: Table, options: CsvFileOptions): Promise<CsvFile> {
    return new CsvFile(table, await BlockFile.create(options.path, options.compress), options);
  }

  add(row: Row): void {
    this.#encoder.addRow(row);
    this.#rows += 1;
    if (this.#encoder.byteLength >= BLOCK_BYTES) this.#file.append(this.#encoder.take());
  }

  async flush(): Promise<void> {
    await this.#file.flush();
  }

  async finish(): Promise<WrittenFile> {
    const rest = this.#encoder.take();
    if (rest.length > 0) this.#file.append(rest);
    const written = await this.#file.finish();
    return { table: this.#table.name, path: this.#path, rows: this.#rows, ...written };
  }

  async abandon(): Promise<void> {
    await this.#file.abandon();
  }
}
