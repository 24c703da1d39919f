import { mkdir, open, readdir, readFile, stat, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { describe, expect, test } from "vitest";
import { Layout } from "../../../src/export/destination/destination.ts";
import type { PartEvent } from "../../../src/export/part/part-event.ts";
import { PartJournal, readPartState } from "../../../src/export/part/part-journal.ts";
import { lastRun, markSettled, takeOverRun } from "../../../src/export/run/run-directory.ts";
import { OWNED } from "../../support/ownership.ts";
import { tempDir } from "../../support/temp-dir.ts";

const KEY = "2026-10-01";
const LINES = '{"id":"a"}\n{"id":"b"}\n';
const BEGUN: PartEvent = { kind: "begun", run: 1, interval: null };
const PAGE: PartEvent = {
  kind: "page",
  cursor: null,
  next: "2",
  isSettled: true,
  bytes: LINES.length,
  records: 2,
  duplicates: 0,
  elsewhere: 0,
  correlationId: null,
};

function layoutOf(path: string, number: number): Layout {
  const destination = { kind: "directory", path, isPartitioned: false } as const;
  return new Layout(destination, ".csv", null, { ...OWNED, number, directory: `run-${number}-0${number}` });
}

/** Starts an export in which owner 1 has fetched a page and still holds its files open. */
async function startExport(path: string) {
  const layout = layoutOf(path, 1);
  await mkdir(layout.rootDirectory, { recursive: true });
  await takeOverRun(layout, new Set());
  const journal = await PartJournal.open(layout.journalPath(KEY), layout.ownership.check);
  for (const event of [BEGUN, PAGE]) await journal.append(event);
  await writeFile(layout.spoolPath(KEY), `${LINES}{"id":"not committed`);
  const spool = await open(layout.spoolPath(KEY), "r+");
  return { layout, journal, spool };
}

describe("the next owner of an export directory", () => {
  test.each<[string, ReadonlySet<number>, boolean]>([
    ["that may still run, copies the files to where that owner cannot write", new Set(), true],
    ["that has ended, uses the files without a copy", new Set([1]), false],
  ])("after an earlier owner %s", async (_what, ended, isCopied) => {
    const path = await tempDir();
    const before = await startExport(path);
    const next = layoutOf(path, 2);
    await takeOverRun(next, ended);
    expect(await readdir(next.partDirectory(KEY))).toEqual(["journal.2.ndjson", "spool.2.ndjson"]);
    expect(await readdir(next.rootDirectory)).toEqual([next.ownership.directory]);
    expect(await readPartState(next.journalPath(KEY))).toMatchObject({ phase: "fetching", records: 2 });

    await before.journal.append({ kind: "placed" });
    await before.spool.write('{"id":"X"}\n', 0);
    const state = await readPartState(next.journalPath(KEY));
    expect(state.phase).toBe(isCopied ? "fetching" : "placed");
    const spool = (await readFile(next.spoolPath(KEY), "utf8")).slice(0, LINES.length);
    expect(spool === LINES).toBe(isCopied);
    await before.journal.close();
    await before.spool.close();
  });

  test("removes copies that an earlier owner did not finish, for example on a full disk", async () => {
    const path = await tempDir();
    const { layout, journal, spool } = await startExport(path);
    for (const name of ["journal.2.ndjson.new", "spool.2.ndjson.new"]) {
      await writeFile(join(layout.partDirectory(KEY), name), "{");
    }
    const next = layoutOf(path, 3);
    await takeOverRun(next, new Set());
    expect(await readdir(next.partDirectory(KEY))).toEqual(["journal.3.ndjson", "spool.3.ndjson"]);
    await journal.close();
    await spool.close();
  });

  test("moves the files away from every path that the previous owner knows", async () => {
    const path = await tempDir();
    const { layout, journal, spool } = await startExport(path);
    await takeOverRun(layoutOf(path, 2), new Set());
    await expect(open(layout.spoolPath(KEY), "r+")).rejects.toMatchObject({ code: "ENOENT" });
    await journal.close();
    await spool.close();
  });

  test("copies nothing when the previous owner closed its files", async () => {
    const path = await tempDir();
    const { layout, journal, spool } = await startExport(path);
    await journal.close();
    await spool.close();
    await markSettled(layout, 2);
    const { ino } = await stat(layout.spoolPath(KEY));
    const next = layoutOf(path, 2);
    await takeOverRun(next, new Set());
    expect((await stat(next.spoolPath(KEY))).ino).toBe(ino);
    expect(await lastRun(next.rootDirectory)).toMatchObject({ number: 2 });
  });

  test("finds a complete part after the previous owner was killed during the takeover", async () => {
    const path = await tempDir();
    const { journal, spool } = await startExport(path);
    const killed = layoutOf(path, 2);
    let checks = 0;
    const dying = {
      ...killed.ownership,
      check: async () => {
        checks += 1;
        if (checks > 3) throw new Error("killed");
      },
    };
    const destination = { kind: "directory", path, isPartitioned: false } as const;
    await expect(takeOverRun(new Layout(destination, ".csv", null, dying), new Set())).rejects.toThrow();
    const next = layoutOf(path, 3);
    await takeOverRun(next, new Set([2]));
    // Owner 1 may still run, even though owner 2 has ended. Its writes must not reach the files of owner 3.
    await spool.write('{"id":"X"}\n', 0);
    expect(await readFile(next.spoolPath(KEY), "utf8")).toBe(LINES);
    expect(await readPartState(next.journalPath(KEY))).toMatchObject({ phase: "fetching", records: 2 });
    await journal.close();
    await spool.close();
  });
});

test("an export adopts the state of an earlier version and ignores the paths in its journals", async () => {
  const path = await tempDir();
  const root = join(path, ".genscope");
  const journal = join(root, "parts", KEY, "journal.ndjson");
  await mkdir(dirname(journal), { recursive: true });
  const file = { table: "users", path: "/elsewhere/users.csv", bytes: 1, rows: 1, sha256: "ab" };
  const events = [
    BEGUN,
    { kind: "fetched", sha256: "ab", open: [], isConfirmed: true },
    { kind: "converted", files: [file] },
  ];
  await writeFile(journal, events.map((event) => `${JSON.stringify(event)}\n`).join(""));
  await writeFile(join(root, "state.json"), "{}");
  await writeFile(join(root, "lock.break"), "");
  const layout = layoutOf(path, 1);
  await takeOverRun(layout, new Set());
  expect(await readdir(root)).toEqual([layout.ownership.directory]);
  expect(await readFile(layout.statePath, "utf8")).toBe("{}");
  const { files } = await readPartState(layout.journalPath(KEY));
  expect(files.map(({ table }) => layout.finalPath({ key: KEY, date: KEY }, table))).toEqual([
    join(path, "users", `${KEY}.csv`),
  ]);
});

test.each(["../../users", "a/b", ".hidden", "", "C:x"])(
  "an export refuses a table named `%s` in the state that it adopts",
  async (table) => {
    const layout = layoutOf(await tempDir(), 1);
    const part = { key: KEY, date: KEY };
    expect(() => layout.finalPath(part, table)).toThrow("is not the name of a part or table");
    expect(() => layout.journalPath(table)).toThrow("is not the name of a part or table");
  },
);
