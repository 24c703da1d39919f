import { expect, test } from "vitest";
import { adviseInterval, wholeDaysIn } from "../../src/analytics/interval-advice.ts";

const endsWith = (end: string, lost: string, next: string) =>
  `the end is exclusive, so \`${end}\` leaves out the last ${lost}: to include the whole hour or day, end the interval with \`${next}\``;

test.each<[string, string, readonly string[]]>([
  [
    "2026-10-01T00:00:00Z/2026-10-01T23:59:59Z",
    "UTC",
    [endsWith("2026-10-01T23:59:59Z", "second", "2026-10-02T00:00Z")],
  ],
  [
    "2026-10-01/2026-10-01T23:59:59.999",
    "Europe/Berlin",
    [endsWith("2026-10-01T23:59:59.999", "second", "2026-10-02T00:00")],
  ],
  ["2026-12-31T00:00/2026-12-31T23:59", "UTC", [endsWith("2026-12-31T23:59", "minute", "2027-01-01T00:00")]],
  [
    "2026-10-01T08:00/2026-10-01T09:59:00+02:00",
    "UTC",
    [endsWith("2026-10-01T09:59:00+02:00", "minute", "2026-10-01T10:00+02:00")],
  ],
  [
    "2026-10-01T08:00/2026-10-01T09:29:59Z",
    "UTC",
    [endsWith("2026-10-01T09:29:59Z", "second", "2026-10-01T09:30Z")],
  ],
  [
    "2026-03-29T02:30/2026-03-29T12:00",
    "Europe/Berlin",
    [
      "`2026-03-29T02:30` does not exist in Europe/Berlin, because clocks go forward; genscope uses `2026-03-29T03:30`",
    ],
  ],
  [
    "2026-03-08T00:00/2026-03-08T02:15",
    "America/New_York",
    [
      "`2026-03-08T02:15` does not exist in America/New_York, because clocks go forward; genscope uses `2026-03-08T03:15`",
    ],
  ],
  ["2026-03-29T02:30/2026-03-29T12:00", "UTC", []],
  ["2026-03-29T02:30Z/2026-03-29T12:00", "Europe/Berlin", []],
  ["2026-10-25T02:30/2026-10-25T12:00", "Europe/Berlin", []],
  ["2026-10-01/2026-10-02", "UTC", []],
  ["2026-10-01T23:59:59Z/2026-10-03T00:00Z", "UTC", []],
  ["2026-10-01T00:00/2026-10-01T10:30", "UTC", []],
  ["yesterday", "Europe/Berlin", []],
])("advises on the interval %s in %s", (text, timeZone, expected) => {
  expect(adviseInterval(text, timeZone, { startMs: 0, nowMs: 0 })).toEqual(expected);
});

test.each<[string, string, string, string | null]>([
  ["2026-10-01T13:37Z", "2026-10-08T13:37Z", "2026-10-08T06:00Z", "2026-10-02/2026-10-08"],
  ["2026-10-01T00:00Z", "2026-10-06T00:00Z", "2026-10-05T06:00Z", "2026-10-01/2026-10-05"],
  ["2026-10-01T00:00Z", "2026-10-03T12:00Z", "2026-10-09T00:00Z", "2026-10-01/2026-10-03"],
  ["2026-10-04T00:00Z", "2026-10-05T00:00Z", "2026-10-04T20:00Z", null],
])(
  "of the interval %s/%s, the whole days that are complete as of %s are %s",
  (start, end, until, expected) => {
    const interval = { startMs: Date.parse(start), endMs: Date.parse(end) };
    expect(wholeDaysIn(interval, Date.parse(until))).toBe(expected);
  },
);

test("points out an interval that starts in the future, but not one that starts now", () => {
  const nowMs = Date.parse("2026-10-05T12:00Z");
  const adviceAt = (startMs: number) => adviseInterval("2027-01", "UTC", { startMs, nowMs });
  expect(adviceAt(nowMs + 1)).toEqual(["the interval `2027-01` is in the future, so there is no data yet"]);
  expect(adviceAt(nowMs)).toEqual([]);
});
