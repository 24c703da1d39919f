import { readFile, rm, truncate } from "node:fs/promises";
import { join } from "node:path";
import { crc32 } from "node:zlib";
import { describe, expect, test } from "vitest";
import { findDataset } from "../../../src/analytics/datasets/datasets.ts";
import { BrokenPage } from "../../../src/export/page/page-scanner.ts";
import { fetchPart, PartTooLarge } from "../../../src/export/part/fetch-part.ts";
import { partOfDay } from "../../../src/export/part/part.ts";
import { PartJournal } from "../../../src/export/part/part-journal.ts";
import { selectSource } from "../../../src/export/sources/select-source.ts";
import { FakeClock } from "../../support/fake-clock.ts";
import { loopbackApi } from "../../support/loopback-api.ts";
import { json, serve } from "../../support/loopback-server.ts";
import { unguarded } from "../../support/ownership.ts";
import { tempDir } from "../../support/temp-dir.ts";

const DAY = partOfDay({ startMs: Date.UTC(2026, 9, 1), endMs: Date.UTC(2026, 9, 2) });
const DATASET = findDataset(["conversations", "details"]);
const records = (...ids: readonly string[]) =>
  ids.map((conversationId) => ({ conversationId, conversationStart: "2026-10-01T10:00:00.000Z" }));
/** Pages by cursor. The cursor of the first page is `""`. */
const PAGES: Readonly<Record<string, object>> = {
  "": { conversations: records("a", "b"), cursor: "c1" },
  c1: { conversations: records("b", "c"), cursor: "c2" },
  c2: { conversations: records("d") },
};

type Trouble = (request: {
  readonly method: string;
  readonly job: string;
  readonly cursor: string;
  readonly count: number;
}) => { readonly status: number; readonly body: unknown } | { readonly text: string } | null;
const refused = (status: number, code = "not.found") => ({ status, body: { status, code, message: "no" } });

/** Starts a service whose jobs finish immediately. `trouble` returns the faults. */
async function start(trouble: Trouble = () => null) {
  const submitted: string[] = [];
  const intervals: string[] = [];
  const deleted: string[] = [];
  const seen: string[] = [];
  const server = await serve((request, response) => {
    const url = new URL(request.path, server.url);
    const [, job = "", results] = /jobs(?:\/([^/]+))?(\/results)?$/.exec(url.pathname) ?? [];
    const cursor = url.searchParams.get("cursor") ?? "";
    const what =
      request.method === "GET" ? (results === undefined ? "state" : `page ${cursor}`) : request.method;
    seen.push(`${what} ${job}`.trim());
    const count = seen.filter((line) => line === seen.at(-1)).length;
    const bad = trouble({ method: what.split(" ")[0] ?? "", job, cursor, count });
    if (bad !== null) {
      if ("text" in bad) return void response.end(bad.text);
      return json(response, bad.status, bad.body);
    }
    if (request.method === "POST") {
      submitted.push(`j${submitted.length + 1}`);
      const [from = "", to = ""] = (JSON.parse(request.body) as { interval: string }).interval.split("/");
      intervals.push(`${from.slice(11, 16)}-${to.slice(11, 16)}`);
      return json(response, 202, { jobId: submitted.at(-1) });
    }
    if (request.method === "DELETE") {
      deleted.push(job);
      return void response.writeHead(204).end();
    }
    return json(response, 200, results === undefined ? { state: "FULFILLED" } : PAGES[cursor]);
  });
  const clock = new FakeClock();
  const api = loopbackApi(server.url, clock);
  const directory = await tempDir();
  const spoolPath = join(directory, "spool.ndjson");
  const pages: unknown[] = [];
  const restarts: string[] = [];
  const journalPath = join(directory, "journal.ndjson");

  /** Fetches the part, or resumes it, as one process would. */
  async function run(signal = new AbortController().signal): Promise<PartJournal> {
    const journal = await PartJournal.open(journalPath, unguarded);
    if (journal.state.phase === "new") {
      await journal.append({ kind: "begun", run: 1, interval: DAY.interval });
    }
    try {
      await fetchPart({
        api,
        clock,
        random: { bytes: (size) => new Uint8Array(size), fraction: () => 0 },
        signal,
        maxWaitMs: 20_000,
        host: { hasAnswered: false },
        onWait: () => undefined,
        dataset: DATASET,
        part: DAY,
        source: selectSource(DATASET, DAY, { api, clock, body: {} }),
        journal,
        spoolPath,
        onRestart: (reason) => void restarts.push(reason),
        guard: unguarded,
        onPage: ({ records: count }) => void pages.push(count),
      });
      return journal;
    } finally {
      await journal.close();
    }
  }
  const spooled = async () =>
    (await readFile(spoolPath, "utf8"))
      .split("\n")
      .filter((line) => line !== "")
      .map((line) => (JSON.parse(line) as { conversationId: string }).conversationId);
  return { run, spooled, seen, submitted, intervals, deleted, pages, restarts, spoolPath, journalPath };
}

