import { gzipSync } from "node:zlib";
import { ByteWriter, ParquetWriter } from "hyparquet-writer";
import type { Row, Table } from "../../../analytics/table.ts";
import type { WrittenFile } from "../../files/written-file.ts";
import { BlockFile } from "../block-file.ts";
import type { Compression } from "../compression.ts";
import type { TableFile } from "../table-file.ts";
import { ParquetColumn } from "./parquet-column.ts";
import { chunkOf, schemaOf } from "./parquet-metadata.ts";
import { type PageCompress, PageWriter } from "./parquet-page.ts";

/**
 * Number of rows in a group: enough for readers to skip by, and few enough that a dozen open tables need
 * little memory.
 */
const ROWS_PER_GROUP = 10_000;
const CODECS = { none: "UNCOMPRESSED", gzip: "GZIP", zstd: "ZSTD" } as const;

type RowGroup = ParquetWriter["row_groups"][number];

export interface ParquetFileOptions {
  readonly path: string;
  readonly compression: Compression;
  readonly compress: PageCompress | null;
}

/** Returns the compression of a page, Parquet's codec; null for none. */
export async function openPageCompression(compression: Compression): Promise<PageCompress | null> {
  if (compression === "none") return null;
  if (compression === "gzip") return (page) => gzipSync(page);
  const { openZstd } = await import("../zstd.ts");
  return await openZstd();
}

/**
 * A table file in Parquet with the columns' own types: UTC instants, lists, integers and fractions.
 *
 * Columns are encoded here, row by row, because rows are wide and mostly empty. The library walks through
 * every cell of a column several times and takes several times as long (`test/bench/writers.ts` measures
 * both). It still writes the file's header and footer.
 */
export class ParquetFile implements TableFile {
  readonly #table: Table;
  readonly #path: string;
  readonly #file: BlockFile;
  readonly #codec: (typeof CODECS)[Compression];
  readonly #bytes = new ByteWriter();
  readonly #writer: ParquetWriter;
  readonly #pages: PageWriter;
  readonly #columns: readonly ParquetColumn[];
  #rows = 0;
  #rowsOfGroup = 0;

  private constructor(table: Table, file: BlockFile, { path, compression, compress }: ParquetFileOptions) {
    this.#table = table;
    this.#path = path;
    this.#file = file;
    this.#codec = CODECS[compression];
    this.#writer = new ParquetWriter({
      writer: this.#bytes,
      schema: schemaOf(table.columns),
      createdBy: "genscope",
    });
    this.#pages = new PageWriter(compress, (bytes) => this.#bytes.appendBytes(bytes));
    this.#columns = table.columns.map((column) => new ParquetColumn(column, ROWS_PER_GROUP));
  }

  /** Creates the file. @throws OutputError when it cannot be opened */
  static async create(table: Table, options: ParquetFileOptions): Promise<ParquetFile> {
    return new ParquetFile(table, await BlockFile.create(options.path, null), options);
  }

  add(row: Row): void {
    const columns = this.#columns;
    for (let index = 0; index < columns.length; index += 1) {
      const cell = row[index];
      if (cell !== null && cell !== undefined) columns[index]?.add(this.#rowsOfGroup, cell);
    }
    this.#rows += 1;
    this.#rowsOfGroup += 1;
    if (this.#rowsOfGroup === ROWS_PER_GROUP) this.#endGroup();
  }

  async flush(): Promise<void> {
    await this.#file.flush();
  }

  async finish(): Promise<WrittenFile> {
    if (this.#rowsOfGroup > 0) this.#endGroup();
    await this.#writer.finish();
    this.#takeBytes();
    const written = await this.#file.finish();
    return { table: this.#table.name, path: this.#path, rows: this.#rows, ...written };
  }

  async abandon(): Promise<void> {
    await this.#file.abandon();
  }

  #endGroup(): void {
    const start = this.#bytes.offset;
    const group: RowGroup = { columns: [], num_rows: BigInt(this.#rowsOfGroup), total_byte_size: 0n };
    for (const [index, column] of this.#table.columns.entries()) {
      const columnStart = this.#bytes.offset;
      const summary = this.#columns[index]?.write(this.#rowsOfGroup, this.#pages);
      if (summary === undefined) continue;
      group.columns.push(chunkOf(column, columnStart, this.#codec, summary));
      group.total_byte_size += BigInt(summary.uncompressed);
    }
    group.total_compressed_size = BigInt(this.#bytes.offset - start);
    this.#writer.row_groups.push(group);
    this.#writer.num_rows += group.num_rows;
    this.#rowsOfGroup = 0;
    this.#takeBytes();
  }

  /** Passes the bytes to the file; the library continues to count its position. */
  #takeBytes(): void {
    this.#file.append(this.#bytes.getBytes().slice());
    this.#bytes.index = 0;
  }
}
