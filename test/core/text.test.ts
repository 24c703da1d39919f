import fc from "fast-check";
import { expect, test } from "vitest";
import { grouped, pathSegment, plural, wrapWords } from "../../src/core/text.ts";

test("groups digits by thousands with commas", () => {
  expect([0, 12, 999, 1_000, 12_345, 1_234_567.6].map(grouped)).toEqual([
    "0",
    "12",
    "999",
    "1,000",
    "12,345",
    "1,234,568",
  ]);
  fc.assert(fc.property(fc.maxSafeNat(), (count) => grouped(count) === count.toLocaleString("en-US")));
});

test("breaks no line inside a command in backticks", () => {
  expect(wrapWords("register it: with `--port 9191`, exactly as written", 24)).toEqual([
    "register it: with",
    "`--port 9191`, exactly",
    "as written",
  ]);
});

test.each([
  ["a/b?c#d%", "a%2Fb%3Fc%23d%25"],
  ["😀", "%F0%9F%98%80"],
  ["a\ud800", "a%EF%BF%BD"],
  ["\udc00b", "%EF%BF%BDb"],
  ["\udc00\ud800", "%EF%BF%BD%EF%BF%BD"],
])("encodes %j as a path segment", (text, expected) => {
  expect(pathSegment(text)).toBe(expected);
});

test.each([
  [0, "0 records"],
  [1, "1 record"],
  [12_345, "12,345 records"],
])("formats %i with its noun and with commas between thousands", (count, text) => {
  expect(plural(count, "record")).toBe(text);
});
