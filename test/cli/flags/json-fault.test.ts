import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { findJsonFault } from "../../../src/cli/flags/json-fault.ts";

describe("names the first position at which text is not JSON", () => {
  test.each([
    ['{"interval": "a/b",\n}', 2, 1, "a name in double quotes"],
    ['{\n  "filter": [1, 2,]\n}', 2, 19, "a value"],
    ["{'a': 1}", 1, 2, "a name in double quotes or `}`"],
    ['{"a" 1}', 1, 6, "`:`"],
    ['{"a": 1 "b": 2}', 1, 9, "`,` or the end of the object or list"],
    ['{"a": 1]', 1, 8, "`,` or the end of the object or list"],
    ['{"a": undefined}', 1, 7, "a value"],
    ['{"a": 1} x', 1, 10, "the end"],
    ['{"a": "b', 1, 7, "a value"],
    ["", 1, 1, "a value"],
  ])("%j", (text, line, column, expected) => {
    expect(findJsonFault(text)).toEqual({ line, column, expected });
    expect(() => JSON.parse(text)).toThrow();
  });
});

test("finds a fault exactly when `JSON.parse` rejects the text", () => {
  const isJson = (text: string) => {
    try {
      JSON.parse(text);
      return true;
    } catch {
      return false;
    }
  };
  const broken = fc
    .tuple(fc.json(), fc.nat(), fc.constantFrom("", ",", "}", "]", '"', ":", "x", "0"))
    .map(
      ([text, at, other]) =>
        text.slice(0, at % (text.length + 1)) + other + text.slice((at % (text.length + 1)) + 1),
    );
  fc.assert(
    fc.property(fc.oneof(fc.json(), broken), (text) => {
      expect(findJsonFault(text) === null).toBe(isJson(text));
    }),
  );
});
