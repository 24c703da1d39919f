import { describe, expect, test } from "vitest";
import { chartsOf } from "../../../src/analytics/answer/charts.ts";
import { tabulate } from "../../../src/analytics/answer/tabulate.ts";

const HOURS = {
  granularity: "PT1H",
  interval: { startMs: Date.UTC(2026, 9, 25, 0), endMs: Date.UTC(2026, 9, 25, 4) },
  timeZone: "Europe/Berlin",
};

/** Returns one bucket of an aggregate result. */
function bucket(hour: number, ...metrics: readonly object[]) {
  const instant = (at: number) => new Date(Date.UTC(2026, 9, 25, at)).toISOString();
  return { interval: `${instant(hour)}/${instant(hour + 1)}`, metrics };
}

function tableOf(...records: readonly object[]) {
  return tabulate({ kind: "aggregates", subject: "conversations", groupBy: [], metrics: [] }, records);
}

const offered = (count: number) => ({ metric: "nOffered", stats: { count } });
const handled = (count: number, sum: number) => ({ metric: "tHandle", stats: { count, sum } });

describe("the chart of a time series", () => {
  test("has one bar per period in local time, and no bar for a period that the platform omits", () => {
    const table = tableOf({
      group: { mediaType: "voice" },
      data: [bucket(1, offered(7)), bucket(2, offered(0))],
    });
    // Clocks go back at 03:00 in Berlin, so 02:00 appears twice.
    expect(chartsOf(table, { metrics: [], series: HOURS })).toEqual([
      {
        metric: "nOffered",
        statistic: "count",
        isSeries: true,
        group: null,
        most: 7,
        bars: [
          { label: "Sun 2026-10-25 02:00", value: null },
          { label: "               02:00", value: 7 },
          { label: "               03:00", value: 0 },
          { label: "               04:00", value: null },
        ],
      },
    ]);
  });

  test("of several groups is drawn per metric and group, with one scale and the same order of groups", () => {
    const table = tableOf(
      { group: { mediaType: "chat" }, data: [bucket(0, handled(1, 450), offered(2))] },
      { group: { mediaType: "voice" }, data: [bucket(1, handled(2, 90), offered(9))] },
    );
    const charts = chartsOf(table, { metrics: ["nOffered", "tHandle"], series: HOURS });
    expect(charts.map(({ metric, statistic, group, most }) => [metric, statistic, group, most])).toEqual([
      ["nOffered", "count", "voice", 9],
      ["nOffered", "count", "chat", 9],
      ["tHandle", "average", "voice", 450],
      ["tHandle", "average", "chat", 450],
    ]);
  });

  test.each([
    ["days that begin at midnight", "P1D", "Europe/Berlin", ["Sun 2026-10-25", "Mon 2026-10-26"]],
    ["days that begin at another time", "P1D", "UTC", ["Sat 2026-10-24 22:00", "Sun 2026-10-25 22:00"]],
  ])("has the shortest possible labels for %s", (_name, granularity, timeZone, labels) => {
    const startMs = Date.UTC(2026, 9, 24, 22);
    const interval = { startMs, endMs: startMs + 30 * 3_600_000 };
    const data = [{ interval: "2026-10-24T22:00:00Z/2026-10-25T23:00:00Z", metrics: [offered(1)] }];
    const [chart] = chartsOf(tableOf({ data }), { metrics: [], series: { granularity, timeZone, interval } });
    expect(chart?.bars.map(({ label }) => label)).toEqual(labels);
  });
});

describe("the bars of groups", () => {
  test("are sorted by value, with groups without a value last", () => {
    const table = tableOf(
      { group: { queueId: "a", mediaType: "voice" }, data: [bucket(0, offered(2))] },
      { group: { queueId: "b", mediaType: "voice" }, data: [bucket(0, { metric: "nOffered", stats: {} })] },
      { group: { queueId: "c", mediaType: "voice" }, data: [bucket(0, offered(30))] },
      { group: { queueId: "d", mediaType: "voice" }, data: [bucket(0, offered(-1))] },
    );
    expect(chartsOf(table, { metrics: [], series: null })[0]?.bars).toEqual([
      { label: "c", value: 30 },
      { label: "a", value: 2 },
      { label: "d", value: -1 },
      { label: "b", value: null },
    ]);
  });

  test("share one chart when the series has a single period", () => {
    const interval = { startMs: Date.UTC(2026, 9, 25), endMs: Date.UTC(2026, 9, 25, 1) };
    const table = tableOf(
      { group: { mediaType: "voice" }, data: [bucket(0, offered(1))] },
      { group: { mediaType: "chat" }, data: [bucket(0, offered(2))] },
    );
    const [chart] = chartsOf(table, { metrics: [], series: { ...HOURS, interval } });
    expect(chart).toMatchObject({ isSeries: false, bars: [{ label: "chat" }, { label: "voice" }] });
  });

  test("of observations are labeled with the qualifier, and instants are not drawn", () => {
    const table = tabulate({ kind: "observations", subject: "queues", groupBy: [], metrics: [] }, [
      {
        group: { queueId: "a" },
        data: [
          { metric: "oUserPresences", qualifier: "AVAILABLE", stats: { count: 3 } },
          { metric: "oUserPresences", qualifier: "MEAL", stats: { count: 5 } },
          { metric: "oLongestWaiting", stats: { calculatedMetricValue: 1_700_000_000_000 } },
        ],
      },
    ]);
    expect(chartsOf(table, { metrics: [], series: null })).toEqual([
      {
        metric: "oUserPresences",
        statistic: "count",
        isSeries: false,
        group: null,
        most: 5,
        bars: [
          { label: "MEAL", value: 5 },
          { label: "AVAILABLE", value: 3 },
        ],
      },
    ]);
  });

  test("of a ratio are drawn relative to 1", () => {
    const stats = { ratio: 0.5, numerator: 1, denominator: 2, count: 2 };
    const [chart] = chartsOf(tableOf({ data: [bucket(0, { metric: "oServiceLevel", stats })] }), {
      metrics: [],
      series: null,
    });
    expect(chart).toMatchObject({ statistic: "ratio", most: 1, bars: [{ label: "all", value: 0.5 }] });
  });
});