test("fetches a part by submitting a job, polling it, reading page by page and deleting it", async () => {
  const { run, spooled, seen, pages } = await start();
  const { state } = await run();
  expect(seen).toEqual(["POST", "state j1", "page  j1", "page c1 j1", "page c2 j1", "DELETE j1"]);
  expect([await spooled(), pages]).toEqual([
    ["a", "b", "c", "d"],
    [2, 1, 1],
  ]);
  expect(state).toMatchObject({
    phase: "fetched",
    records: 4,
    duplicates: 1,
    open: ["a", "b", "c", "d"],
    job: null,
    releasedJobs: [],
    isConfirmed: true,
  });
});

test("fails to fetch a part when a record has a raw line break in a string, instead of repairing it", async () => {
  const { run, spoolPath } = await start(({ cursor }) =>
    cursor === "c1" ? { text: '{"conversations":[{"conversationId":"x","note":"one\ntwo"}]}' } : null,
  );
  await expect(run()).rejects.toBeInstanceOf(BrokenPage);
  expect(await readFile(spoolPath, "utf8")).not.toContain("two");
});

test("resumes a part at the page where another process stopped, without repeating earlier requests", async () => {
  let isAway = true;
  const { run, spooled, seen } = await start(({ cursor }) =>
    isAway && cursor === "c2" ? refused(401, "bad.credentials") : null,
  );
  await expect(run()).rejects.toMatchObject({ status: 401 });
  isAway = false;
  seen.length = 0;
  await run();
  expect(seen).toEqual(["state j1", "page c2 j1", "DELETE j1"]);
  expect(await spooled()).toEqual(["a", "b", "c", "d"]);
});

