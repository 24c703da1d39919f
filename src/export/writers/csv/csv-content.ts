import { parse } from "csv-parse";
import { idOf, type VisitRow } from "../reading/content-reader.ts";
import { readDecompressed } from "../reading/decompressed.ts";

/** Maximum size of a cell. No cell of an export is larger, because a cell contains at most one record. */
const LONGEST_RECORD = 128 * 1024 * 1024;

/** Reads a file whose first row names the columns (RFC 4180). @throws Error for rows of different lengths */
export async function read(path: string, columns: readonly string[], visit: VisitRow): Promise<void> {
  const source = readDecompressed(path);
  const rows = source.pipe(parse({ bom: true, max_record_size: LONGEST_RECORD }));
  source.on("error", (error) => rows.destroy(error));
  let places: readonly number[] = [];
  let isHeader = true;
  for await (const row of rows as AsyncIterable<readonly string[]>) {
    if (isHeader) {
      isHeader = false;
      places = columns.map((column) => row.indexOf(column));
    } else {
      visit(idOf(places.map((place) => row[place] || null)));
    }
  }
}
