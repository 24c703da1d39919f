import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  formatInterval,
  parseInterval,
  splitByDays,
  splitIntoUtcDays,
} from "../../src/analytics/interval.ts";

/** The current time in these tests, a Wednesday. */
const NOW = Date.parse("2026-10-07T13:37:42.500Z");

function read(text: string, timeZone?: string): string {
  return formatInterval(parseInterval(text, { timeZone, nowMs: NOW })).replaceAll(":00.000Z", "Z");
}

describe("parses an interval", () => {
  test.each([
    ["2026-10-01T08:00Z/2026-10-01T09:30Z", "2026-10-01T08:00Z/2026-10-01T09:30Z"],
    ["2026-10-01T08:00:00.000Z/2026-10-01T09:30:00.000Z", "2026-10-01T08:00Z/2026-10-01T09:30Z"],
    ["2026-10-01T08:00+02:00/2026-10-01T08:00-0500", "2026-10-01T06:00Z/2026-10-01T13:00Z"],
    ["2026-10-01T08:00/2026-10-01T09:00", "2026-10-01T08:00Z/2026-10-01T09:00Z"],
    ["2026-10-01/2026-10-03", "2026-10-01T00:00Z/2026-10-03T00:00Z"],
    ["2026-10-01/P1D", "2026-10-01T00:00Z/2026-10-02T00:00Z"],
    ["2026-10-01T12:00Z/PT30M", "2026-10-01T12:00Z/2026-10-01T12:30Z"],
    ["P1W/2026-10-08", "2026-10-01T00:00Z/2026-10-08T00:00Z"],
    ["2026-10/2027-01", "2026-10-01T00:00Z/2027-01-01T00:00Z"],
    ["2026-10-07/now", "2026-10-07T00:00Z/2026-10-07T13:37:42.500Z"],
    [" 2026-10-05 ", "2026-10-05T00:00Z/2026-10-06T00:00Z"],
    ["2026-10", "2026-10-01T00:00Z/2026-11-01T00:00Z"],
    ["2028-02", "2028-02-01T00:00Z/2028-03-01T00:00Z"],
    ["today", "2026-10-07T00:00Z/2026-10-08T00:00Z"],
    ["yesterday", "2026-10-06T00:00Z/2026-10-07T00:00Z"],
    ["this-week", "2026-10-05T00:00Z/2026-10-12T00:00Z"],
    ["last-week", "2026-09-28T00:00Z/2026-10-05T00:00Z"],
    ["this-month", "2026-10-01T00:00Z/2026-11-01T00:00Z"],
    ["last-month", "2026-09-01T00:00Z/2026-10-01T00:00Z"],
    ["last-24h", "2026-10-06T13:37Z/2026-10-07T13:37Z"],
    ["last-7d", "2026-09-30T13:37Z/2026-10-07T13:37Z"],
    ["last-2w", "2026-09-23T13:37Z/2026-10-07T13:37Z"],
  ])("%s in UTC", (text, expected) => {
    expect(read(text)).toBe(expected);
  });

  test.each([
    // Berlin sets its clocks back on 25 October 2026, forward on 28 March 2027.
    ["2026-10-25", "Europe/Berlin", "2026-10-24T22:00Z/2026-10-25T23:00Z"],
    ["2027-03-28", "Europe/Berlin", "2027-03-27T23:00Z/2027-03-28T22:00Z"],
    ["2026-10", "Europe/Berlin", "2026-09-30T22:00Z/2026-10-31T23:00Z"],
    ["2026-10-25/P1D", "Europe/Berlin", "2026-10-24T22:00Z/2026-10-25T23:00Z"],
    ["2026-10-25/PT24H", "Europe/Berlin", "2026-10-24T22:00Z/2026-10-25T22:00Z"],
    ["2027-03-28T02:30/2027-03-28T04:00", "Europe/Berlin", "2027-03-28T01:30Z/2027-03-28T02:00Z"],
    ["2026-10-25T02:30/2026-10-25T03:00", "Europe/Berlin", "2026-10-25T00:30Z/2026-10-25T02:00Z"],
    ["today", "Asia/Tokyo", "2026-10-06T15:00Z/2026-10-07T15:00Z"],
    ["yesterday", "America/Los_Angeles", "2026-10-06T07:00Z/2026-10-07T07:00Z"],
    // This day began at one o'clock in São Paulo.
    ["2018-11-04", "America/Sao_Paulo", "2018-11-04T03:00Z/2018-11-05T02:00Z"],
  ])("%s in %s", (text, timeZone, expected) => {
    expect(read(text, timeZone)).toBe(expected);
  });
});

