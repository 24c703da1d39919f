import { rm } from "node:fs/promises";
import { join } from "node:path";
import type { Layout } from "../destination/destination.ts";
import { createNoFollow } from "../files/no-follow-file.ts";
import type { WrittenFile } from "../files/written-file.ts";
import { FORMATS } from "../writers/formats.ts";
import type { ExportOptions } from "./export-options.ts";

/**
 * The line of column names in a file of its own, compressed like the parts it goes in front of; null for formats
 * that have none.
 */
export async function writeHeader(options: ExportOptions, layout: Layout): Promise<WrittenFile | null> {
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
