import { expect, test } from "vitest";
import { at, dayOf } from "../../src/sandbox/conversations/plan/instant.ts";

test.each([
  ["1970-01-01T00:00:00.000Z"],
  ["2000-02-29T23:59:59.999Z"],
  ["2024-02-29T12:00:00.001Z"],
  ["2024-03-01T00:00:00.000Z"],
  ["2025-12-31T23:59:59.999Z"],
  ["2026-01-01T00:00:00.000Z"],
  ["2100-02-28T09:08:07.065Z"],
])("the instant %s is formatted as it was parsed", (instant) => {
  expect(at(Date.parse(instant))).toBe(instant);
});

test("instants of every day in sixty years are formatted as Date formats them", () => {
  const wrong: string[] = [];
  for (let epochMs = 7_654_321; epochMs < Date.UTC(2030, 0); epochMs += 86_400_000) {
    const expected = new Date(epochMs).toISOString();
    if (at(epochMs) !== expected) wrong.push(`${at(epochMs)} for ${expected}`);
  }
  expect(wrong).toEqual([]);
});

test("the day of an instant begins at midnight UTC", () => {
  expect(at(dayOf(Date.parse("2026-09-30T23:59:59.999Z")))).toBe("2026-09-30T00:00:00.000Z");
  expect(at(dayOf(Date.parse("2026-09-30T00:00:00.000Z")))).toBe("2026-09-30T00:00:00.000Z");
});
