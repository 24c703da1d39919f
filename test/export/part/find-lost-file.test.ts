import { createHash } from "node:crypto";
import { mkdir, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { describe, expect, test } from "vitest";
import { Layout } from "../../../src/export/destination/destination.ts";
import { findLostFile } from "../../../src/export/part/find-lost-file.ts";
import { WHOLE } from "../../../src/export/part/part.ts";
import type { PartEvent } from "../../../src/export/part/part-event.ts";
import { PartJournal } from "../../../src/export/part/part-journal.ts";
import { OWNED } from "../../support/ownership.ts";
import { tempDir } from "../../support/temp-dir.ts";

const TEXT = '{"id":"a"}\n';
const SHA256 = createHash("sha256").update(TEXT).digest("hex");
const PAGE: PartEvent = {
  kind: "page",
  cursor: null,
  next: null,
  isSettled: true,
  bytes: TEXT.length,
  records: 1,
  duplicates: 0,
  elsewhere: 0,
  correlationId: null,
};
const FETCHED: readonly PartEvent[] = [
  { kind: "begun", run: 1, interval: null },
  PAGE,
  { kind: "fetched", open: [], isConfirmed: true },
];

/** Returns the lost file after these events, when the spool, the work file and the final file contain these texts. */
async function lostWith(
  phase: "fetching" | "fetched" | "converted" | "placed",
  texts: { readonly spool?: string; readonly work?: string; readonly final?: string },
): Promise<string | null> {
  const path = await tempDir();
  const layout = new Layout({ kind: "directory", path, isPartitioned: false }, ".csv", null, OWNED);
  const finalPath = join(path, "queues", "all.csv");
  const journal = await PartJournal.open(layout.journalPath("all"), OWNED.check);
  const file = { table: "queues", bytes: TEXT.length, rows: 1, sha256: SHA256 };
  const events: readonly PartEvent[] = [...FETCHED, { kind: "converted", files: [file] }, { kind: "placed" }];
  const count = { fetching: 2, fetched: 3, converted: 4, placed: 5 }[phase];
  for (const event of events.slice(0, count)) await journal.append(event);
  await mkdir(dirname(finalPath));
  if (texts.spool !== undefined) await writeFile(layout.spoolPath("all"), texts.spool);
  if (texts.work !== undefined) await writeFile(layout.workPath("all", "queues"), texts.work);
  if (texts.final !== undefined) await writeFile(finalPath, texts.final);
  try {
    return await findLostFile({ journal, layout, part: WHOLE, format: "csv", compression: "none" });
  } finally {
    await journal.close();
  }
}

const OTHER = TEXT.replace("a", "b");
const SHORT = TEXT.slice(0, 4);

describe("reports no file of a part as lost", () => {
  test.each<[string, Parameters<typeof lostWith>]>([
    ["while the part is being fetched", ["fetching", {}]],
    ["when the spool has its recorded size", ["fetched", { spool: TEXT }]],
    ["when a file waits to be placed", ["converted", { work: TEXT, final: "of an earlier run" }]],
    ["when a file has already been placed", ["converted", { final: TEXT }]],
    ["once every file is placed", ["placed", {}]],
  ])("%s", async (_what, [phase, texts]) => {
    expect(await lostWith(phase, texts)).toBeNull();
  });
});

describe("reports a file of a part as lost", () => {
  test.each<[string, Parameters<typeof lostWith>, string]>([
    ["a spool that is missing", ["fetched", {}], "its spool is missing or has changed"],
    [
      "a spool that is shorter than recorded",
      ["fetched", { spool: SHORT }],
      "its spool is missing or has changed",
    ],
    ["a file that is missing", ["converted", {}], "its `queues` file is missing or has changed"],
    [
      "a file that is shorter than recorded",
      ["converted", { work: SHORT, final: TEXT }],
      "its `queues` file is missing or has changed",
    ],
    [
      "a file that was replaced by a file of an earlier run with the same size",
      ["converted", { final: OTHER }],
      "its `queues` file is missing or has changed",
    ],
  ])("%s", async (_what, [phase, texts], reason) => {
    expect(await lostWith(phase, texts)).toBe(reason);
  });
});
