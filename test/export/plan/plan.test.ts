import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { findDataset } from "../../../src/analytics/datasets/datasets.ts";
import { formatInterval, type Interval } from "../../../src/analytics/interval.ts";
import { type Plan, type PlanOptions, planParts } from "../../../src/export/plan/plan.ts";

const CONVERSATIONS = findDataset(["conversations", "details"]);
const AGGREGATES = findDataset(["conversations", "aggregates"]);
const QUEUES = findDataset(["queues"]);
const HOUR_MS = 3_600_000;

const between = (start: string, end: string): Interval => ({
  startMs: Date.parse(`${start}Z`),
  endMs: Date.parse(`${end}Z`),
});
const plan = (options: Partial<PlanOptions>): Plan =>
  planParts({
    dataset: CONVERSATIONS,
    interval: between("2026-10-01T00:00", "2026-10-03T00:00"),
    timeZone: "UTC",
    watermarkMs: null,
    nowMs: Date.parse("2028-01-01T00:00Z"),
    hasFreshTail: false,
    shard: null,
    ...options,
  });
/** Formats each part as `key: start/end`, leaving out the constant end of the times. */
const lines = ({ parts }: Plan) =>
  parts.map(({ key, interval }) => `${key}: ${interval === null ? "" : formatShort(interval)}`);
const formatShort = (interval: Interval) => formatInterval(interval).replaceAll(":00.000Z", "");

describe("the planned days of the data lake", () => {
  test("are one part each, and the first and last are cut to the interval", () => {
    const interval = between("2026-10-01T22:00", "2026-10-04T01:30");
    expect(lines(plan({ interval }))).toEqual([
      "2026-10-01: 2026-10-01T22:00/2026-10-02T00:00",
      "2026-10-02: 2026-10-02T00:00/2026-10-03T00:00",
      "2026-10-03: 2026-10-03T00:00/2026-10-04T00:00",
      "2026-10-04: 2026-10-04T00:00/2026-10-04T01:30",
    ]);
  });

  test.each<[string, string, readonly string[], string | null]>([
    [
      "after the end",
      "2026-10-09T00:00",
      ["2026-10-01: 2026-10-01T00:00/2026-10-02T00:00", "2026-10-02: 2026-10-02T00:00/2026-10-03T00:00"],
      null,
    ],
    [
      "at the end",
      "2026-10-03T00:00",
      ["2026-10-01: 2026-10-01T00:00/2026-10-02T00:00", "2026-10-02: 2026-10-02T00:00/2026-10-03T00:00"],
      null,
    ],
    [
      "within a day",
      "2026-10-02T07:15",
      ["2026-10-01: 2026-10-01T00:00/2026-10-02T00:00", "2026-10-02: 2026-10-02T00:00/2026-10-02T07:15"],
      "2026-10-02T07:15/2026-10-03T00:00",
    ],
    [
      "between two days",
      "2026-10-02T00:00",
      ["2026-10-01: 2026-10-01T00:00/2026-10-02T00:00"],
      "2026-10-02T00:00/2026-10-03T00:00",
    ],
    ["at the start", "2026-10-01T00:00", [], "2026-10-01T00:00/2026-10-03T00:00"],
    ["before the start", "2026-09-01T00:00", [], "2026-10-01T00:00/2026-10-03T00:00"],
  ])(
    "stop at a watermark %s, and the rest is reported as missing",
    (_where, watermark, expected, missing) => {
      const result = plan({ watermarkMs: Date.parse(`${watermark}Z`) });
      expect(lines(result)).toEqual(expected);
      expect(result.missing === null ? null : formatShort(result.missing.interval)).toBe(missing);
      expect(result.missing?.code).toBe(missing === null ? undefined : "export.watermark");
    },
  );

  test("end with provisional parts, one per day, so that nothing is missing", () => {
    const result = plan({ watermarkMs: Date.parse("2026-10-01T18:00Z"), hasFreshTail: true });
    expect(lines(result)).toEqual([
      "2026-10-01: 2026-10-01T00:00/2026-10-01T18:00",
      "2026-10-01-tail: 2026-10-01T18:00/2026-10-02T00:00",
      "2026-10-02-tail: 2026-10-02T00:00/2026-10-03T00:00",
    ]);
    expect(result.parts.map(({ isProvisional, date }) => `${date} ${isProvisional}`)).toEqual([
      "2026-10-01 false",
      "2026-10-01 true",
      "2026-10-02 true",
    ]);
    expect(result.missing).toBeNull();
  });
});

