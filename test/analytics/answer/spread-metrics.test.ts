import { describe, expect, test } from "vitest";
import { spreadMetrics } from "../../../src/analytics/answer/spread-metrics.ts";
import type { Column, Row } from "../../../src/analytics/table.ts";

const NUMBERS = ["count", "sum", "max"];

function tableOf(names: readonly string[], rows: readonly Row[]) {
  const columns = names.map((name): Column => ({ name, type: NUMBERS.includes(name) ? "double" : "string" }));
  return { columns, rows };
}

describe("the numbers of each group become columns", () => {
  test("with the average and the count of a timer, and null where the platform sent nothing", () => {
    const spread = spreadMetrics(
      tableOf(
        ["queueId", "metric", "count", "sum", "max"],
        [
          ["a", "nOffered", 5, null, null],
          ["a", "tHandle", 4, 800, 300],
          ["b", "tHandle", 2, 100, 60],
        ],
      ),
    );
    expect(
      spread?.measures.map(({ metric, statistic, isSecondary }) => [metric, statistic, isSecondary]),
    ).toEqual([
      ["nOffered", "count", false],
      ["tHandle", "average", false],
      ["tHandle", "count", true],
    ]);
    expect(spread?.rows).toEqual([
      { dimensions: ["a"], values: [5, 200, 4] },
      { dimensions: ["b"], values: [null, 50, 2] },
    ]);
    expect(spread?.leftOut).toEqual(["sum", "max"]);
  });

  test("with one column per qualifier of a metric", () => {
    const spread = spreadMetrics(
      tableOf(
        ["userId", "metric", "qualifier", "sum"],
        [
          ["a", "tSystemPresence", "AVAILABLE", 60],
          ["a", "tSystemPresence", "MEAL", 30],
          ["b", "tSystemPresence", "MEAL", 90],
        ],
      ),
    );
    expect(spread?.measures.map(({ qualifier, statistic }) => [qualifier, statistic])).toEqual([
      ["AVAILABLE", "sum"],
      ["MEAL", "sum"],
    ]);
    expect(spread?.rows).toEqual([
      { dimensions: ["a"], values: [60, 30] },
      { dimensions: ["b"], values: [null, 90] },
    ]);
  });

  test("with the instant of a metric that has no other number", () => {
    const spread = spreadMetrics(
      tableOf(
        ["queueId", "metric", "count", "calculatedMetricValue"],
        [
          ["a", "oWaiting", 3, null],
          ["a", "oLongestWaiting", null, 1_700_000_000_000],
          ["b", "oWaiting", 0, null],
        ],
      ),
    );
    expect(spread?.rows).toEqual([
      { dimensions: ["a"], values: [3, 1_700_000_000_000] },
      { dimensions: ["b"], values: [0, null] },
    ]);
    expect(spread?.leftOut).toEqual([]);
  });
});

describe("a table of metrics stays unchanged", () => {
  test.each([
    [
      "with one metric",
      ["queueId", "metric", "count"],
      [
        ["a", "nOffered", 5],
        ["b", "nOffered", 6],
      ],
    ],
    [
      "with one group",
      ["queueId", "metric", "count"],
      [
        ["a", "nOffered", 5],
        ["a", "nConnected", 6],
      ],
    ],
    ["without metrics", ["id", "name"], [["a", "b"]]],
    [
      "with the views of a metric",
      ["queueId", "metric", "view", "count"],
      [
        ["a", "nOffered", null, 1],
        ["a", null, "shortCalls", 2],
        ["b", "nOffered", null, 1],
      ],
    ],
    [
      "with fields that the model lacks",
      ["queueId", "metric", "count", "extra"],
      [
        ["a", "nOffered", 1, "{}"],
        ["b", "nConnected", 2, null],
      ],
    ],
    [
      "with two rows of the same metric in a group",
      ["queueId", "metric", "count"],
      [
        ["a", "nOffered", 1],
        ["a", "nOffered", 2],
        ["b", "nConnected", 3],
      ],
    ],
  ] as const)("%s", (_name, names, rows) => {
    expect(spreadMetrics(tableOf(names, rows))).toBeNull();
  });
});
