import { expect, test } from "vitest";
import { wrapLine } from "../../src/output/wrap-line.ts";

test.each([
  ["a line that fits", "short enough", 20, ["short enough"]],
  ["words with a hanging indent", "the quick brown fox jumps", 12, ["the quick", "  brown fox", "  jumps"]],
  ["an indented line", "  the quick brown fox", 13, ["  the quick", "    brown fox"]],
  [
    "a word that is longer than the line",
    "see https://example.com/a/long/path",
    12,
    ["see", "  https://example.com/a/long/path"],
  ],
  [
    "a command in backticks",
    "log in again: `genscope login --profile x`.",
    30,
    ["log in again:", "  `genscope login --profile x`."],
  ],
  [
    "a bare command",
    "continue: genscope export users --resume",
    20,
    ["continue:", "  genscope export users --resume"],
  ],
  ["a command in brackets", "0 done (`genscope help x`)", 22, ["0 done", "  (`genscope help x`)"]],
  ["no command", "    genscope export users --resume", 20, ["    genscope export users --resume"]],
  ["wide letters", "日本語 日本語 日本語", 14, ["日本語 日本語", "  日本語"]],
])("wraps text: %s", (_name, text, width, lines) => {
  expect(wrapLine(text, width).split("\n")).toEqual(lines);
});
