import { readFileSync } from "node:fs";
import { parseSync } from "rolldown/utils";
import type { Prose } from "./prose.ts";
import { isNode, lineFinder, type SyntaxNode, textOf } from "./syntax-text.ts";

const TEST_FUNCTIONS = new Set(["test", "describe"]);
/** Members that return a test function instead of declaring a test. */
const FACTORIES = new Set(["each", "for", "skipIf", "runIf"]);

/**
 * Returns the titles of the tests and groups in a file, in source order. A column of a test table is part of the
 * title when its parameter begins with an underscore, which means that the test itself does not use it.
 */
export function titlesOf(path: string, file: string): readonly Prose[] {
  const source = readFileSync(path, "utf8");
  const { program } = parseSync(path, source);
  const lineAt = lineFinder(source);
  return titlesIn(program as unknown as SyntaxNode)
    .map((node) => ({ start: node.start, text: textOf(node) ?? "" }))
    .toSorted((one, other) => one.start - other.start)
    .map(({ start, text }) => ({ file, line: lineAt(start), kind: "text" as const, text }));
}

function titlesIn(node: SyntaxNode): readonly SyntaxNode[] {
  const own = isTestCall(node) ? [...argumentsOf(node).slice(0, 1), ...titleCellsOf(node)] : [];
  const inner = Object.values(node).flatMap((value) => (Array.isArray(value) ? value : [value]));
  return [...own.filter((each) => textOf(each) !== null), ...inner.filter(isNode).flatMap(titlesIn)];
}

/**
 * Returns whether a node declares tests: true for `test(…)` and `test.each(…)(…)`, false for `test.each(…)` alone.
 */
function isTestCall(node: SyntaxNode): boolean {
  if (node.type !== "CallExpression") return false;
  const callee = node["callee"];
  if (isNode(callee) && callee.type === "MemberExpression" && FACTORIES.has(memberOf(callee))) return false;
  return TEST_FUNCTIONS.has(rootOf(callee));
}

/** Returns the cells of a test table that appear only in the title. */
function titleCellsOf(node: SyntaxNode): readonly SyntaxNode[] {
  const factory = node["callee"];
  const body = argumentsOf(node).find(({ type }) => type === "ArrowFunctionExpression");
  if (!isNode(factory) || factory.type !== "CallExpression" || body === undefined) return [];
  const [table] = argumentsOf(factory);
  const parameters = nodesIn(body["params"]);
  return nodesIn(table?.["elements"]).flatMap((row) =>
    nodesIn(row["elements"]).filter((_cell, index) =>
      String(parameters[index]?.["name"] ?? "").startsWith("_"),
    ),
  );
}

function rootOf(node: unknown): string {
  if (!isNode(node)) return "";
  if (node.type === "CallExpression") return rootOf(node["callee"]);
  if (node.type === "MemberExpression") return rootOf(node["object"]);
  return String(node["name"] ?? "");
}

function memberOf({ property }: SyntaxNode): string {
  return isNode(property) ? String(property["name"] ?? "") : "";
}

const argumentsOf = (node: SyntaxNode) => nodesIn(node["arguments"]);
const nodesIn = (value: unknown) => (Array.isArray(value) ? value.filter(isNode) : []);
