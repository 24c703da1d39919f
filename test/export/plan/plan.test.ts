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
/** Each part as `key: start/end`, times without what is always the same. */
const lines = ({ parts }: Plan) =>
  parts.map(({ key, interval }) => `${key}: ${interval === null ? "" : shortly(interval)}`);
const shortly = (interval: Interval) => formatInterval(interval).replaceAll(":00.000Z", "");

describe("days of the lake", () => {
  test("one part each, the first and the last as long as asked for", () => {
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
      "behind the end",
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
      "in a day",
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
    "a watermark %s is not exceeded, and what is missing is said",
    (_where, watermark, expected, missing) => {
      const result = plan({ watermarkMs: Date.parse(`${watermark}Z`) });
      expect(lines(result)).toEqual(expected);
      expect(result.missing === null ? null : shortly(result.missing.interval)).toBe(missing);
      expect(result.missing?.code).toBe(missing === null ? undefined : "export.watermark");
    },
  );

  test("a fresh tail begins where the lake ends, day by day, and nothing is missing", () => {
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

describe("days of aggregates", () => {
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
      "ahead of UTC, cut in the middle",
      "Asia/Kolkata",
      between("2026-10-01T12:00", "2026-10-02T00:00"),
      ["2026-10-01: 2026-10-01T12:00/2026-10-01T18:30", "2026-10-02: 2026-10-01T18:30/2026-10-02T00:00"],
    ],
  ])("are those of the zone: %s", (_what, timeZone, interval, expected) => {
    const result = plan({ dataset: AGGREGATES, timeZone, interval });
    expect(lines(result)).toEqual(expected);
    expect(result.parts.map(({ date }) => date)).toEqual(expected.map((line) => line.slice(0, 10)));
  });

  test("do not depend on the lake", () => {
    const result = plan({ dataset: AGGREGATES, watermarkMs: 0 });
    expect([result.parts.length, result.missing]).toEqual([2, null]);
  });
});

describe("a listing", () => {
  test("is one part without a day", () => {
    expect(plan({ dataset: QUEUES, interval: null }).parts).toEqual([
      { key: "all", date: null, interval: null, isProvisional: false },
    ]);
  });

  test("is the first worker's", () => {
    const keysOf = (number: number) =>
      plan({ dataset: QUEUES, interval: null, shard: { number, count: 3 } }).parts.map(({ key }) => key);
    expect([keysOf(1), keysOf(2), keysOf(3)]).toEqual([["all"], [], []]);
  });
});

describe("workers", () => {
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

  test("share all parts, each exactly one's, whatever their number", () => {
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

  test("agree on a day however much of it is there already", () => {
    for (const number of [1, 2, 3]) {
      const shard = { number, count: 3 };
      const early = plan({ shard, watermarkMs: Date.parse("2026-10-02T03:00Z"), hasFreshTail: true });
      const late = plan({ shard, watermarkMs: Date.parse("2026-10-03T00:00Z"), hasFreshTail: true });
      expect(new Set(early.parts.map(({ date }) => date))).toEqual(
        new Set(late.parts.map(({ date }) => date)),
      );
    }
  });

  test("miss only what is theirs to bring", () => {
    const missing = [1, 2].map(
      (number) => plan({ watermarkMs: Date.parse("2026-10-02T03:00Z"), shard: { number, count: 2 } }).missing,
    );
    expect(missing.flatMap((each) => (each === null ? [] : [shortly(each.interval)]))).toEqual([
      "2026-10-02T03:00/2026-10-03T00:00",
    ]);
  });

  test("parts follow each other without gap or overlap, and with what is missing are the interval", () => {
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

describe("an interval that reaches into the future", () => {
  const interval = between("2026-10-01T00:00", "2026-10-03T00:00");
  const AUDITS = findDataset(["audits"]);
  const told = ({ missing }: Plan) => (missing === null ? null : [missing.code, shortly(missing.interval)]);

  test.each([
    ["aggregates", AGGREGATES],
    ["a dataset without a watermark", AUDITS],
  ])("of %s ends with the last full minute, and the rest is missing", (_what, dataset) => {
    const result = plan({ dataset, interval, nowMs: Date.parse("2026-10-02T12:00:59Z") });
    expect(lines(result)).toEqual([
      "2026-10-01: 2026-10-01T00:00/2026-10-02T00:00",
      "2026-10-02: 2026-10-02T00:00/2026-10-02T11:59",
    ]);
    expect(told(result)).toEqual(["export.not_yet", "2026-10-02T11:59/2026-10-03T00:00"]);
    expect(result.interval).toEqual(interval);
  });

  test.each([
    ["aggregates", { dataset: AGGREGATES }],
    ["a dataset without a watermark", { dataset: AUDITS }],
    ["the live index", { hasFreshTail: true, watermarkMs: Date.parse("2026-09-20T11:00Z") }],
  ])("of %s has no parts when all of it is still to come", (_what, options) => {
    const result = plan({ ...options, interval, nowMs: Date.parse("2026-09-20T12:00Z") });
    expect(result.parts).toEqual([]);
    expect(told(result)).toEqual(["export.not_yet", "2026-10-01T00:00/2026-10-03T00:00"]);
    expect(result.interval).toEqual(interval);
  });

  test("is not one that ends now: all of it has happened", () => {
    const result = plan({ dataset: AGGREGATES, interval, nowMs: interval.endMs });
    expect([lines(result).at(-1), told(result)]).toEqual([
      "2026-10-02: 2026-10-02T00:00/2026-10-03T00:00",
      null,
    ]);
  });

  test("of a zone's days is missing to the worker whose day it is", () => {
    const zone = { dataset: AGGREGATES, timeZone: "Asia/Kolkata", nowMs: Date.parse("2026-10-02T12:01Z") };
    const days = between("2026-10-01T18:30", "2026-10-02T18:30");
    const results = [1, 2].map((number) => plan({ ...zone, interval: days, shard: { number, count: 2 } }));
    expect(results.map((result) => [lines(result), told(result)])).toContainEqual([
      ["2026-10-02: 2026-10-01T18:30/2026-10-02T12:00"],
      ["export.not_yet", "2026-10-02T12:00/2026-10-02T18:30"],
    ]);
  });
});

test.each([
  ["2026-10-01T12:00:59.999", "2026-10-01T11:59"],
  ["2026-10-01T12:01:00.000", "2026-10-01T12:00"],
  ["2026-10-09T00:00:00.000", "2026-10-03T00:00"],
])("at %s a fresh tail goes until %s, and so does the interval", (now, end) => {
  const interval = between("2026-10-01T00:00", "2026-10-03T00:00");
  const watermarkMs = Date.parse("2026-10-01T06:00Z");
  const result = plan({ interval, nowMs: Date.parse(`${now}Z`), watermarkMs, hasFreshTail: true });
  expect(result.parts.at(-1)?.interval?.endMs).toBe(Date.parse(`${end}Z`));
  expect(result.interval === null ? null : shortly(result.interval)).toBe(`2026-10-01T00:00/${end}`);
  expect(result.missing).toBeNull();
});