describe("fetches a part again from its start", () => {
  test.each<[string, Trouble]>([
    [
      "when the job fails",
      ({ method, job }) =>
        method === "state" && job === "j1"
          ? { status: 200, body: { state: "FAILED", errorMessage: "x" } }
          : null,
    ],
    [
      "when the job is lost during reading",
      ({ job, cursor, method, count }) =>
        job === "j1" && (cursor === "c2" || (method === "state" && count > 1)) ? refused(404) : null,
    ],
    [
      "when the job expires during reading",
      ({ job, cursor, method, count }) => {
        if (job !== "j1") return null;
        if (cursor === "c1") return refused(400, "invalid.cursor");
        return method === "state" && count > 1 ? { status: 200, body: { state: "EXPIRED" } } : null;
      },
    ],
    [
      "when the cursor is refused although the job is fulfilled",
      ({ job, cursor }) => (job === "j1" && cursor === "c2" ? refused(400, "invalid.cursor") : null),
    ],
    [
      "when the cursor repeats",
      ({ job, cursor }) =>
        job === "j1" && cursor === "c1"
          ? { status: 200, body: { conversations: records("x"), cursor: "c1" } }
          : null,
    ],
  ])("%s, and keeps each record once and deletes both jobs", async (_what, trouble) => {
    const { run, spooled, submitted, deleted } = await start(trouble);
    const { state } = await run();
    expect(await spooled()).toEqual(["a", "b", "c", "d"]);
    expect([submitted, deleted, state.records, state.duplicates]).toEqual([["j1", "j2"], ["j1", "j2"], 4, 1]);
  });

  test.each([
    ["state", 400],
    ["state", 404],
    ["state", 410],
    ["page", 404],
    ["page", 410],
  ])("when the request for the %s of the job returns %i, and records why", async (what, status) => {
    const { run, spooled, submitted, deleted, restarts } = await start(({ method, job, cursor }) =>
      job === "j1" && method === what && cursor === "" ? refused(status) : null,
    );
    await run();
    expect([await spooled(), submitted, deleted]).toEqual([
      ["a", "b", "c", "d"],
      ["j1", "j2"],
      ["j1", "j2"],
    ]);
    expect(restarts).toEqual([expect.stringContaining(String(status))]);
  });

  test.each(["state", "page"])(
    "when another token submitted the job and its %s returns 403",
    async (what) => {
      let isOther = false;
      const { run, spooled, submitted, restarts } = await start(({ method, job, cursor }) => {
        if (!isOther && cursor === "c2") return refused(401, "bad.credentials");
        return isOther && job === "j1" && method === what ? refused(403, "not.authorized") : null;
      });
      await expect(run()).rejects.toMatchObject({ status: 401 });
      isOther = true;
      await run();
      expect([await spooled(), submitted]).toEqual([
        ["a", "b", "c", "d"],
        ["j1", "j2"],
      ]);
      expect(restarts).toEqual(["the job belongs to another token (403)"]);
    },
  );

  test("not for a page that is too large at any size", async () => {
    const { run, submitted } = await start(({ cursor }) =>
      cursor === "c1" ? refused(400, "response.entity.too.large") : null,
    );
    await expect(run()).rejects.toMatchObject({ status: 400 });
    expect(submitted).toEqual(["j1"]);
  });

  test("for results that are never found, and loses only this part after four jobs", async () => {
    const { run, submitted } = await start(({ method }) => (method === "page" ? refused(404) : null));
    await expect(run()).rejects.toMatchObject({ name: "Error", state: "unknown" });
    expect(submitted).toEqual(["j1", "j2", "j3", "j4"]);
  });

  test("three times, and then fails", async () => {
    const { run, submitted, deleted } = await start(({ method }) =>
      method === "state" ? { status: 200, body: { state: "FAILED", errorMessage: "too much" } } : null,
    );
    await expect(run()).rejects.toMatchObject({ state: "FAILED", message: "too much" });
    expect(submitted).toEqual(["j1", "j2", "j3", "j4"]);
    // The last job is deleted by the caller that gives up the part.
    expect(deleted).toEqual(["j1", "j2", "j3"]);
  });

  test("not for a first page that is refused while the job is fulfilled", async () => {
    const { run, submitted } = await start(({ method, cursor }) =>
      method === "page" && cursor === "" ? refused(400, "bad.request") : null,
    );
    await expect(run()).rejects.toMatchObject({ status: 400 });
    expect(submitted).toEqual(["j1"]);
  });

  test("not for a permission error", async () => {
    const { run, submitted, spooled } = await start(({ cursor }) =>
      cursor === "c1" ? refused(403, "missing.permissions") : null,
    );
    await expect(run()).rejects.toMatchObject({ status: 403 });
    expect([submitted, await spooled()]).toEqual([["j1"], ["a", "b"]]);
  });
});

const TOO_MANY = {
  status: 400,
  body: { status: 400, code: "bad.request", message: "pagination may not exceed 400000 results" },
};

