import { expect, test } from "vitest";
import { aggregatesFlattener } from "../../../src/analytics/tables/aggregates.ts";
import type { JsonRecord } from "../../../src/core/json.ts";
import { rowsOf as tablesOf } from "./rows.ts";

const rowsOf = (groupBy: readonly string[], record: JsonRecord) =>
  tablesOf(aggregatesFlattener(groupBy), record)["aggregates"];

const INTERVAL = "2026-10-01T00:00:00.000Z/2026-10-02T00:00:00.000Z";
const DAY = { interval_start: "2026-10-01T00:00:00.000Z", interval_end: "2026-10-02T00:00:00.000Z" };

test("columns are the grouped dimensions, the interval, the metric and its statistics", () => {
  const [table] = aggregatesFlattener(["queueId", "mediaType"]).tables;
  expect(table?.columns.map(({ name, type }) => `${name} ${type}`)).toEqual([
    "queueId string",
    "mediaType string",
    "interval_start timestamp",
    "interval_end timestamp",
    "metric string",
    "qualifier string",
    "view string",
    "count int64",
    "countNegative int64",
    "countPositive int64",
    "sum double",
    "min double",
    "max double",
    "current double",
    "ratio double",
    "numerator double",
    "denominator double",
    "target double",
    "p95 double",
    "p99 double",
    "calculatedMetricValue double",
    "extra json",
  ]);
});

test("writes a row for every metric and view of every interval", () => {
  const record = {
    group: { queueId: "q-1" },
    data: [
      {
        interval: INTERVAL,
        metrics: [
          { metric: "tHandle", stats: { count: 2, sum: 61000.5, min: 1000, max: 60000.5 } },
          { metric: "oServiceLevel", stats: { ratio: 0.8, numerator: 8, denominator: 10, target: 0.75 } },
          { metric: "tAgentRoutingStatus", qualifier: "IDLE", stats: { sum: 5 } },
        ],
        views: [{ name: "short", stats: { count: 1 } }],
      },
      { interval: "2026-10-02T00:00:00.000Z/2026-10-03T00:00:00.000Z", metrics: [] },
    ],
  };
  expect(rowsOf(["queueId"], record)).toEqual([
    { queueId: "q-1", ...DAY, metric: "tHandle", count: 2, sum: 61000.5, min: 1000, max: 60000.5 },
    {
      queueId: "q-1",
      ...DAY,
      metric: "oServiceLevel",
      ratio: 0.8,
      numerator: 8,
      denominator: 10,
      target: 0.75,
    },
    { queueId: "q-1", ...DAY, metric: "tAgentRoutingStatus", qualifier: "IDLE", sum: 5 },
    { queueId: "q-1", ...DAY, view: "short", count: 1 },
  ]);
});

test("has no group columns when nothing is grouped", () => {
  const record = { data: [{ interval: INTERVAL, metrics: [{ metric: "nOffered", stats: { count: 7 } }] }] };
  expect(rowsOf([], record)).toEqual([{ ...DAY, metric: "nOffered", count: 7 }]);
});

test("keeps values without a column or of another type as JSON", () => {
  const record = {
    group: { queueId: "q-1", wing: "east" },
    data: [
      {
        interval: "all day",
        note: 1,
        metrics: [{ metric: "nOffered", unit: "calls", stats: { count: "many", p50: 2.5 } }],
      },
    ],
    systemToOrganizationMappings: {},
  };
  expect(rowsOf(["queueId"], record)).toEqual([
    {
      queueId: "q-1",
      metric: "nOffered",
      extra:
        '{"systemToOrganizationMappings":{},"group":{"wing":"east"},"data":{"interval":"all day","note":1},' +
        '"unit":"calls","stats":{"count":"many","p50":2.5}}',
    },
  ]);
});
