import { expect, test } from "vitest";
import { pathSegment } from "../../src/core/path-segment.ts";

test.each([
  ["a/b?c#d%", "a%2Fb%3Fc%23d%25"],
  ["😀", "%F0%9F%98%80"],
  ["a\ud800", "a%EF%BF%BD"],
  ["\udc00b", "%EF%BF%BDb"],
  ["\udc00\ud800", "%EF%BF%BD%EF%BF%BD"],
])("encodes %j", (text, expected) => {
  expect(pathSegment(text)).toBe(expected);
});