describe("the planned days of aggregates", () => {
  test.each([
    [
      "into winter time, 25 hours",
      "Europe/Berlin",
      between("2026-10-23T22:00", "2026-10-26T23:00"),
      [
        "2026-10-24: 2026-10-23T22:00/2026-10-24T22:00",
        "2026-10-25: 2026-10-24T22:00/2026-10-25T23:00",
        "2026-10-26: 2026-10-25T23:00/2026-10-26T23:00",
      ],
    ],
    [
      "into summer time, 23 hours",
      "America/New_York",
      between("2026-03-08T05:00", "2026-03-10T04:00"),
      ["2026-03-08: 2026-03-08T05:00/2026-03-09T04:00", "2026-03-09: 2026-03-09T04:00/2026-03-10T04:00"],
    ],
    [
      "ahead of UTC, cut mid-day",
      "Asia/Kolkata",
      between("2026-10-01T12:00", "2026-10-02T00:00"),
      ["2026-10-01: 2026-10-01T12:00/2026-10-01T18:30", "2026-10-02: 2026-10-01T18:30/2026-10-02T00:00"],
    ],
  ])("follow the time zone: %s", (_what, timeZone, interval, expected) => {
    const result = plan({ dataset: AGGREGATES, timeZone, interval });
    expect(lines(result)).toEqual(expected);
    expect(result.parts.map(({ date }) => date)).toEqual(expected.map((line) => line.slice(0, 10)));
  });

  test("do not depend on the watermark", () => {
    const result = plan({ dataset: AGGREGATES, watermarkMs: 0 });
    expect([result.parts.length, result.missing]).toEqual([2, null]);
  });
});

describe("the plan for a listing", () => {
  test("has one part without a date", () => {
    expect(plan({ dataset: QUEUES, interval: null }).parts).toEqual([
      { key: "all", date: null, interval: null, isProvisional: false },
    ]);
  });

  test("gives the part to the first worker", () => {
    const keysOf = (number: number) =>
      plan({ dataset: QUEUES, interval: null, shard: { number, count: 3 } }).parts.map(({ key }) => key);
    expect([keysOf(1), keysOf(2), keysOf(3)]).toEqual([["all"], [], []]);
  });
});

describe("the plans of several workers", () => {
  const anyOptions = fc.record({
    dataset: fc.constantFrom(CONVERSATIONS, AGGREGATES),
    timeZone: fc.constantFrom("UTC", "Europe/Berlin", "Pacific/Apia", "America/St_Johns"),
    startHour: fc.integer({ min: 0, max: 24 * 400 }),
    hours: fc.integer({ min: 1, max: 24 * 12 }),
    watermarkAfterHours: fc.option(fc.integer({ min: -30, max: 24 * 13 })),
    nowAfterHours: fc.integer({ min: -30, max: 24 * 40 }),
    hasFreshTail: fc.boolean(),
  });
  type AnyOptions = typeof anyOptions extends fc.Arbitrary<infer Value> ? Value : never;
  const optionsOf = ({ startHour, hours, watermarkAfterHours, nowAfterHours, ...rest }: AnyOptions) => {
    const startMs = Date.UTC(2026, 0, 1) + startHour * HOUR_MS;
    return {
      ...rest,
      interval: { startMs, endMs: startMs + hours * HOUR_MS },
      nowMs: startMs + nowAfterHours * HOUR_MS,
      watermarkMs: watermarkAfterHours === null ? null : startMs + watermarkAfterHours * HOUR_MS,
    };
  };

  test("share all parts among any number of workers, each part exactly once", () => {
    fc.assert(
      fc.property(anyOptions, fc.integer({ min: 1, max: 9 }), (given, count) => {
        const options = optionsOf(given);
        const shared = Array.from({ length: count }, (_, index) =>
          lines(plan({ ...options, shard: { number: index + 1, count } })),
        ).flat();
        expect(shared.toSorted()).toEqual(lines(plan(options)).toSorted());
      }),
      { numRuns: 40 },
    );
  });

  test("assign a day to the same worker, however much of it is available", () => {
    for (const number of [1, 2, 3]) {
      const shard = { number, count: 3 };
      const early = plan({ shard, watermarkMs: Date.parse("2026-10-02T03:00Z"), hasFreshTail: true });
      const late = plan({ shard, watermarkMs: Date.parse("2026-10-03T00:00Z"), hasFreshTail: true });
      expect(new Set(early.parts.map(({ date }) => date))).toEqual(
        new Set(late.parts.map(({ date }) => date)),
      );
    }
  });

  test("report only their own parts as missing", () => {
    const missing = [1, 2].map(
      (number) => plan({ watermarkMs: Date.parse("2026-10-02T03:00Z"), shard: { number, count: 2 } }).missing,
    );
    expect(missing.flatMap((each) => (each === null ? [] : [formatShort(each.interval)]))).toEqual([
      "2026-10-02T03:00/2026-10-03T00:00",
    ]);
  });

  test("leave no gap or overlap between the parts and the missing end", () => {
    fc.assert(
      fc.property(anyOptions, (given) => {
        const options = optionsOf(given);
        const { parts, missing, interval: covered } = plan(options);
        const pieces = [
          ...parts.map(({ interval }) => interval as Interval),
          ...(missing === null ? [] : [missing.interval]),
        ];
        expect(pieces[0]?.startMs).toBe(options.interval.startMs);
        expect(pieces.at(-1)?.endMs).toBe(covered?.endMs);
        if (!options.hasFreshTail) expect(covered).toEqual(options.interval);
        for (const [index, piece] of pieces.slice(1).entries()) {
          expect(piece.startMs).toBe(pieces[index]?.endMs);
        }
        expect(new Set(parts.map(({ key }) => key)).size).toBe(parts.length);
      }),
      { numRuns: 40 },
    );
  });
});

