import type { Row, Table } from "../../analytics/table.ts";
import type { WrittenFile } from "../files/written-file.ts";
import { BlockFile } from "./block-file.ts";
import type { Compress } from "./compression.ts";
import { CsvEncoder } from "./csv-encoder.ts";
import type { TableFile } from "./table-file.ts";

export interface CsvFileOptions {
  readonly path: string;
  readonly compress: Compress | null;
  /** Whether the names of the columns come first. */
  readonly header: boolean;
  readonly guardFormulas: boolean;
}

/** A block is cut behind the row with which about this size is reached. */
const BLOCK_BYTES = 1024 * 1024;

/** A table as CSV, as CsvEncoder writes it. */
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

  /** @throws OutputError when the file can't be opened */
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
