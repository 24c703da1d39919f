import { expect, test } from "vitest";
import { chooseNamedQuery } from "../../../src/analytics/choose-query.ts";
import { parseInterval } from "../../../src/analytics/interval.ts";
import { readDetails } from "../../../src/analytics/paging/read-details.ts";
import { asRecord, type JsonRecord } from "../../../src/core/json.ts";
import { scriptedApi } from "./scripted-api.ts";

/** Reads the details of the interval. Returns the requested intervals, the ids of the records, and the notes. */
async function details(
  interval: string,
  {
    name = "conversations details",
    body = {},
    limit = Number.POSITIVE_INFINITY,
    answer = () => ({}),
  }: {
    name?: string;
    body?: JsonRecord;
    limit?: number;
    answer?: (interval: string, body: JsonRecord) => unknown;
  } = {},
) {
  const requested: string[] = [];
  const { api } = scriptedApi((request) => {
    const text = String(request.body["interval"]);
    requested.push(text.replaceAll(":00.000Z", "Z"));
    return answer(text, request.body);
  });
  const notes: string[] = [];
  const ids: unknown[] = [];
  const { query } = chooseNamedQuery([name], false);
  const pages = readDetails(api, {
    query,
    body,
    interval: parseInterval(interval, { nowMs: 0 }),
    limit,
    onNote: ({ text }) => notes.push(text),
  });
  for await (const page of pages) {
    ids.push(
      ...page.records.map((record) => asRecord(record)["conversationId"] ?? asRecord(record)["userId"]),
    );
  }
  return { requested, ids, notes };
}

test.each<[string, string, JsonRecord, readonly string[]]>([
  ["requests seven days at a time", "2026-10-01/2026-10-08", {}, ["2026-10-01T00:00Z/2026-10-08T00:00Z"]],
  [
    "requests eight days in two parts",
    "2026-10-01/2026-10-09",
    {},
    ["2026-10-01T00:00Z/2026-10-08T00:00Z", "2026-10-08T00:00Z/2026-10-09T00:00Z"],
  ],
  [
    "cuts parts at midnights, whatever the start",
    "2026-10-01T12:00/2026-10-08T13:00",
    {},
    ["2026-10-01T12:00Z/2026-10-08T00:00Z", "2026-10-08T00:00Z/2026-10-08T13:00Z"],
  ],
  [
    "requests 31 days at a time with a filter",
    "2026-10",
    { segmentFilters: [{ type: "and" }] },
    ["2026-10-01T00:00Z/2026-11-01T00:00Z"],
  ],
  [
    "requests the latest part first in descending order",
    "2026-10-01/2026-10-09",
    { order: "desc" },
    ["2026-10-08T00:00Z/2026-10-09T00:00Z", "2026-10-01T00:00Z/2026-10-08T00:00Z"],
  ],
])("%s", async (_name, interval, body, expected) => {
  expect((await details(interval, { body })).requested).toEqual(expected);
});

test("halves a part with too many results until it fits, without duplicate records", async () => {
  const hits = new Map([
    ["2026-10-01T00:00:00.000Z/2026-10-03T00:00:00.000Z", 150_000],
    ["2026-10-01T00:00:00.000Z/2026-10-02T00:00:00.000Z", 95_000],
  ]);
  const { requested, ids } = await details("2026-10-01/2026-10-03", {
    answer: (interval) => {
      const totalHits = hits.get(interval);
      // Both halves of the first day contain the conversation that spans them.
      return totalHits === undefined
        ? { conversations: [{ conversationId: "spanning" }, { conversationId: interval }], totalHits: 2 }
        : { conversations: [{ conversationId: "not yet" }], totalHits };
    },
  });
  expect(requested).toEqual([
    "2026-10-01T00:00Z/2026-10-03T00:00Z",
    "2026-10-01T00:00Z/2026-10-02T00:00Z",
    "2026-10-01T00:00Z/2026-10-01T12:00Z",
    "2026-10-01T12:00Z/2026-10-02T00:00Z",
    "2026-10-02T00:00Z/2026-10-03T00:00Z",
  ]);
  expect(ids).toEqual([
    "spanning",
    "2026-10-01T00:00:00.000Z/2026-10-01T12:00:00.000Z",
    "2026-10-01T12:00:00.000Z/2026-10-02T00:00:00.000Z",
    "2026-10-02T00:00:00.000Z/2026-10-03T00:00:00.000Z",
  ]);
});

test("does not split a part when --limit needs only its first page", async () => {
  const { requested, ids } = await details("2026-10-01/2026-10-03", {
    limit: 100,
    answer: (_interval, body) =>
      asRecord(body["paging"])["pageNumber"] === 1
        ? { conversations: [{ conversationId: "c1" }], totalHits: 150_000 }
        : {},
  });
  expect([new Set(requested).size, ids]).toEqual([1, ["c1"]]);
});

test("reports a minute that has too many results and cannot be split", async () => {
  const { notes } = await details("2026-10-01T00:00/2026-10-01T00:01", {
    answer: () => ({ conversations: [{ conversationId: "c1" }], totalHits: 150_000 }),
  });
  expect(notes[0]).toBe(
    "2026-10-01T00:00:00.000Z/2026-10-01T00:01:00.000Z has about 150,000 results, more than the platform can return",
  );
});

test("keeps a user's record from every part", async () => {
  const { ids } = await details("2026-10-01/2026-10-09", {
    name: "users details",
    answer: () => ({ userDetails: [{ userId: "u1" }], totalHits: 1 }),
  });
  expect(ids).toEqual(["u1", "u1"]);
});
