import { createHash } from "node:crypto";
import { access, mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { describe, expect, test } from "vitest";
import type { Interval } from "../../../src/analytics/interval.ts";
import { Layout } from "../../../src/export/destination/destination.ts";
import { finishPart } from "../../../src/export/part/finish-part.ts";
import { type Part, partOfDay, tailOfDay } from "../../../src/export/part/part.ts";
import { PartJournal } from "../../../src/export/part/part-journal.ts";
import { removeOvertakenTail } from "../../../src/export/part/superseded-tails.ts";
import { OWNED } from "../../support/ownership.ts";
import { tempDir } from "../../support/temp-dir.ts";

const hours = (start: number, end: number): Interval => ({
  startMs: Date.UTC(2026, 9, 5, start),
  endMs: Date.UTC(2026, 9, 5, end),
});
const DAY = partOfDay(hours(0, 8));
const TAIL = tailOfDay(hours(6, 12));

const hashOf = (text: string) => createHash("sha256").update(text).digest("hex");
const isThere = async (path: string) =>
  await access(path).then(
    () => true,
    () => false,
  );

/** Creates a directory in which `part` was converted or even placed, and in which its final file contains `text`. */
async function layoutWith(part: Part, text: string, isPlaced: boolean) {
  const layout = new Layout(
    { kind: "directory", path: await tempDir(), isPartitioned: true },
    ".ndjson",
    null,
    OWNED,
  );
  return { layout, path: await write(layout, part, text, isPlaced) };
}

async function write(layout: Layout, part: Part, text: string, isPlaced: boolean): Promise<string> {
  const path = layout.finalPath(part, "conversations");
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, text);
  const journal = await PartJournal.open(layout.journalPath(part.key), OWNED.check);
  await journal.append({ kind: "begun", run: 1, interval: part.interval });
  await journal.append({ kind: "fetched", open: [], isConfirmed: true });
  const file = { table: "conversations", bytes: text.length, rows: 1, sha256: hashOf(text) };
  await journal.append({ kind: "converted", files: [file] });
  if (isPlaced) await journal.append({ kind: "placed" });
  await journal.close();
  return path;
}

describe("the provisional data of a day", () => {
  test("is removed with its files and its journal when the data lake's part of the day overlaps it", async () => {
    const { layout, path } = await layoutWith(TAIL, "{}\n", true);
    await removeOvertakenTail(layout, DAY);
    expect([await isThere(path), await readdir(layout.partsDirectory)]).toEqual([false, []]);
    await removeOvertakenTail(layout, DAY);
  });

  test("is also removed when its files belong to an unfinished attempt or a newer run", async () => {
    const { layout, path } = await layoutWith(TAIL, "{}\n", true);
    const journal = await PartJournal.open(layout.journalPath(TAIL.key), OWNED.check);
    await journal.append({ kind: "begun", run: 2, interval: hours(8, 14) });
    await journal.close();
    await removeOvertakenTail(layout, DAY);
    expect([await isThere(path), await readdir(layout.partsDirectory)]).toEqual([false, []]);
  });

  test("stays when the data lake's part of the day ends before it", async () => {
    const { layout, path } = await layoutWith(TAIL, "{}\n", true);
    await removeOvertakenTail(layout, partOfDay(hours(0, 6)));
    expect([await isThere(path), await readdir(layout.partsDirectory)]).toEqual([true, [TAIL.key]]);
  });

  test("is removed when the day is finished again after a crash", async () => {
    const { layout, path } = await layoutWith(TAIL, "tail\n", true);
    const own = await write(layout, DAY, "day\n", false);
    const journal = await PartJournal.open(layout.journalPath(DAY.key), OWNED.check);
    await finishPart({
      part: DAY,
      journal,
      layout,
      format: "ndjson",
      compression: "none",
      table: "conversations",
      conversion: { finish: async () => [] },
      spoolReadBack: { finish: async () => null },
    });
    expect(journal.state.phase).toBe("placed");
    await journal.close();
    expect([await readFile(own, "utf8"), await readdir(dirname(path))]).toEqual([
      "day\n",
      ["2026-10-05.ndjson"],
    ]);
    expect(await isThere(join(layout.partDirectory(TAIL.key)))).toBe(false);
  });
});
