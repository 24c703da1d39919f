import { describe, expect, test } from "vitest";
import { tailOfDay } from "../../../src/export/part/part.ts";
import { tailSource } from "../../../src/export/sources/tail-source.ts";

const MINUTE_MS = 60_000;
const START_MS = Date.UTC(2026, 9, 1, 6);
const PART = tailOfDay({ startMs: START_MS, endMs: START_MS + 64 * MINUTE_MS });

const source = tailSource({
  path: "/api/v2/analytics/conversations/details/query",
  itemsKey: "conversations",
  largestPage: 100,
  body: { segmentFilters: [] },
});

interface Answer {
  readonly hits: number | null;
  readonly records?: number;
  readonly wasRepeating?: boolean;
}

/** Reads to the end. Returns each page as `minutes from-to #page`, and whether the result stayed stable. */
function read(answer: (window: readonly [number, number], page: number, count: number) => Answer) {
  const asked: string[] = [];
  let cursor: string | null = null;
  for (;;) {
    const body = source.requestPage(PART, null, cursor, 100).body as {
      readonly interval: string;
      readonly paging: { readonly pageSize: number; readonly pageNumber: number };
    };
    const [from = 0, to = 0] = body.interval
      .split("/")
      .map((end) => (Date.parse(end) - START_MS) / MINUTE_MS);
    const { pageNumber, pageSize } = body.paging;
    asked.push(`${from}-${to} #${pageNumber}`);
    if (asked.length > 10_000) throw new Error("it does not end");
    const { hits, wasRepeating = false, ...rest } = answer([from, to], pageNumber, asked.length);
    const left = (hits ?? 0) - (pageNumber - 1) * pageSize;
    const records = rest.records ?? Math.max(0, Math.min(pageSize, left));
    const fields = hits === null ? {} : { totalHits: hits };
    const seen = { envelope: { fields, records }, pageSize: 100, wasRepeating };
    const next = source.nextCursor(PART, cursor, seen);
    if (next === null) return { asked, isSettled: source.isSettled(PART, cursor, seen) };
    cursor = next;
  }
}

test("provisional data is requested by start, oldest first, with the filters of the request", () => {
  expect(source.requestPage(PART, null, null, 100)).toEqual({
    method: "POST",
    path: "/api/v2/analytics/conversations/details/query",
    body: {
      order: "asc",
      orderBy: "conversationStart",
      segmentFilters: [],
      interval: "2026-10-01T06:00:00.000Z/2026-10-01T07:04:00.000Z",
      paging: { pageSize: 100, pageNumber: 1 },
    },
  });
});

test.each<[string, () => Answer, readonly string[]]>([
  ["reads an empty result", () => ({ hits: 0 }), ["0-64 #1"]],
  ["reads a response without any fields", () => ({ hits: null, records: 0 }), ["0-64 #1"]],
  ["reads one page", () => ({ hits: 100 }), ["0-64 #1"]],
  ["reads several pages", () => ({ hits: 201 }), ["0-64 #1", "0-64 #2", "0-64 #3"]],
])("provisional data: %s", (_what, answer, asked) => {
  expect(read(answer)).toEqual({ asked, isSettled: true });
});

describe("provisional data that changes while it is read", () => {
  test("is read again after a repeated row, and is stable when only the row repeats", () => {
    const answer = (_window: unknown, page: number, count: number): Answer => ({
      hits: 150,
      wasRepeating: count === 2 || count > 2 || page < 0,
    });
    expect(read(answer)).toEqual({ asked: ["0-64 #1", "0-64 #2", "0-64 #1", "0-64 #2"], isSettled: true });
  });

  test("is read up to three times when the number of hits changes, and reported", () => {
    const answer = (_window: unknown, _page: number, count: number): Answer => ({ hits: 100 + count });
    const result = read(answer);
    expect(result.asked).toHaveLength(6);
    expect(result.isSettled).toBe(false);
  });
});

describe("a window of provisional data with more hits than the platform pages through", () => {
  /** Returns a function that responds with this many conversations per minute of the requested window. */
  const evenly =
    (perMinute: number) =>
    ([from, to]: readonly [number, number]): Answer => ({ hits: Math.round((to - from) * perMinute) });

  test("is halved until each piece has few enough hits, without gap or overlap, and each piece is read once", () => {
    const { asked, isSettled } = read(evenly(1_000));
    const windows = [...new Set(asked.map((line) => line.split(" ")[0]))];
    expect(windows).toEqual(["0-64", "0-32", "32-64"]);
    expect(asked.filter((line) => line.endsWith("#1"))).toEqual(["0-64 #1", "0-32 #1", "32-64 #1"]);
    expect(asked.at(-1)).toBe("32-64 #320");
    expect(isSettled).toBe(true);
  });

  test("is not read again for rows that came before the cut", () => {
    const answer = (window: readonly [number, number], page: number): Answer => ({
      ...evenly(1_000)(window),
      wasRepeating: page === 1,
    });
    expect(read(answer).asked.filter((line) => line.endsWith("#1"))).toEqual([
      "0-64 #1",
      "0-32 #1",
      "32-64 #1",
    ]);
  });

  test("is not halved below a minute", () => {
    const { asked } = read(([from, to], page) => ({
      hits: to - from <= 1 ? 60_000 : 99_999,
      ...(page === 1 ? {} : { records: 0 }),
    }));
    const windows = asked.map((line) => line.split(" ")[0]);
    expect(asked.filter((line) => line === "0-1 #1")).toHaveLength(1);
    expect(windows.every((window) => (window ?? "").split("-").map(Number).every(Number.isInteger))).toBe(
      true,
    );
  });

  test("is refused when its first page is empty although it has hits", () => {
    expect(() => read(() => ({ hits: 7, records: 0 }))).toThrow("7 hits but its first page is empty");
  });

  test("is not halved at exactly the limit", () => {
    expect(new Set(read(() => ({ hits: 50_000 })).asked.map((line) => line.split(" ")[0]))).toEqual(
      new Set(["0-64"]),
    );
  });
});
