import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { listIds } from "../../../src/export/part/id-chain.ts";
import type { PartEvent } from "../../../src/export/part/part-event.ts";
import {
  nextState,
  PartJournal,
  type PartState,
  readPartState,
} from "../../../src/export/part/part-journal.ts";
import { unguarded } from "../../support/ownership.ts";
import { tempDir } from "../../support/temp-dir.ts";

const DAY = { startMs: Date.UTC(2026, 9, 1), endMs: Date.UTC(2026, 9, 2) };
const BEGUN: PartEvent = { kind: "begun", run: 2, interval: DAY };
const page = (cursor: string | null, next: string | null, bytes: number): PartEvent => ({
  kind: "page",
  cursor,
  next,
  isSettled: true,
  bytes,
  records: 10,
  duplicates: 1,
  elsewhere: 2,
  correlationId: `id of ${cursor}`,
});
const FILE = { table: "conversations", path: "/out/2026-10-01.ndjson", bytes: 20, rows: 20, sha256: "ab" };
const FETCHED: PartEvent = { kind: "fetched", open: ["x"], isConfirmed: false };

async function stateAfter(...events: readonly PartEvent[]): Promise<PartState> {
  const path = join(await tempDir(), "journal.ndjson");
  const journal = await PartJournal.open(path, unguarded);
  for (const event of events) await journal.append(event);
  await journal.close();
  const state = await readPartState(path);
  // The state in memory equals the one that the next process reads.
  expect(journal.state).toEqual(state);
  return state;
}

describe("the phase of a part is", () => {
  test.each<[PartState["phase"], readonly PartEvent[]]>([
    ["new", []],
    ["fetching", [BEGUN]],
    ["fetching", [BEGUN, { kind: "submitted", job: "j" }]],
    ["fetching", [BEGUN, page(null, null, 20)]],
    ["fetched", [BEGUN, page(null, null, 20), FETCHED]],
    ["converted", [BEGUN, FETCHED, { kind: "converted", files: [FILE] }]],
    ["placed", [BEGUN, FETCHED, { kind: "converted", files: [FILE] }, { kind: "placed" }]],
    ["refused", [BEGUN, { kind: "refused", code: "c", message: "m", correlationId: null }]],
    ["fetching", [BEGUN, { kind: "refused", code: "c", message: "m", correlationId: null }, BEGUN]],
    ["fetching", [BEGUN, FETCHED, { kind: "converted", files: [FILE] }, { kind: "placed" }, BEGUN]],
    ["placed", [BEGUN, FETCHED, { kind: "placed" }, { kind: "deleted", job: "j" }]],
  ])("%s", async (phase, events) => {
    expect((await stateAfter(...events)).phase).toBe(phase);
  });
});

test("a part's journal adds up pages and takes the cursor from the last page", async () => {
  const state = await stateAfter(BEGUN, page(null, "c1", 100), page("c1", "c2", 250));
  expect(state).toMatchObject({
    run: 2,
    interval: DAY,
    records: 20,
    duplicates: 2,
    elsewhere: 4,
    page: { cursor: "c1", next: "c2", bytes: 250, isSettled: true },
  });
  expect(listIds(state.correlationIds)).toEqual(["id of null", "id of c1"]);
});

describe("a divided part", () => {
  const DIVIDED: PartEvent = { kind: "divided", pieces: 4, reason: "r" };
  const job = (name: string): PartEvent => ({ kind: "submitted", job: name });

  test("starts again without its pages, and counts the pieces whose last page is committed", async () => {
    const state = await stateAfter(
      BEGUN,
      job("a"),
      page(null, "c", 9),
      DIVIDED,
      job("b"),
      page(null, null, 5),
    );
    expect(state).toMatchObject({ pieces: 4, finishedPieces: 1, records: 10, job: "b", jobPiece: 0 });
  });

  test("knows the piece to which its job belongs after a crash", async () => {
    const events = [BEGUN, DIVIDED, job("a"), page(null, null, 5)] as const;
    expect(await stateAfter(...events)).toMatchObject({ finishedPieces: 1, jobPiece: 0 });
    const released = { kind: "released", job: "a" } as const;
    expect(await stateAfter(...events, released, job("b"))).toMatchObject({ finishedPieces: 1, jobPiece: 1 });
  });

  test("stays divided when it starts over, but not in a new run", async () => {
    const again: PartEvent = { kind: "restarted", reason: "r" };
    expect(await stateAfter(BEGUN, DIVIDED, again)).toMatchObject({ pieces: 4, finishedPieces: 0 });
    expect(await stateAfter(BEGUN, DIVIDED, BEGUN)).toMatchObject({ pieces: 1 });
  });

  test("is settled only if every piece is settled", async () => {
    const moved = { ...page(null, null, 5), isSettled: false } as PartEvent;
    expect(await stateAfter(BEGUN, DIVIDED, moved, page(null, null, 9))).toMatchObject({ isSettled: false });
  });
});

