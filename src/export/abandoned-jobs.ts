import type { Layout } from "./destination.ts";
import type { ExportOptions } from "./export-options.ts";
import { releaseJob } from "./fetch-part.ts";
import type { Part } from "./part.ts";
import { PartJournal } from "./part-journal.ts";
import { sourceOf } from "./source-of.ts";

/** Deletes the jobs of an export that nobody can go on with. @throws OutputError */
export async function removeAbandonedJobs(
  options: ExportOptions,
  layout: Layout,
  parts: readonly Part[],
): Promise<void> {
  for (const part of parts) {
    const journal = await PartJournal.open(layout.journalPath(part.key));
    try {
      await releaseJob({ ...options, source: sourceOf(options.dataset, part, options), journal });
    } finally {
      await journal.close();
    }
  }
}
