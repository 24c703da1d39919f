import { ByteWriter, ParquetWriter } from "hyparquet-writer";
import type { Column } from "../../../analytics/table.ts";
import { OutputFile } from "../output-file.ts";
import type { EncodedTable, TableFile, Written } from "../table-file.ts";
import { movedBy, schemaOf } from "./parquet-metadata.ts";

/** A Parquet file. The library writes the header and the footer, and the encoder supplies the row groups. */
export class ParquetFile implements TableFile {
  readonly #file: OutputFile;
  readonly #bytes: ByteWriter;
  readonly #writer: ParquetWriter;
  /** Offset at which the next bytes will be written. */
  #end: number;

  private constructor(file: OutputFile, bytes: ByteWriter, writer: ParquetWriter) {
    this.#file = file;
    this.#bytes = bytes;
    this.#writer = writer;
    this.#end = bytes.offset;
  }

  /** Creates the file and writes its header. @throws OutputError when either fails */
  static async create(path: string, columns: readonly Column[]): Promise<ParquetFile> {
    const bytes = new ByteWriter();
    const writer = new ParquetWriter({ writer: bytes, schema: schemaOf(columns), createdBy: "genscope" });
    return new ParquetFile(await OutputFile.create(path, taken(bytes)), bytes, writer);
  }

  async append({ bytes, rowGroups }: EncodedTable): Promise<void> {
    for (const group of rowGroups) {
      this.#writer.row_groups.push(movedBy(this.#end, group));
      this.#writer.num_rows += group.num_rows;
    }
    for (const block of bytes) {
      this.#end += block.length;
      await this.#file.write(block);
    }
  }

  async finish(): Promise<Written> {
    await this.#writer.finish();
    await this.#file.write(taken(this.#bytes));
    return await this.#file.finish();
  }

  async abandon(): Promise<void> {
    await this.#file.abandon();
  }
}

/** Returns the bytes that the library has written, and clears its buffer. */
function taken(bytes: ByteWriter): Uint8Array {
  const written = bytes.getBytes().slice();
  bytes.index = 0;
  return written;
}