test("a part's journal adds up a hundred thousand pages in linear time", () => {
  let state = nextState({} as PartState, BEGUN);
  const first = state;
  for (let number = 0; number < 100_000; number += 1) state = nextState(state, page(`c${number}`, "c", 1));
  const ids = listIds(state.correlationIds);
  expect([ids.length, ids[0], ids.at(-1)]).toEqual([100_000, "id of c0", "id of c99999"]);
  // Earlier states stay unchanged.
  expect(listIds(first.correlationIds)).toEqual([]);
});

test("a part's journal adds no correlation id for a page without one", () => {
  const state = nextState(nextState({} as PartState, BEGUN), {
    ...page(null, null, 1),
    correlationId: null,
  } as PartEvent);
  expect(listIds(state.correlationIds)).toEqual([]);
});

test("a part's journal forgets the pages on a restart, and keeps the run, the interval and the jobs to delete", async () => {
  const state = await stateAfter(
    BEGUN,
    { kind: "submitted", job: "j1" },
    page(null, "c1", 100),
    { kind: "released", job: "j1" },
    { kind: "restarted", reason: "EXPIRED" },
  );
  expect(state).toMatchObject({
    phase: "fetching",
    run: 2,
    interval: DAY,
    job: null,
    page: null,
    records: 0,
    duplicates: 0,
    elsewhere: 0,
    correlationIds: null,
    releasedJobs: ["j1"],
  });
});

test("a part's journal lists a job for deletion until it is deleted", async () => {
  const events: readonly PartEvent[] = [
    BEGUN,
    { kind: "submitted", job: "j1" },
    { kind: "released", job: "j1" },
    { kind: "submitted", job: "j2" },
    { kind: "released", job: "j2" },
  ];
  expect(await stateAfter(...events)).toMatchObject({ job: null, releasedJobs: ["j1", "j2"] });
  expect(await stateAfter(...events, { kind: "deleted", job: "j1" })).toMatchObject({ releasedJobs: ["j2"] });
  expect(await stateAfter(...events, BEGUN)).toMatchObject({ releasedJobs: ["j1", "j2"] });
});

describe("a part's journal ignores a line that is JSON but not an event", () => {
  test.each<[string, unknown]>([
    ["null", null],
    ["a number", 7],
    ["a list", []],
    ["an unknown kind", { kind: "constructor" }],
    ["no kind", { run: 1 }],
    ["a beginning without a run", { kind: "begun", interval: null }],
    ["a beginning whose interval has no end", { ...BEGUN, interval: { startMs: 1 } }],
    ["a page without a size", { ...page(null, null, 1), bytes: undefined }],
    ["a page whose cursor is a number", { ...page(null, null, 1), next: 4 }],
    ["open records that are not a list", { ...FETCHED, open: "x" }],
    ["files without the fields of a file", { kind: "converted", files: [{ path: "a" }] }],
  ])("%s", async (_what, line) => {
    const path = join(await tempDir(), "journal.ndjson");
    await writeFile(path, `${JSON.stringify(BEGUN)}\n${JSON.stringify(line)}\n`);
    const expected = { code: "output.state", message: expect.stringContaining(`\`${path}\``) as unknown };
    await expect(readPartState(path)).rejects.toMatchObject(expected);
    await expect(PartJournal.open(path, unguarded)).rejects.toMatchObject({
      ...expected,
      hint: expect.any(String) as unknown,
    });
  });
});

test("a part's journal keeps the open conversations, files and refusal", async () => {
  expect(
    await stateAfter(BEGUN, FETCHED, { kind: "converted", files: [FILE] }, { kind: "placed" }),
  ).toMatchObject({ open: ["x"], isConfirmed: false, files: [FILE], refusal: null });
  const refused: PartEvent = { kind: "refused", code: "api.forbidden", message: "no", correlationId: "id" };
  expect((await stateAfter(BEGUN, refused)).refusal).toEqual(refused);
  expect((await stateAfter(BEGUN, refused, BEGUN)).refusal).toBeNull();
});
