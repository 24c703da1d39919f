import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { foldLists } from "../../../src/access/policy/folded-lists.ts";
import { readYaml } from "../../../src/access/policy/yaml-tree.ts";

const text = (...lines: readonly string[]) => lines.join("\n");

describe("folding the lists of a policy file", () => {
  test("keeps the line and column of each name", () => {
    expect(
      foldLists(text("a:", "  - GET /x", "  - GET /y/{id}", "  - users:group:view", "  - PUT /z")),
    ).toEqual({
      text: text("a:", "  - GET /x", "  - PUT /z"),
      lineNumbers: [1, 2, 5],
      hidden: new Map([
        [
          2,
          [
            { kind: "scalar", at: { line: 3, column: 5 }, value: "GET /y/{id}" },
            { kind: "scalar", at: { line: 4, column: 5 }, value: "users:group:view" },
          ],
        ],
      ]),
    });
  });

  test.each([
    ["two names", text("- GET /x", "- GET /y")],
    ["a comment", text("- GET /x", "- GET /y # why", "- GET /z")],
    ["another indentation", text("- GET /x", "  - GET /y", "- GET /z")],
    ["a mapping", text("- GET /x", "- GET: /y", "- GET /z")],
    ["an item that YAML reads as a number", text("- GET /x", "- 12:30:45", "- GET /z")],
    ["Windows line endings", text("- GET /x\r", "- GET /y\r", "- GET /z")],
  ])("does not fold a list with %s", (_what, given) => {
    expect(foldLists(given)).toMatchObject({ text: given, hidden: new Map() });
  });
});

test.each([
  ["a block of text", text("a: |", "  - GET /x", "  - GET /y", "  - GET /z")],
  ["plain text of several lines", text("a: some", "  - GET /x", "  - GET /y", "  - GET /z")],
  ["quoted text", text('a: "', "  - GET /x", "  - GET /y", "  - GET /z", '  "')],
])("does not mistake text in %s for a list", (_what, given) => {
  const { root, problems } = readYaml(given);
  expect(problems).toEqual([]);
  expect(JSON.stringify(root)).toContain("- GET /x");
  expect(JSON.stringify(root)).toContain("- GET /y");
});

test("keeps the last name of a list when it spans several lines", () => {
  expect(readYaml(text("- GET /x", "- GET /y", "- GET /z", "    and more")).root).toMatchObject({
    items: [
      { value: "GET /x" },
      { value: "GET /y" },
      { value: "GET /z and more", at: { line: 3, column: 3 } },
    ],
  });
});

/**
 * Parses text, for a comparison of the same text with LF and with CRLF line ends. The parser never folds lists with
 * CRLF, and its messages then contain the carriage return, so only the line numbers of problems are compared.
 */
function meaningOf(given: string) {
  const { root, problems } = readYaml(given);
  return { root, lines: problems.map(({ line }) => line) };
}

test("parses any text identically with and without folding", () => {
  const line = fc.constantFrom(
    ...[
      "- GET /x",
      "- POST /y/{id}",
      "- a:b:c",
      "- text",
      "- [",
      "]",
      "- |",
      "key:",
      "key: >",
      "- key: &a 1",
    ],
    ...["- *a", "other: &b", "list: *b", "- ", "", "# GET", "- GET /x # why", "- 'GET", "/x'", "---", "\tx"],
  );
  const indented = fc
    .tuple(fc.constantFrom("", "", "  ", "    "), line)
    .map(([indent, rest]) => indent + rest);
  const run = fc
    .tuple(fc.constantFrom("", "  "), fc.integer({ min: 1, max: 5 }))
    .map(([indent, count]) =>
      text(...Array.from({ length: count }, (_, index) => `${indent}- GET /${index}`)),
    );
  fc.assert(
    fc.property(fc.array(fc.oneof(indented, run), { maxLength: 12 }), (lines) => {
      expect(meaningOf(text(...lines))).toEqual(meaningOf(text(...lines).replaceAll("\n", "\r\n")));
    }),
    { numRuns: 1_000 },
  );
});
