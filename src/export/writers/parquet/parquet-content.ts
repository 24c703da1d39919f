import { type FileHandle, open } from "node:fs/promises";
import { gunzipSync } from "node:zlib";
import { type AsyncBuffer, parquetMetadataAsync, parquetReadObjects } from "hyparquet";
import { idOf, type VisitRow } from "../reading/content-reader.ts";
import { openUnzstd } from "../zstd.ts";

/** Reads a Parquet file, one row group at a time. @throws Error when it is not a Parquet file */
export async function read(path: string, columns: readonly string[], visit: VisitRow): Promise<void> {
  const handle = await open(path, "r");
  try {
    const file = await bufferOf(handle);
    const metadata = await parquetMetadataAsync(file);
    const decompress = await openUnzstd();
    const hasColumns = columns.every((column) => metadata.schema.some(({ name }) => name === column));
    let rowStart = 0;
    for (const { num_rows: count } of metadata.row_groups) {
      const rowEnd = rowStart + Number(count);
      if (columns.length === 0 || !hasColumns) {
        for (let row = rowStart; row < rowEnd; row += 1) visit(null);
      } else {
        const compressors = { GZIP: (input: Uint8Array) => gunzipSync(input), ZSTD: decompress };
        const rows = await parquetReadObjects({
          file,
          metadata,
          rowStart,
          rowEnd,
          columns: [...columns],
          compressors,
        });
        for (const row of rows) {
          visit(idOf(columns.map((column) => (row[column] == null ? null : String(row[column])))));
        }
      }
      rowStart = rowEnd;
    }
  } finally {
    await handle.close();
  }
}

async function bufferOf(handle: FileHandle): Promise<AsyncBuffer> {
  const { size } = await handle.stat();
  return {
    byteLength: size,
    async slice(start, end = size) {
      const bytes = new Uint8Array(end - start);
      await handle.read(bytes, 0, bytes.length, start);
      return bytes.buffer;
    },
  };
}
