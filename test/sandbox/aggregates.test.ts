import { describe, expect, test } from "vitest";
import type { Conversation } from "../../src/sandbox/conversations/record/conversation.ts";
import { dataSandbox, daysOf, readPages, runJob, truth } from "./data.ts";

const QUERY = "POST /api/v2/analytics/conversations/aggregates/query";
const JOBS = "/api/v2/analytics/conversations/aggregates/jobs";
const DAY = "2026-09-28";

describe("conversation aggregates over a large organization", () => {
  test("count each metric at its own time, not at the start of the conversation", async () => {
    const data = await dataSandbox({ conversations: 500, days: 5 });
    const values = (await truth(data, "")).flatMap((text) =>
      (JSON.parse(text) as Conversation).participants.flatMap((participant) =>
        participant.sessions.flatMap(({ metrics }) =>
          metrics
            .filter(({ name, emitDate }) => name === "tHandle" && emitDate.startsWith(DAY))
            .map(({ value }) => value),
        ),
      ),
    );
    const reply = await data.ask(QUERY, { interval: daysOf(DAY), metrics: ["tHandle"] });
    const stats = reply.each("results", "data.0.metrics.0.stats") as Record<string, number>[];
    const total = (field: string) => stats.reduce((sum, each) => sum + (each[field] ?? 0), 0);
    expect(total("count")).toBe(values.length);
    expect(total("sum")).toBe(values.reduce((sum, value) => sum + value, 0));
    expect(Math.max(...stats.map(({ max }) => max ?? 0))).toBe(Math.max(...values));
    expect(values.length).toBeGreaterThan(80);
  });

  test("by group and bucket add up to the whole, without empty buckets", async () => {
    const { ask } = await dataSandbox({ conversations: 500, days: 5 });
    const counts = async (body: object) => {
      const reply = await ask(QUERY, { interval: daysOf(DAY), metrics: ["nOffered"], ...body });
      const results = reply.at("results") as { group: object; data: { interval: string }[] }[];
      const data = reply.each("results", "data").flat() as { metrics: { stats: { count: number } }[] }[];
      return {
        results,
        total: data.reduce((sum, { metrics }) => sum + (metrics[0]?.stats.count ?? 0), 0),
      };
    };
    const whole = await counts({});
    const hourly = await counts({ granularity: "PT1H", groupBy: ["queueId"] });
    expect(hourly.total).toBe(whole.total);
    expect(Object.keys(hourly.results[0]?.group ?? {})).toEqual(["mediaType", "queueId"]);
    expect(hourly.results.every(({ data }) => data.length < 24)).toBe(true);
    expect(hourly.results[0]?.data[0]?.interval).toMatch(/T\d\d:00:00.000Z\/.*T\d\d:00:00.000Z$/);
  });

  test("accept a filter, views and the service level", async () => {
    const { ask } = await dataSandbox({ conversations: 500, days: 5 });
    const reply = await ask(QUERY, {
      interval: daysOf(DAY),
      metrics: ["oServiceLevel", "tTalk"],
      filter: { type: "and", predicates: [{ dimension: "mediaType", value: "voice" }] },
      views: [
        { name: "short", target: "tTalk", function: "rangeBound", range: { lt: 300_000 } },
        { name: "long", target: "tTalk", function: "rangeBound", range: { gte: 300_000 } },
      ],
    });
    expect(reply.each("results", "group.mediaType")).toEqual(["voice"]);
    const metrics = reply.at("results.0.data.0.metrics") as {
      metric: string;
      stats: Record<string, number>;
    }[];
    const level = metrics.find(({ metric }) => metric === "oServiceLevel")?.stats;
    expect(level?.["ratio"]).toBe((level?.["numerator"] ?? 0) / (level?.["denominator"] ?? 1));
    const views = reply.each("results.0.data.0.views", "stats.count").map(Number);
    expect(views).toHaveLength(2);
    expect(views.reduce((sum, count) => sum + count, 0)).toBe(
      metrics.find(({ metric }) => metric === "tTalk")?.stats["count"],
    );
  });

  test.each([
    ["of 25 hours", "2025-10-25T22:00:00.000Z", "2025-10-26T23:00:00.000Z"],
    ["of 23 hours", "2026-03-28T23:00:00.000Z", "2026-03-29T22:00:00.000Z"],
  ])(
    "of a local day %s have one bucket, and the following day begins at midnight",
    async (_length, start, end) => {
      const { ask } = await dataSandbox({ conversations: 20_000, days: 400 });
      const next = new Date(Date.parse(end) + 86_400_000).toISOString();
      const intervalsOf = async (body: object) => {
        const reply = await ask(QUERY, {
          metrics: ["nOffered", "tTalk", "tAcw"],
          granularity: "P1D",
          ...body,
        });
        const rows = reply.each("results", "data").flat() as { interval: string }[];
        return [...new Set(rows.map(({ interval }) => interval))].toSorted();
      };
      const timeZone = "Europe/Berlin";
      expect(await intervalsOf({ interval: `${start}/${next}`, timeZone })).toEqual([
        `${start}/${end}`,
        `${end}/${next}`,
      ]);
      expect((await intervalsOf({ interval: `${start}/${end}` })).length).toBe(
        start.includes("-10-") ? 2 : 1,
      );
    },
  );

  test.each([
    ["an unknown time zone", { granularity: "P1D", timeZone: "Europe/Atlantis" }, "invalid.value"],
    ["an invalid granularity", { granularity: "hourly" }, "invalid.value"],
    [
      "too many buckets",
      { granularity: "PT1M", interval: daysOf("2026-09-24", "2026-09-30") },
      "response.entity.too.large",
    ],
    [
      "an unknown dimension in the filter",
      { filter: { type: "and", predicates: [{ dimension: "conversationEnd", operator: "exists" }] } },
      "invalid.property",
    ],
    [
      "a view of a counter",
      { views: [{ name: "x", target: "nOffered", function: "rangeBound" }] },
      "bad.request",
    ],
    [
      "eleven views",
      {
        views: Array.from({ length: 11 }, (_, index) => ({
          name: `v${index}`,
          target: "tTalk",
          function: "rangeBound",
        })),
      },
      "bad.request",
    ],
  ])("are refused with %s", async (_name, body, code) => {
    const { ask } = await dataSandbox();
    const reply = await ask(QUERY, { interval: daysOf(DAY), metrics: ["tTalk"], ...body });
    expect(`${reply.status} ${reply.at("code")}`).toBe(`400 ${code}`);
  });

  test("by job have the same results, in pages of the submitted size", async () => {
    const data = await dataSandbox({ conversations: 500, days: 5 });
    const body = { interval: daysOf(DAY), metrics: ["tTalk"], groupBy: ["queueId"] };
    const all = (await data.ask(QUERY, body)).at("results") as readonly unknown[];
    const id = await runJob(data, { ...body, pageSize: 20 }, JOBS);
    const first = await data.ask(`GET ${JOBS}/${id}/results`);
    expect((first.at("results") as unknown[]).length).toBe(20);
    expect(Object.keys(first.value as object)).toEqual(["results", "cursor"]);
    const pages = await readPages(data, id, null, JOBS);
    expect(pages.flatMap((page) => (page.at("results") ?? []) as unknown[])).toEqual(all);
  });
});