describe("refuses text that is not an interval", () => {
  test.each([
    "",
    "tomorrow",
    "last-0d",
    "last-7y",
    "2026-13",
    "2026-02-30",
    "2026-10-01/",
    "/2026-10-01",
    "2026-10-01/05",
    "P1D/P1D",
    "2026-10-01/P0D",
    "2026-10-01/P",
    "2026-10-01/-P1D",
    "2026-10-01/2026-10-02/2026-10-03",
    "2026-10-02/2026-10-01",
    "2026-10-01/2026-10-01",
    "constructor",
  ])("`%s`", (text) => {
    expect(() => read(text)).toThrow(expect.objectContaining({ code: "usage.interval", exit: "usage" }));
  });

  test.each([
    ["2026-10-02/2026-10-01", "the interval `2026-10-02/2026-10-01` ends before it begins"],
    ["2026-10-01/2026-10-01", "the interval `2026-10-01/2026-10-01` is empty"],
  ])("gives the reason for refusing %s", (text, message) => {
    expect(() => read(text)).toThrow(message);
  });

  test.each([
    ["yesteday", "`yesteday` is not an interval", "yesterday"],
    ["Last Week", "`Last Week` is not an interval", "last-week"],
    ["7d", "`7d` is not an interval", "last-7d"],
    ["last 7 days", "`last 7 days` is not an interval", "last-7d"],
    ["-24h", "`-24h` is not an interval", "last-24h"],
    ["2026/10/1", "`2026/10/1` is not an interval", "2026-10-01"],
    ["2026", "`2026` is not an interval", "2026-01-01/2027-01-01"],
    ["2026-10-01T08:00Z", "`2026-10-01T08:00Z` is not an interval", "2026-10-01T08:00Z/PT1H"],
    ["2026-10-01..2026-10-03", "is not an interval", "2026-10-01/2026-10-03"],
    ["2026-10-01 to 2026-10-03", "is not an interval", "2026-10-01/2026-10-03"],
  ])("offers an interval for `%s` that can be pasted", (text, message, meant) => {
    expect(() => read(text)).toThrow(
      expect.objectContaining({
        message: expect.stringContaining(message),
        hint: `did you mean --interval ${meant}? All forms: genscope help intervals`,
      }),
    );
    expect(() => read(meant)).not.toThrow();
  });

  test.each([
    ["2026-11-31", "`2026-11-31` is not an interval: November 2026 has 30 days"],
    ["2026-10-01/2027-02-29", "is not an interval: February 2027 has 28 days"],
    ["2026-13-01", "is not an interval: there is no month 13"],
  ])("gives the reason why the date in `%s` does not exist", (text, message) => {
    expect(() => read(text)).toThrow(message);
  });

  test("refuses an unknown time zone", () => {
    expect(() => read("today", "Mars/Olympus")).toThrow(expect.objectContaining({ code: "usage.time_zone" }));
  });
});

test("splits days at UTC midnights, with a shorter first and last one", () => {
  const days = splitIntoUtcDays(parseInterval("2026-10-01T18:00Z/2026-10-03T06:00Z", { nowMs: NOW }));
  expect(days.map(formatInterval)).toEqual([
    "2026-10-01T18:00:00.000Z/2026-10-02T00:00:00.000Z",
    "2026-10-02T00:00:00.000Z/2026-10-03T00:00:00.000Z",
    "2026-10-03T00:00:00.000Z/2026-10-03T06:00:00.000Z",
  ]);
});

test("splits a month into parts of seven days and a remainder", () => {
  const parts = splitByDays(parseInterval("2026-10", { nowMs: NOW }), 7);
  expect(parts.map((part) => formatInterval(part).slice(0, 10))).toEqual([
    "2026-10-01",
    "2026-10-08",
    "2026-10-15",
    "2026-10-22",
    "2026-10-29",
  ]);
  expect(parts.at(-1)).toEqual({ startMs: Date.parse("2026-10-29"), endMs: Date.parse("2026-11-01") });
});

test("covers the whole interval with parts that neither overlap nor exceed the limit", () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 0, max: 2e12 }),
      fc.integer({ min: 1, max: 4e9 }),
      fc.integer({ min: 1, max: 31 }),
      (startMs, lengthMs, days) => {
        const parts = splitByDays({ startMs, endMs: startMs + lengthMs }, days);
        expect(parts[0]?.startMs).toBe(startMs);
        expect(parts.at(-1)?.endMs).toBe(startMs + lengthMs);
        for (const [index, part] of parts.entries()) {
          expect(part.endMs).toBeGreaterThan(part.startMs);
          expect(part.endMs - part.startMs).toBeLessThanOrEqual(days * 86_400_000);
          const next = parts[index + 1];
          if (next !== undefined) {
            expect(next.startMs).toBe(part.endMs);
            expect(next.startMs % 86_400_000).toBe(0);
          }
        }
      },
    ),
  );
});