describe("a part with more results than a job returns", () => {
  const REASON = "there are more than 400000 results, so it is fetched in";

  test("is fetched as two pieces, and records in both are kept once", async () => {
    const { run, spooled, intervals, restarts, deleted } = await start(({ job, cursor }) =>
      job === "j1" && cursor === "c2" ? TOO_MANY : null,
    );
    const { state } = await run();
    expect(intervals).toEqual(["00:00-00:00", "00:00-12:00", "12:00-00:00"]);
    expect(restarts).toEqual([`${REASON} 2 pieces`]);
    expect(await spooled()).toEqual(["a", "b", "c", "d"]);
    expect(state).toMatchObject({ phase: "fetched", pieces: 2, records: 4, duplicates: 6, releasedJobs: [] });
    expect(deleted).toEqual(["j1", "j2", "j3"]);
  });

  test("is divided further until every piece is accepted", async () => {
    const { run, spooled, intervals, restarts } = await start(({ job, cursor }) =>
      ["j1", "j3", "j4"].includes(job) && cursor === "c2" ? TOO_MANY : null,
    );
    await run();
    expect(restarts).toEqual([`${REASON} 2 pieces`, `${REASON} 4 pieces`, `${REASON} 8 pieces`]);
    expect(intervals.slice(-8)).toEqual([
      "00:00-03:00",
      "03:00-06:00",
      "06:00-09:00",
      "09:00-12:00",
      "12:00-15:00",
      "15:00-18:00",
      "18:00-21:00",
      "21:00-00:00",
    ]);
    expect(await spooled()).toEqual(["a", "b", "c", "d"]);
  });

  test("fails at pieces of a minute, with the limit in the error", async () => {
    const { run, restarts, submitted, deleted } = await start(({ cursor }) =>
      cursor === "c1" ? TOO_MANY : null,
    );
    await expect(run()).rejects.toEqual(new PartTooLarge("there are more than 400000 results"));
    expect(restarts).toHaveLength(11);
    // The last job is released by the caller.
    expect(deleted).toEqual(submitted.slice(0, -1));
  });

  test("is divided as well when its job fails because of its size", async () => {
    const { run, intervals } = await start(({ method, job }) =>
      method === "state" && job === "j1"
        ? { status: 200, body: { state: "FAILED", errorMessage: "Pagination may not exceed 400000 results" } }
        : null,
    );
    await run();
    expect(intervals).toEqual(["00:00-00:00", "00:00-12:00", "12:00-00:00"]);
  });

  test.each([
    ["after a page of the second piece", ({ job, cursor }) => job === "j3" && cursor === "c1", ["j3", "c1"]],
    [
      "before the second piece has a job",
      ({ method, count }) => method === "POST" && count === 3,
      ["j3", ""],
    ],
    [
      "while the job of the first piece is deleted",
      ({ method, job }) => method === "DELETE" && job === "j2",
      null,
    ],
  ] satisfies [string, (request: Parameters<Trouble>[0]) => boolean, readonly string[] | null][])(
    "resumes in the same pieces %s",
    async (_name, isAway, _at) => {
      let hasFailed = false;
      const { run, spooled, intervals, submitted, deleted } = await start((request) => {
        if (request.job === "j1" && request.cursor === "c2") return TOO_MANY;
        if (hasFailed || !isAway(request)) return null;
        hasFailed = true;
        return refused(401, "bad.credentials");
      });
      const outcome = await run().then(
        () => "done",
        () => "stopped",
      );
      const { state } = await run();
      expect([hasFailed, outcome === "stopped" || deleted.length > 0]).toEqual([true, true]);
      expect(state).toMatchObject({ phase: "fetched", pieces: 2, finishedPieces: 2, records: 4, job: null });
      expect(await spooled()).toEqual(["a", "b", "c", "d"]);
      expect(intervals).toEqual(["00:00-00:00", "00:00-12:00", "12:00-00:00"]);
      expect(submitted).toEqual(["j1", "j2", "j3"]);
    },
  );
});

describe("a spool that does not match its journal", () => {
  test.each<[string, (path: string) => Promise<void>]>([
    ["is missing", rm],
    ["is shorter", async (path) => await truncate(path, 10)],
  ])("starts the part over when the spool %s, and records why", async (what, damage) => {
    let isAway = true;
    const { run, spooled, deleted, spoolPath, journalPath } = await start(({ cursor }) =>
      isAway && cursor === "c2" ? refused(401, "bad.credentials") : null,
    );
    await expect(run()).rejects.toMatchObject({ status: 401 });
    isAway = false;
    await damage(spoolPath);
    const { state } = await run();
    expect([await spooled(), deleted, state.records]).toEqual([["a", "b", "c", "d"], ["j1", "j2"], 4]);
    expect(await readFile(journalPath, "utf8")).toMatch(
      new RegExp(`\\{"kind":"restarted","reason":"its spool ${what}[^"]*"\\}`),
    );
  });
});

test("keeps a part when its job cannot be deleted, and leaves the deletion for later", async () => {
  const { run, spooled } = await start(({ method }) => (method === "DELETE" ? refused(403, "no") : null));
  const { state } = await run();
  expect([await spooled(), state.phase, state.releasedJobs]).toEqual([
    ["a", "b", "c", "d"],
    "fetched",
    ["j1"],
  ]);
});

test("writes a part's spool with the size and checksum in its journal", async () => {
  const { run, spoolPath } = await start();
  const { state } = await run();
  const spool = await readFile(spoolPath);
  expect(state.page).toMatchObject({ next: null, bytes: spool.length, crc32: crc32(spool) });
  expect(spool.length).toBe(4 * Buffer.byteLength(`${JSON.stringify(records("a")[0])}\n`));
});
