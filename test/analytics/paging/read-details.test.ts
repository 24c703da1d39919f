import { expect, test } from "vitest";
import { chooseNamedQuery } from "../../../src/analytics/choose-query.ts";
import { parseInterval } from "../../../src/analytics/interval.ts";
import { readDetails } from "../../../src/analytics/paging/read-details.ts";
import { asRecord, type JsonRecord } from "../../../src/core/json.ts";
import { scriptedApi } from "./scripted-api.ts";

/** The days of the requests, start and end, and the ids of what came. */
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
  const asked: string[] = [];
  const { api } = scriptedApi((request) => {
    const text = String(request.body["interval"]);
    asked.push(text.replaceAll(":00.000Z", "Z"));
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
  return { asked, ids, notes };
}

test.each<[string, string, JsonRecord, readonly string[]]>([
  ["seven days in one request", "2026-10-01/2026-10-08", {}, ["2026-10-01T00:00Z/2026-10-08T00:00Z"]],
  [
    "eight days in two",
    "2026-10-01/2026-10-09",
    {},
    ["2026-10-01T00:00Z/2026-10-08T00:00Z", "2026-10-08T00:00Z/2026-10-09T00:00Z"],
  ],
  [
    "cut at midnights, however it begins",
    "2026-10-01T12:00/2026-10-08T13:00",
    {},
    ["2026-10-01T12:00Z/2026-10-08T00:00Z", "2026-10-08T00:00Z/2026-10-08T13:00Z"],
  ],
  [
    "31 days in one with a filter",
    "2026-10",
    { segmentFilters: [{ type: "and" }] },
    ["2026-10-01T00:00Z/2026-11-01T00:00Z"],
  ],
  [
    "the latest part first when that is the order",
    "2026-10-01/2026-10-09",
    { order: "desc" },
    ["2026-10-08T00:00Z/2026-10-09T00:00Z", "2026-10-01T00:00Z/2026-10-08T00:00Z"],
  ],
])("%s", async (_name, interval, body, expected) => {
  expect((await details(interval, { body })).asked).toEqual(expected);
});

test("a part with more results than can be paged through is halved until it fits, and nothing comes twice", async () => {
  const hits = new Map([
    ["2026-10-01T00:00:00.000Z/2026-10-03T00:00:00.000Z", 150_000],
    ["2026-10-01T00:00:00.000Z/2026-10-02T00:00:00.000Z", 95_000],
  ]);
  const { asked, ids } = await details("2026-10-01/2026-10-03", {
    answer: (interval) => {
      const totalHits = hits.get(interval);
      // Both halves of the first day have the conversation that spans them.
      return totalHits === undefined
        ? { conversations: [{ conversationId: "spanning" }, { conversationId: interval }], totalHits: 2 }
        : { conversations: [{ conversationId: "not yet" }], totalHits };
    },
  });
  expect(asked).toEqual([
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

test("nothing is halved for the sake of a few", async () => {
  const { asked, ids } = await details("2026-10-01/2026-10-03", {
    limit: 100,
    answer: (_interval, body) =>
      asRecord(body["paging"])["pageNumber"] === 1
        ? { conversations: [{ conversationId: "c1" }], totalHits: 150_000 }
        : {},
  });
  expect([new Set(asked).size, ids]).toEqual([1, ["c1"]]);
});

test("a minute that is too full is told, not passed over", async () => {
  const { notes } = await details("2026-10-01T00:00/2026-10-01T00:01", {
    answer: () => ({ conversations: [{ conversationId: "c1" }], totalHits: 150_000 }),
  });
  expect(notes[0]).toBe(
    "2026-10-01T00:00:00.000Z/2026-10-01T00:01:00.000Z has about 150000 results, more than the platform pages through",
  );
});

test("a user rightly comes in every part", async () => {
  const { ids } = await details("2026-10-01/2026-10-09", {
    name: "users details",
    answer: () => ({ userDetails: [{ userId: "u1" }], totalHits: 1 }),
  });
  expect(ids).toEqual(["u1", "u1"]);
});
