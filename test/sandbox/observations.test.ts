import { describe, expect, test } from "vitest";
import { dataSandbox } from "./data.ts";

describe("observations", () => {
  test("of a queue, by media type, with states as qualifiers and instants as values", async () => {
    const { ask } = await dataSandbox();
    const queueId = (await ask("GET /api/v2/routing/queues")).at("entities.2.id");
    const reply = await ask("POST /api/v2/analytics/queues/observations/query", {
      filter: { type: "or", predicates: [{ dimension: "queueId", value: queueId }] },
      metrics: ["oWaiting", "oOnQueueUsers", "oLongestWaiting"],
      detailMetrics: ["oWaiting"],
    });
    expect(reply.each("results", "group")).toEqual([
      { mediaType: "voice", queueId },
      { mediaType: "message", queueId },
    ]);
    expect(reply.each("results.0.data", "metric")).toEqual([
      "oWaiting",
      "oOnQueueUsers",
      "oOnQueueUsers",
      "oLongestWaiting",
    ]);
    expect(reply.each("results.0.data", "qualifier")).toEqual([undefined, "IDLE", "INTERACTING", undefined]);
    expect(reply.at("results.0.data.0.truncated")).toBe(false);
    const since = Number(reply.at("results.0.data.3.stats.calculatedMetricValue"));
    expect(new Date(since).toISOString().slice(0, 13)).toBe("2026-09-30T23");
  });

  test.each([
    ["users", "userId", "oMemberQueues", 260],
    ["flows", "flowId", "oFlow", 40],
  ])("of all %s", async (noun, dimension, metric, count) => {
    const { ask } = await dataSandbox();
    const reply = await ask(`POST /api/v2/analytics/${noun}/observations/query`, { metrics: [metric] });
    expect(new Set(reply.each("results", `group.${dimension}`)).size).toBe(count);
    expect(reply.at("results.0.data.0.metric")).toBe(metric);
  });

  test("activity is paged", async () => {
    const { ask } = await dataSandbox();
    const page = async (number: number) =>
      ask(`POST /api/v2/analytics/routing/activity/query?pageSize=30&pageNumber=${number}`, {
        metrics: [{ metric: "oOnQueueUsers" }],
      });
    const [first, second] = [await page(1), await page(2)];
    expect(first.each("results", "group.queueId")).toHaveLength(30);
    expect(second.each("results", "group.queueId")).toHaveLength(15);
    expect(first.at("results.0.data.0.metric")).toBe("oOnQueueUsers");
    expect((await page(3)).at("results")).toBe(undefined);
  });
});
