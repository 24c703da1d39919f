import { expect, test } from "vitest";
import { splitIntoScreens } from "../../../../src/cli/commands/demo/screens.ts";

const SIZE = { columns: 20, rows: 6 };
const CONTINUED = "-- continued\n";

test("the demonstration shows a short section on one screen", () => {
  expect(splitIntoScreens("a\nb\nc\nd\ne\n\n", SIZE, CONTINUED)).toEqual(["a\nb\nc\nd\ne\n"]);
});

test("the demonstration ends a screen before a section rather than inside it", () => {
  expect(splitIntoScreens("a\n  b\n  c\nd\n  e\n  f\n", SIZE, CONTINUED)).toEqual([
    "a\n  b\n  c\n",
    "-- continued\n\nd\n  e\n  f\n",
  ]);
});

test("the demonstration never ends a screen inside a wrapped line", () => {
  const wrapped = "an item of two words\n  and more of it all\n  goes on";
  expect(splitIntoScreens(`a\nb\nc\n${wrapped}`, SIZE, CONTINUED)).toEqual([
    "a\nb\nc\n",
    `-- continued\n\n${wrapped}\n`,
  ]);
});

test("the demonstration counts the rows of a wrapped line without its color codes", () => {
  const long = "x".repeat(50);
  const screens = splitIntoScreens(`a\n${long}\nb\nc\n`, SIZE, CONTINUED);
  expect(screens).toEqual([`a\n${long}\nb\n`, "-- continued\n\nc\n"]);
  const coloured = `\u001b[31m${"x".repeat(20)}\u001b[39m`;
  expect(splitIntoScreens(`${coloured}\nb\nc\nd\ne`, SIZE, CONTINUED)).toHaveLength(1);
});
