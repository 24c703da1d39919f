import fc from "fast-check";
import { expect, test } from "vitest";
import { instantMs } from "../../../src/analytics/tables/instant.ts";

test.each([
  ["2026-10-01T08:15:30.250Z", Date.UTC(2026, 9, 1, 8, 15, 30, 250)],
  ["2026-10-01T08:15:30Z", Date.UTC(2026, 9, 1, 8, 15, 30)],
  ["2026-10-01T08:15:30.123456Z", Date.UTC(2026, 9, 1, 8, 15, 30, 123)],
  ["2026-10-01T08:15:30.250+02:00", Date.UTC(2026, 9, 1, 6, 15, 30, 250)],
  ["2024-02-29T00:00:00.000Z", Date.UTC(2024, 1, 29)],
  ["1969-12-31T23:59:59.999Z", -1],
])("converts %s to %d milliseconds since 1970", (text, expected) => {
  expect(instantMs(text)).toBe(expected);
});

test.each([
  "",
  "yesterday",
  "2026-10-01",
  "2026-10-01T08:15:30.250",
  "2026-13-01T08:15:30.250Z",
  "2026-02-29T00:00:00.000Z",
  "2100-02-29T00:00:00Z",
  "2026-04-31T00:00:00+01:00",
  "2026-10-01T24:00:00.000Z",
  "2026-10-01T08:60:00.000Z",
  "2026-10-01T08:15:60.000Z",
  "2026-10-01 08:15:30.250Z",
  "2026-1o-01T08:15:30.250Z",
  "+02026-10-01T08:15:30.2Z",
])("%j is not an instant", (text) => {
  expect(instantMs(text)).toBe(Number.NaN);
});

test("agrees with Date.parse for every instant of four-digit years", () => {
  const years = { min: new Date("0000-01-01T00:00:00.000Z"), max: new Date("9999-12-31T23:59:59.999Z") };
  fc.assert(
    fc.property(fc.date({ ...years, noInvalidDate: true }), (date) => {
      expect(instantMs(date.toISOString())).toBe(date.getTime());
    }),
  );
});
