import { describe, expect, test } from "vitest";
import type { Conversation } from "../../src/sandbox/conversations/record/conversation.ts";
import { type DataSandbox, dataSandbox, daysOf, readPages, runJob, truth } from "./data.ts";

const QUERY = "POST /api/v2/analytics/conversations/aggregates/query";
const JOBS = "/api/v2/analytics/conversations/aggregates/jobs";
const DAY = "2026-09-28";
const HANDLED = { interval: daysOf(DAY), metrics: ["tHandle"], groupBy: ["userId"] };

/** Returns the handling times of each user on the day, as the records contain them. */
async function handlingTimes(data: DataSandbox): Promise<ReadonlyMap<string, readonly number[]>> {
  const times = new Map<string, number[]>();
  for (const text of await truth(data, "")) {
    for (const { userId, sessions } of (JSON.parse(text) as Conversation).participants) {
      for (const { name, value, emitDate } of sessions.flatMap(({ metrics }) => metrics)) {
        if (typeof userId !== "string" || name !== "tHandle" || !emitDate.startsWith(DAY)) continue;
        times.set(userId, [...(times.get(userId) ?? []), value]);
      }
    }
  }
  return times;
}

const sumOf = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0);
const FUNCTIONS: readonly (readonly [string, (values: readonly number[]) => number])[] = [
  ["average", (values) => sumOf(values) / values.length],
  ["count", (values) => values.length],
  ["max", (values) => Math.max(...values)],
  ["min", (values) => Math.min(...values)],
  ["sum", sumOf],
];

describe("the sandbox's ranking of groups", () => {
  test.each(FUNCTIONS)(
    "by %s returns the first groups, largest or smallest first",
    async (name, calculate) => {
      const data = await dataSandbox({ conversations: 900, days: 5 });
      const times = await handlingTimes(data);
      const values = [...times.values()].map(calculate).sort((left, right) => right - left);
      expect(values.length).toBeGreaterThan(10);
      const ranked = async (queryType: string) => {
        const sortMetric = { name: "tHandle", function: name };
        const reply = await data.ask(QUERY, { ...HANDLED, queryType, sortMetric, limit: 4 });
        return reply.each("results", "group.userId").map((id) => calculate(times.get(String(id)) ?? []));
      };
      expect(await ranked("topN")).toEqual(values.slice(0, 4));
      expect(await ranked("bottomN")).toEqual(values.toReversed().slice(0, 4));
    },
  );

  test("sorts by the total of the whole interval, even for a metric that is not requested, and ignores media types", async () => {
    const data = await dataSandbox({ conversations: 900, days: 5 });
    const times = await handlingTimes(data);
    const reply = await data.ask(QUERY, {
      ...HANDLED,
      metrics: ["tTalk"],
      granularity: "PT1H",
      queryType: "topN",
      sortMetric: { name: "tHandle", function: "sum" },
      limit: 2,
    });
    const largest = [...times].sort(([, left], [, right]) => sumOf(right) - sumOf(left)).slice(0, 2);
    expect(reply.each("results", "group")).toEqual(largest.map(([userId]) => ({ userId })));
    const metrics = reply.each("results", "data.0.metrics") as { metric: string }[][];
    expect(metrics.flat().map(({ metric }) => metric)).toEqual(["tTalk", "tTalk"]);
  });

  test("ranks by the first requested metric when none is named", async () => {
    const data = await dataSandbox({ conversations: 900, days: 5 });
    const times = await handlingTimes(data);
    const reply = await data.ask(QUERY, { ...HANDLED, queryType: "topN", limit: 1 });
    const counts = [...times.values()].map((values) => values.length);
    expect(times.get(String(reply.at("results.0.group.userId")))).toHaveLength(Math.max(...counts));
    expect(reply.each("results", "group")).toHaveLength(1);
  });

  test("applies to a job too", async () => {
    const data = await dataSandbox({ conversations: 900, days: 5 });
    const body = {
      ...HANDLED,
      queryType: "bottomN",
      sortMetric: { name: "tHandle", function: "max" },
      limit: 3,
    };
    const pages = await readPages(data, await runJob(data, body, JOBS), null, JOBS);
    const groups = pages.flatMap((page) => page.each("results", "group"));
    expect(groups).toHaveLength(3);
    expect(groups).toEqual((await data.ask(QUERY, body)).each("results", "group"));
  });

  test("does not apply to a plain `groupBy`, which returns every group", async () => {
    const { ask } = await dataSandbox({ conversations: 900, days: 5 });
    const groupsOf = async (body: object) => (await ask(QUERY, { ...HANDLED, ...body })).at("results");
    const sortMetric = { name: "tHandle", function: "sum" };
    expect(await groupsOf({ queryType: "groupBy", sortMetric, limit: 2 })).toEqual(await groupsOf({}));
  });
});

test.each<[string, object, string]>([
  ["an unknown query type", { queryType: "timeseries" }, "invalid.value"],
  ["a function", { queryType: "topN", sortMetric: { name: "tHandle", function: "p95" } }, "invalid.value"],
  [
    "a function that is a property of every object",
    { sortMetric: { name: "tHandle", function: "toString" } },
    "invalid.value",
  ],
  ["a metric", { queryType: "topN", sortMetric: { name: "tHandled", function: "sum" } }, "invalid.value"],
  ["a ratio", { queryType: "topN", sortMetric: { name: "oServiceLevel", function: "sum" } }, "invalid.value"],
  ["a limit of 0", { queryType: "topN", limit: 0 }, "invalid.value"],
  ["a limit in words", { queryType: "topN", limit: "3" }, "invalid.value"],
  ["two dimensions", { queryType: "topN", groupBy: ["queueId", "userId"] }, "bad.request"],
  ["no dimension", { queryType: "bottomN", groupBy: [] }, "bad.request"],
])("the sandbox refuses a ranking with 400 for %s", async (_name, body, code) => {
  const { ask } = await dataSandbox();
  const reply = await ask(QUERY, { ...HANDLED, ...body });
  expect(`${reply.status} ${reply.at("code")}`).toBe(`400 ${code}`);
});

test("the sandbox has no ranking of user aggregates", async () => {
  const { ask } = await dataSandbox();
  const reply = await ask("POST /api/v2/analytics/users/aggregates/query", {
    interval: daysOf(DAY),
    metrics: ["tSystemPresence"],
    queryType: "topN",
  });
  expect(`${reply.status} ${reply.at("code")}`).toBe("400 bad.request");
});
