import { join } from "node:path";
import type { Layout } from "../destination/destination.ts";
import type { WrittenFile } from "../files/written-file.ts";
import type { ExportQuestion } from "../options/export-question.ts";
import type { ExportTarget } from "../options/export-target.ts";
import { FORMATS } from "../writers/formats.ts";

/** The options that the header depends on. */
export type HeaderOptions = Pick<ExportQuestion, "dataset"> &
  Pick<ExportTarget, "format" | "compression" | "guardFormulas" | "flattener">;

/**
 * Writes the line of column names to a separate file, compressed like the parts. Returns null for formats
 * without a header.
 */
export async function writeHeader(options: HeaderOptions, layout: Layout): Promise<WrittenFile | null> {
  if (!FORMATS[options.format].hasHeader) return null;
  const { dataset, flattener, format } = options;
  const [table] = flattener?.tables ?? [];
  if (table === undefined) return null;
  await layout.ownership.check();
  const path = join(layout.workDirectory, `header-${table.name}`);
  const file = await FORMATS[format].createFile(path, table, { ...options, csvHeader: true });
  return { table: dataset.table, path, rows: 0, ...(await file.finish()) };
}
