import { rm } from "node:fs/promises";
import { join } from "node:path";
import { createNoFollow } from "../../core/files/open-file.ts";
import type { Layout } from "../destination/destination.ts";
import type { WrittenFile } from "../files/written-file.ts";
import type { ExportPorts } from "../options/export-ports.ts";
import type { ExportQuestion } from "../options/export-question.ts";
import type { ExportTarget } from "../options/export-target.ts";
import { FORMATS } from "../writers/formats.ts";

/** The options that the header depends on. */
export type HeaderOptions = Pick<ExportPorts, "signal"> &
  Pick<ExportQuestion, "dataset"> &
  Pick<ExportTarget, "format" | "compression" | "guardFormulas" | "flattener">;

/**
 * Writes the line of column names to a file of its own, compressed like the parts. Returns null for formats
 * without a header.
 */
export async function writeHeader(options: HeaderOptions, layout: Layout): Promise<WrittenFile | null> {
  if (!FORMATS[options.format].hasHeader) return null;
  const { convertSpool } = await import("../writers/convert-spool.ts");
  const spoolPath = join(layout.workDirectory, "empty.ndjson");
  await layout.ownership.check();
  await (await createNoFollow(spoolPath)).close();
  const [file] = await convertSpool({
    ...options,
    spoolPath,
    ndjsonTable: options.dataset.table,
    fileFor: (table) => join(layout.workDirectory, `header-${table}`),
    csvHeader: true,
    guard: layout.ownership.checkNowAndThen,
  });
  await rm(spoolPath, { force: true });
  return file ?? null;
}
