import { expect, test } from "vitest";
import { SourceText } from "../../../src/catalogue/scan/text/source-text.ts";
import { createTreeReader } from "../../../src/catalogue/scan/tree/tree-facts.ts";
import { appendAll } from "../../../src/core/lists/append-all.ts";

test("appendAll adds a list of any length to another list", () => {
  const list = [1, 2];
  appendAll(list, new Set([3, 4]));
  expect(list).toEqual([1, 2, 3, 4]);
  appendAll(list, new Array<number>(500_000).fill(5));
  expect(list).toHaveLength(500_004);
});

test("a scan reads a file with more functions than a JavaScript call can take arguments", () => {
  const source = "function f(path) { return fetch('/api/v2' + path); }\n".repeat(140_000);
  expect(() => createTreeReader().add(new SourceText("a.js", source))).not.toThrow();
});
