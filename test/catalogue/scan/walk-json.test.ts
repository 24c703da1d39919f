import { expect, test } from "vitest";
import { walkJson } from "../../../src/catalogue/scan/text/walk-json.ts";

function walk(text: string) {
  const visits: string[] = [];
  const isComplete = walkJson(text, (path, value, offset) => {
    visits.push(`${path.join(".")}${value === null ? "" : `=${value}`} @${offset}`);
  });
  return { isComplete, visits };
}

test("visits every object and string of a JSON text, with its path and position", () => {
  expect(walk('{"a":[{"b":"c"},["d"],1,"e"],"f":{}}')).toEqual({
    isComplete: true,
    visits: [" @0", "a.0 @6", "a.0.b=c @11", "a.1.0=d @17", "a.3=e @24", "f @33"],
  });
});

test("reads JSON strings with quotes, brackets and backslashes to their end", () => {
  const { visits } = walk(String.raw`{"a \"[{":"\\","b":"}\"]"}`);
  expect(visits).toEqual([" @0", 'a "[{=\\ @10', 'b=}"] @19']);
});

test.each(['{"a":1', '{"a":"b', '{"a":"b\\', '["a"', '{"a":[}'])(
  "reports that the JSON text %s is cut off",
  (text) => {
    expect(walk(text).isComplete).toBe(false);
  },
);

test("stops at brackets that are nested deeper than in any real JSON document", () => {
  expect(walk(`${"[".repeat(100_000)}${"]".repeat(100_000)}`).isComplete).toBe(false);
});
