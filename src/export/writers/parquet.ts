import { gzipSync } from "node:zlib";
import { ByteWriter, ParquetWriter, type SchemaElement } from "hyparquet-writer";
import type { Cell, Column, Row, Table } from "../../analytics/table.ts";
import { instantMs } from "../../analytics/tables/instant.ts";
import type { WrittenFile } from "../written-file.ts";
import { BlockFile } from "./block-file.ts";
import type { Compression } from "./compression.ts";
import type { TableFile } from "./table-file.ts";

export interface ParquetFileOptions {
  readonly path: string;
  readonly compression: Compression;
}

/** Large enough for a reader to skip by, small enough that eleven tables at once need little memory. */
const ROWS_PER_GROUP = 10_000;
const CODECS = { none: "UNCOMPRESSED", gzip: "GZIP", zstd: "ZSTD" } as const;

/** A table as Parquet, with the columns' own types; groups of rows are encoded as soon as they are complete. */
export class ParquetFile implements TableFile {
  readonly #table: Table;
  readonly #path: string;
  readonly #file: BlockFile;
  readonly #bytes = new ByteWriter();
  readonly #writer: ParquetWriter;
  #cells: unknown[][];
  #rows = 0;

  private constructor(
    table: Table,
    file: BlockFile,
    path: string,
    codec: "UNCOMPRESSED" | "GZIP" | "ZSTD",
    zstd: ((b: Uint8Array) => Uint8Array) | null,
  ) {
    this.#table = table;
    this.#path = path;
    this.#file = file;
    this.#cells = table.columns.map(() => []);
    this.#writer = new ParquetWriter({
      writer: this.#bytes,
      schema: [{ name: "root", num_children: table.columns.length }, ...table.columns.flatMap(elementsOf)],
      codec,
      compressors: { GZIP: (b) => gzipSync(b), ...(zstd === null ? {} : { ZSTD: zstd }) },
      createdBy: "genscope",
    });
  }

  /** @throws OutputError when the file can't be opened */
  static async create(table: Table, { path, compression }: ParquetFileOptions): Promise<ParquetFile> {
    const zstd = compression === "zstd" ? await (await import("./zstd.ts")).openZstd() : null;
    return new ParquetFile(table, await BlockFile.create(path, null), path, CODECS[compression], zstd);
  }

  add(row: Row): void {
    const { columns } = this.#table;
    for (let index = 0; index < columns.length; index += 1) {
      this.#cells[index]?.push(parquetValueOf(columns[index]?.type ?? "string", row[index] ?? null));
    }
    this.#rows += 1;
    if (this.#rows % ROWS_PER_GROUP === 0) this.#endGroup();
  }

  #endGroup(): void {
    const cells = this.#cells;
    if (cells[0]?.length === 0) return;
    void this.#writer.write({
      columnData: this.#table.columns.map(({ name }, index) => ({ name, data: cells[index] ?? [] })),
      rowGroupSize: ROWS_PER_GROUP,
    });
    this.#cells = cells.map(() => []);
    this.#take();
  }

  #take(): void {
    this.#file.append(this.#bytes.getBytes().slice());
    this.#bytes.index = 0;
  }

  async flush(): Promise<void> {
    await this.#file.flush();
  }

  async finish(): Promise<WrittenFile> {
    this.#endGroup();
    await this.#writer.finish();
    this.#take();
    const written = await this.#file.finish();
    return { table: this.#table.name, path: this.#path, rows: this.#rows, ...written };
  }

  async abandon(): Promise<void> {
    await this.#file.abandon();
  }
}

function elementsOf({ name, type }: Column): SchemaElement[] {
  const repetition_type = "OPTIONAL";
  switch (type) {
    case "string":
    case "json":
      return [{ name, repetition_type, type: "BYTE_ARRAY", converted_type: "UTF8" }];
    case "boolean":
      return [{ name, repetition_type, type: "BOOLEAN" }];
    case "int32":
      return [{ name, repetition_type, type: "INT32" }];
    case "int64":
      return [{ name, repetition_type, type: "INT64" }];
    case "double":
      return [{ name, repetition_type, type: "DOUBLE" }];
    case "timestamp":
      return [{ name, repetition_type, type: "INT64", converted_type: "TIMESTAMP_MILLIS" }];
    case "strings":
    case "integers":
      return [
        { name, repetition_type, converted_type: "LIST", num_children: 1 },
        { name: "list", repetition_type: "REPEATED", num_children: 1 },
        ...elementsOf({ name: "element", type: type === "strings" ? "string" : "int64" }),
      ];
  }
}

function parquetValueOf(type: Column["type"], cell: Cell): unknown {
  if (cell === null) return null;
  if (type === "int64") return BigInt(cell as number);
  if (type === "timestamp") return BigInt(instantMs(cell as string));
  if (type === "integers") return (cell as number[]).map(BigInt);
  return cell;
}
