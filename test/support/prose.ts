import { readFileSync } from "node:fs";
import { parseSync } from "rolldown/utils";
import { isNode, lineFinder, type SyntaxNode, textOf } from "./syntax-text.ts";

export type ProseKind = "text" | "comment" | "doc" | "error" | "hint";

/** One piece of prose in a source file: a string, a comment or a doc comment. */
export interface Prose {
  readonly file: string;
  readonly line: number;
  readonly kind: ProseKind;
  readonly text: string;
}

/** Returns every string, comment and doc comment of a TypeScript file, in source order. */
export function proseOf(path: string, file: string): readonly Prose[] {
  const source = readFileSync(path, "utf8");
  const { program, comments } = parseSync(path, source);
  const found: (Omit<Prose, "file" | "line"> & { readonly start: number })[] = comments
    .filter(({ type, value }) => !(type === "Line" && /^\s*(biome-ignore|@ts-)/.test(value)))
    .map(({ type, value, start }) => ({
      start,
      kind: type === "Block" && value.startsWith("*") ? ("doc" as const) : ("comment" as const),
      text: value
        .split("\n")
        .map((text) => text.replace(/^\s*\*? ?/, ""))
        .join(" ")
        .trim(),
    }));
  visit(program as unknown as SyntaxNode, (node, kind) => {
    const text = textOf(node);
    if (text !== null) found.push({ start: node.start, kind, text });
  });
  const lineAt = lineFinder(source);
  return found
    .toSorted((one, other) => one.start - other.start)
    .map(({ start, kind, text }) => ({ file, line: lineAt(start), kind, text }));
}

/** Calls `found` for each string of the tree, with what the string is for. */
function visit(root: SyntaxNode, found: (node: SyntaxNode, kind: ProseKind) => void): void {
  const walk = (node: SyntaxNode, kind: ProseKind): void => {
    if (textOf(node) !== null) found(node, kind);
    if (node.type === "ImportDeclaration" || node.type === "TSLiteralType") return;
    for (const [key, value] of Object.entries(node)) {
      const children = Array.isArray(value) ? value : [value];
      for (const [index, child] of children.entries()) {
        if (isNode(child)) walk(child, kindOf(node, key, index, kind));
      }
    }
  };
  walk(root, "text");
}

/** A string below `new SomeError(code, message)` is an error, one below `hint:` is a hint. */
function kindOf(parent: SyntaxNode, key: string, index: number, inherited: ProseKind): ProseKind {
  if (parent.type === "NewExpression" && key === "arguments") {
    const callee = parent["callee"];
    const name = isNode(callee) ? callee["name"] : null;
    const isError = typeof name === "string" && name.endsWith("Error");
    if (isError) return index === (name === "Error" ? 0 : 1) ? "error" : "text";
  }
  if (parent.type === "Property" && key === "value") {
    const name = isNode(parent["key"]) ? parent["key"]["name"] : null;
    if (name === "hint") return "hint";
  }
  // A call or a comparison inside a message has strings of its own, which are no message.
  if (parent.type === "CallExpression" || parent.type === "BinaryExpression") return "text";
  return inherited;
}
