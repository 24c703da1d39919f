import { describe, expect, test } from "vitest";
import { dataSandbox } from "./data.ts";

describe("the sandbox's observations", () => {
  test("of a queue are grouped by media type, with states as qualifiers and instants as values", async () => {
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

  test("for one queue and metric do not depend on the rest of the request", async () => {
    const { ask } = await dataSandbox();
    const queueId = (await ask("GET /api/v2/routing/queues")).at("entities.2.id");
    const path = "POST /api/v2/analytics/queues/observations/query";
    const filter = { type: "or", predicates: [{ dimension: "queueId", value: queueId }] };
    const all = await ask(path, { filter, metrics: ["oOnQueueUsers", "oInteracting", "oWaiting"] });
    const alone = await ask(path, { filter, metrics: ["oWaiting"], detailMetrics: ["oWaiting"] });
    const everywhere = await ask(path, { metrics: ["oWaiting"] });
    const groups = everywhere.each("results", "group.queueId");
    const expected = all.at("results.0.data.3.stats");
    expect(alone.at("results.0.data.0.stats")).toEqual(expected);
    expect(everywhere.at(`results.${groups.indexOf(queueId)}.data.0.stats`)).toEqual(expected);
    expect(all.at("results.1.data.3.stats")).not.toEqual(expected);
  });

  test.each([
    ["users", "userId", "oMemberQueues", 260],
    ["flows", "flowId", "oFlow", 40],
  ])("of all %s have one group per object", async (noun, dimension, metric, count) => {
    const { ask } = await dataSandbox();
    const reply = await ask(`POST /api/v2/analytics/${noun}/observations/query`, { metrics: [metric] });
    expect(new Set(reply.each("results", `group.${dimension}`)).size).toBe(count);
    expect(reply.at("results.0.data.0.metric")).toBe(metric);
  });

  test("of activity are paged", async () => {
    const { ask } = await dataSandbox();
    const page = async (number: number) =>
      ask(`POST /api/v2/analytics/routing/activity/query?pageSize=30&pageNumber=${number}`, {
        metrics: [{ metric: "oOnQueueUsers" }],
        groupBy: ["queueId"],
      });
    const [first, second] = [await page(1), await page(2)];
    expect(first.each("results", "group.queueId")).toHaveLength(30);
    expect(second.each("results", "group.queueId")).toHaveLength(15);
    expect(first.at("results.0.data.0.metric")).toBe("oOnQueueUsers");
    expect((await page(3)).at("results")).toBe(undefined);
  });

  describe("of activity", () => {
    const ASKED = "POST /api/v2/analytics/conversations/activity/query";
    const metrics = [{ metric: "oWaiting" }];
    const where = (type: string, ...predicates: readonly object[]) => ({
      type,
      predicates: predicates.map((each) => ({ type: "dimension", ...each })),
    });

    test("are grouped by the dimensions in `groupBy`", async () => {
      const { ask } = await dataSandbox();
      const byMedia = await ask(ASKED, { metrics, groupBy: ["mediaType"] });
      expect(byMedia.each("results", "group")).toEqual([{ mediaType: "voice" }, { mediaType: "message" }]);
      const both = await ask(ASKED, { metrics, groupBy: ["queueId", "mediaType"] });
      expect(Object.keys(both.at("results.0.group") as object)).toEqual(["queueId", "mediaType"]);
    });

    test.each<[string, object, number]>([
      ["one dimension", where("and", { dimension: "mediaType", value: "voice" }), 1],
      ["a dimension without values", where("and", { dimension: "dnis", value: "1" }), 0],
      ["an absent dimension", where("and", { dimension: "dnis", operator: "notExists" }), 4],
      [
        "either of two values",
        where("or", { dimension: "mediaType", value: "voice" }, { dimension: "direction", value: "inbound" }),
        3,
      ],
      [
        "clauses",
        {
          type: "and",
          clauses: [
            where(
              "or",
              { dimension: "mediaType", value: "voice" },
              { dimension: "mediaType", value: "message" },
            ),
            where("and", { dimension: "direction", value: "outbound" }),
          ],
        },
        2,
      ],
    ])("accept a filter by %s", async (_name, filter, count) => {
      const { ask } = await dataSandbox();
      const groupBy = count === 1 ? ["mediaType"] : ["mediaType", "direction"];
      const reply = await ask(ASKED, { metrics, groupBy, filter });
      expect(reply.at("results") === undefined ? 0 : reply.each("results", "group").length).toBe(count);
    });

    test.each([
      ["groupBy", { metrics }],
      ["metrics", { groupBy: ["queueId"] }],
    ])("are refused without `%s`", async (field, body) => {
      const { ask } = await dataSandbox();
      const reply = await ask(ASKED, body);
      expect([reply.status, reply.at("message")]).toEqual([400, `${field} is required`]);
    });
  });
});
