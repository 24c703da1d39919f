import { join } from "node:path";
import type { Layout } from "../destination/destination.ts";
import type { ExportTarget } from "../options/export-target.ts";
import { FORMATS } from "../writers/formats.ts";

/** The options that the header depends on. */
export type HeaderOptions = Pick<ExportTarget, "format" | "compression" | "guardFormulas" | "flattener">;

/**
 * Writes the line of column names to a separate file, compressed like the parts.
 * @returns the path of the file; null for formats without a header
 */
export async function writeHeader(options: HeaderOptions, layout: Layout): Promise<string | null> {
  if (!FORMATS[options.format].hasHeader) return null;
  const { flattener, format } = options;
  const [table] = flattener?.tables ?? [];
  if (table === undefined) return null;
  await layout.ownership.check();
  const path = join(layout.workDirectory, `header-${table.name}`);
  const file = await FORMATS[format].createFile(path, table, { ...options, csvHeader: true });
  await file.finish();
  return path;
}
