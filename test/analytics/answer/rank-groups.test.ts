import { describe, expect, test } from "vitest";
import { rankGroups, rankingMetric, withMetricsInOrder } from "../../../src/analytics/answer/rank-groups.ts";

const group = (name: string, ...buckets: readonly (readonly Record<string, unknown>[])[]) => ({
  group: { queueId: name },
  data: buckets.map((metrics) => ({ interval: "i", metrics })),
});
const offered = (count: number) => ({ metric: "nOffered", stats: { count } });
const handled = (count: number, sum: number) => ({ metric: "tHandle", stats: { count, sum } });
const namesOf = (records: readonly unknown[]) =>
  records.map((record) => (record as ReturnType<typeof group>).group.queueId);

describe("ranks groups", () => {
  test("by the sum of a counter over all periods", () => {
    const records = [
      group("a", [offered(3)], [offered(1)]),
      group("b", [handled(9, 9)]),
      group("c", [offered(5)]),
    ];
    expect(namesOf(rankGroups(records, "nOffered"))).toEqual(["c", "a", "b"]);
  });

  test("by the average of a timer, as charts do", () => {
    const records = [group("busy", [handled(10, 1_000)]), group("slow", [handled(1, 500)])];
    expect(namesOf(rankGroups(records, "tHandle"))).toEqual(["slow", "busy"]);
  });

  test("with equal values in the order of the response", () => {
    const records = [group("b", [offered(1)]), group("a", [offered(1)]), group("c"), group("d")];
    expect(namesOf(rankGroups(records, "nOffered"))).toEqual(["b", "a", "c", "d"]);
  });
});

test.each([
  [{}, ["tHandle", "nOffered"], "tHandle"],
  [{}, [], null],
  [{ queryType: "topN", sortMetric: "nOffered", limit: 5 }, ["tHandle"], null],
])("the groups of a query %j with metrics %j are ranked by %j", (body, metrics, expected) => {
  expect(rankingMetric(body, metrics)).toBe(expected);
});

test("puts a period's metrics in the order of the request, and other metrics last", () => {
  const record = group("a", [offered(1), { metric: "oOther" }, handled(1, 1)]);
  expect(withMetricsInOrder(record, ["tHandle", "nOffered"]).data).toEqual([
    { interval: "i", metrics: [handled(1, 1), offered(1), { metric: "oOther" }] },
  ]);
});
