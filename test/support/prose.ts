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

type Found = Omit<Prose, "file" | "line"> & { readonly start: number };
type Parsed = ReturnType<typeof parseSync>;

/** Returns every string, comment and doc comment of a TypeScript file, in source order. */
export function proseOf(path: string, file: string): readonly Prose[] {
  const source = readFileSync(path, "utf8");
  const parsed = parseSync(path, source);
  const strings: Found[] = [];
  visit(parsed.program as unknown as SyntaxNode, (node, kind) => {
    const text = textOf(node);
    if (text !== null) strings.push({ start: node.start, kind, text });
  });
  return inOrder([...commentsIn(parsed), ...strings], source, file);
}

/** Returns every comment and doc comment. Does not build the syntax tree, which takes the most time. */
export function commentsOf(path: string, file: string): readonly Prose[] {
  const source = readFileSync(path, "utf8");
  return inOrder(commentsIn(parseSync(path, source)), source, file);
}

function commentsIn({ comments }: Parsed): readonly Found[] {
  return comments
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
}

function inOrder(found: readonly Found[], source: string, file: string): readonly Prose[] {
  const lineAt = lineFinder(source);
  return found
    .toSorted((one, other) => one.start - other.start)
    .map(({ start, kind, text }) => ({ file, line: lineAt(start), kind, text }));
}

/** Calls `found` for each string in the tree, with the purpose of the string. */
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

/**
 * Returns the purpose of a string. A string in `new SomeError(code, message)` is an error, one under `hint:` is a
 * hint.
 */
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
  // A call or comparison inside a message contains strings of its own, which are not messages.
  if (parent.type === "CallExpression" || parent.type === "BinaryExpression") return "text";
  return inherited;
}
