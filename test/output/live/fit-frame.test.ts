import { expect, test } from "vitest";
import { fitFrame } from "../../../src/output/live/fit-frame.ts";

test.each([
  ["short lines are unchanged", ["one", "two"], ["one", "two"]],
  ["a long line continues below", ["1234567890ab", "x"], ["1234567890", "ab", "x"]],
  ["a line of exactly 10 columns is unchanged", ["1234567890"], ["1234567890"]],
  ["wide characters take two columns", ["東京東京東京"], ["東京東京東", "京"]],
  ["colors have no width", ["\u001b[1m1234567890\u001b[22mab"], ["\u001b[1m1234567890\u001b[22m", "ab"]],
])("a live frame of 10 columns: %s", (_name, lines, expected) => {
  expect(fitFrame(["head"], lines, { columns: 10, rows: 24 })).toEqual(["head", ...expected]);
});

test("a live frame counts the lines that do not fit on the terminal", () => {
  expect(fitFrame(["head"], ["1234567890ab", "x", "y"], { columns: 10, rows: 5 })).toEqual([
    "head",
    "1234567890",
    "ab",
    "… 2 more lines",
  ]);
});