describe("the plan for an interval that reaches into the future", () => {
  const interval = between("2026-10-01T00:00", "2026-10-03T00:00");
  const AUDITS = findDataset(["audits"]);
  const missingOf = ({ missing }: Plan) =>
    missing === null ? null : [missing.code, formatShort(missing.interval)];

  test.each([
    ["aggregates", AGGREGATES],
    ["a dataset without a watermark", AUDITS],
  ])("ends %s at the last full minute, and reports the rest as missing", (_what, dataset) => {
    const result = plan({ dataset, interval, nowMs: Date.parse("2026-10-02T12:00:59Z") });
    expect(lines(result)).toEqual([
      "2026-10-01: 2026-10-01T00:00/2026-10-02T00:00",
      "2026-10-02: 2026-10-02T00:00/2026-10-02T11:59",
    ]);
    expect(missingOf(result)).toEqual(["export.not_yet", "2026-10-02T11:59/2026-10-03T00:00"]);
    expect(result.interval).toEqual(interval);
  });

  test.each([
    ["aggregates", { dataset: AGGREGATES }],
    ["a dataset without a watermark", { dataset: AUDITS }],
    ["the live index", { hasFreshTail: true, watermarkMs: Date.parse("2026-09-20T11:00Z") }],
    ["the data lake", { watermarkMs: Date.parse("2026-09-20T11:00Z") }],
  ])("has no parts of %s when the whole interval is in the future", (_what, options) => {
    const result = plan({ ...options, interval, nowMs: Date.parse("2026-09-20T12:00Z") });
    expect(result.parts).toEqual([]);
    expect(missingOf(result)).toEqual(["export.not_yet", "2026-10-01T00:00/2026-10-03T00:00"]);
    expect(result.interval).toEqual(interval);
  });

  test("reports nothing as missing when the interval ends now", () => {
    const result = plan({ dataset: AGGREGATES, interval, nowMs: interval.endMs });
    expect([lines(result).at(-1), missingOf(result)]).toEqual([
      "2026-10-02: 2026-10-02T00:00/2026-10-03T00:00",
      null,
    ]);
  });

  test("reports the future day of a time zone to the worker that owns it", () => {
    const zone = { dataset: AGGREGATES, timeZone: "Asia/Kolkata", nowMs: Date.parse("2026-10-02T12:01Z") };
    const days = between("2026-10-01T18:30", "2026-10-02T18:30");
    const results = [1, 2].map((number) => plan({ ...zone, interval: days, shard: { number, count: 2 } }));
    expect(results.map((result) => [lines(result), missingOf(result)])).toContainEqual([
      ["2026-10-02: 2026-10-01T18:30/2026-10-02T12:00"],
      ["export.not_yet", "2026-10-02T12:00/2026-10-02T18:30"],
    ]);
  });
});

test.each([
  ["2026-10-01T12:00:59.999", "2026-10-01T11:59"],
  ["2026-10-01T12:01:00.000", "2026-10-01T12:00"],
  ["2026-10-09T00:00:00.000", "2026-10-03T00:00"],
])("ends provisional data at the last full minute: at %s until %s", (now, end) => {
  const interval = between("2026-10-01T00:00", "2026-10-03T00:00");
  const watermarkMs = Date.parse("2026-10-01T06:00Z");
  const result = plan({ interval, nowMs: Date.parse(`${now}Z`), watermarkMs, hasFreshTail: true });
  expect(result.parts.at(-1)?.interval?.endMs).toBe(Date.parse(`${end}Z`));
  expect(result.interval === null ? null : formatShort(result.interval)).toBe(`2026-10-01T00:00/${end}`);
  expect(result.missing).toBeNull();
});
