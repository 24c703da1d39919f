import { isAlias, isCollection, isMap, isScalar, type Node, type Pair, type YAMLMap } from "yaml";
import { appendAll } from "../../core/lists/append-all.ts";
import { oneLine } from "../../core/text.ts";
import type { Position, Problem } from "./position.ts";
import { emptyAt, type YamlEntry, type YamlScalar, type YamlValue } from "./yaml-value.ts";

/**
 * Maximum number of values after aliases are expanded, because ten lines of nested anchors can expand to
 * gigabytes.
 */
const MOST_VALUES = 200_000;

/** State of the traversal. It visits nodes in text order, where an anchor comes before its aliases. */
interface Build {
  readonly at: (offset: number) => Position;
  readonly anchors: Map<string, YamlValue | "open">;
  /** The number of values inside each list and mapping. */
  readonly sizes: Map<YamlValue, number>;
  readonly problems: Problem[];
  /**
   * Items that were hidden from the parser, by the line of the item before them. An entry is removed once its
   * items are restored.
   */
  readonly hidden: Map<number, readonly YamlScalar[]>;
}

/**
 * Converts a parsed document to values. Adds problems other than syntax errors to `problems`. Puts the items
 * that were `hidden` from the parser back into their lists; what remains in `hidden` was not part of a list.
 */
export function buildValues(
  root: Node,
  at: (offset: number) => Position,
  problems: Problem[],
  hidden: Map<number, readonly YamlScalar[]>,
): YamlValue {
  return build({ at, anchors: new Map(), sizes: new Map(), problems, hidden }, root);
}

function build(context: Build, node: Node): YamlValue {
  if (isAlias(node)) return resolve(context, node.source, positionOf(context, node));
  const { anchor } = node as { readonly anchor?: string };
  if (anchor !== undefined) context.anchors.set(anchor, "open");
  const value = measured(context, convert(context, node));
  if (anchor !== undefined) context.anchors.set(anchor, value);
  return value;
}

function convert(context: Build, node: Node): YamlValue {
  const at = positionOf(context, node);
  if (isMap(node)) return { kind: "map", at, entries: entriesOf(context, node) };
  if (isCollection(node)) {
    return { kind: "list", at, items: node.items.flatMap((item) => itemsOf(context, item as Node)) };
  }
  const value: unknown = isScalar(node) ? node.value : null;
  return { kind: "scalar", at, value: isPlain(value) ? value : String(value) };
}

function itemsOf(context: Build, node: Node): readonly YamlValue[] {
  const value = build(context, node);
  const hidden = value.kind === "scalar" ? context.hidden.get(value.at.line) : undefined;
  if (hidden === undefined) return [value];
  context.hidden.delete(value.at.line);
  return [value, ...hidden];
}

function entriesOf(context: Build, map: YAMLMap): readonly YamlEntry[] {
  const own = new Map<string, YamlEntry>();
  const merged: YamlEntry[] = [];
  for (const { key, value } of map.items as readonly Pair<Node | null, Node | null>[]) {
    const keyAt = positionOf(context, key);
    const name = nameOf(context, key, keyAt);
    const content = value === null ? emptyAt(keyAt) : build(context, value);
    if (name === null) continue;
    if (name === "<<" && isScalar(key) && key.type === "PLAIN") {
      appendAll(merged, mergedEntries(context, content, keyAt));
      continue;
    }
    const first = own.get(name);
    if (first === undefined) own.set(name, { key: name, keyAt, value: content });
    else addProblem(context, keyAt, `\`${oneLine(name, 100)}\` already exists on line ${first.keyAt.line}`);
  }
  const known = new Map(own);
  for (const entry of merged) {
    if (!known.has(entry.key)) known.set(entry.key, entry);
  }
  return [...known.values()];
}

/**
 * Returns the entries that a merge key (`<<`) adds, from a mapping or a list of mappings. For duplicate keys,
 * the first mapping wins (YAML merge key type).
 */
function mergedEntries(context: Build, content: YamlValue, at: Position): readonly YamlEntry[] {
  const sources = content.kind === "list" ? content.items : [content];
  return sources.flatMap((source) => {
    if (source.kind === "map") return source.entries;
    addProblem(context, at, "`<<` merges a mapping, or a list of mappings");
    return [];
  });
}

function nameOf(context: Build, key: Node | null, at: Position): string | null {
  if (isScalar(key) && key.value !== null) return key.source ?? String(key.value);
  addProblem(context, at, "a key must be a word; put quotes around text that starts with `{` or `[`");
  return null;
}

function resolve(context: Build, anchor: string, at: Position): YamlValue {
  const value = context.anchors.get(anchor);
  if (value !== undefined && value !== "open") return value;
  const name = oneLine(anchor, 100);
  addProblem(
    context,
    at,
    value === "open"
      ? `\`*${name}\` is inside \`&${name}\` itself`
      : `there is no \`&${name}\` before \`*${name}\``,
  );
  return emptyAt(at);
}

/** Returns the value unchanged, unless it would be too large with its aliases expanded. */
function measured(context: Build, value: YamlValue): YamlValue {
  const parts =
    value.kind === "map"
      ? value.entries.map((entry) => entry.value)
      : value.kind === "list"
        ? value.items
        : [];
  const size = parts.reduce((sum, part) => sum + (context.sizes.get(part) ?? 1), 1);
  context.sizes.set(value, size);
  if (size <= MOST_VALUES) return value;
  addProblem(context, value.at, `more than ${MOST_VALUES} values with its anchors expanded`);
  return emptyAt(value.at);
}

function positionOf({ at }: Build, node: Node | null): Position {
  return at(node?.range?.[0] ?? 0);
}

function addProblem({ problems }: Build, at: Position, message: string): void {
  problems.push({ ...at, message });
}

function isPlain(value: unknown): value is YamlScalar["value"] {
  return value === null || ["string", "number", "boolean"].includes(typeof value);
}
