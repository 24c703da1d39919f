import type { SourceText } from "../text/source-text.ts";
import { directText } from "./call-method.ts";
import { certain, isMethod, type MethodEvidence, methodOfKey } from "./method-evidence.ts";

const MOST_LINES = 40;
const LONGEST_KEY = 400;
/** Maximum distance in characters between a path and the keys that describe it. */
const REACH = 40_000;

/**
 * Returns the HTTP methods of a path that is a key of an OpenAPI description in JSON or YAML:
 * `"/api/v2/users": {"get": …}`. `end` is the end of the path in the source.
 */
export function methodsOfDescription(source: SourceText, end: number): MethodEvidence | null {
  const behind = /^["']?\s*:\s*(?:([{])|\r?\n)/.exec(source.code.slice(end, end + 60));
  if (behind === null) return null;
  const names =
    behind[1] === undefined ? yamlKeysBelow(source, end) : jsonKeys(source, end + behind[0].length - 1);
  const methods = names.filter(isMethod);
  return methods.length === 0 ? null : certain(methods, "the keys of the description");
}

/** Returns the value of the `method` key in the mapping that contains a YAML value, above or below that value. */
export function methodOfMapping(source: SourceText, offset: number): MethodEvidence | null {
  const { text } = source;
  const lineStart = source.lineStartOf(offset);
  const line = text.slice(lineStart, Math.min(offset, lineStart + LONGEST_KEY));
  const key = /^(\s*)(- +)?["']?[\w.-]+["']?\s*:/.exec(line);
  if (key === null) return null;
  const indentation = (key[1] ?? "").length + (key[2] ?? "").length;
  const above = key[2] === undefined ? siblings(linesAbove(text, lineStart), indentation) : [];
  const found = methodOfKey(
    [...above, ...siblings(linesBelow(text, offset), indentation, true)].join("\n"),
    () => null,
  );
  return found === "unknown" ? null : found;
}

function siblings(lines: readonly string[], indentation: number, isBelow = false): readonly string[] {
  const found: string[] = [];
  for (const line of lines) {
    if (line.trim() === "") continue;
    const [, spaces = "", dash = ""] = /^(\s*)(- +)?/.exec(line) ?? [];
    const own = spaces.length + dash.length;
    if (own < indentation || (isBelow && dash !== "" && own <= indentation)) break;
    if (own === indentation) found.push(line.trim().replace(/^- +/, ""));
    if (dash !== "" && own === indentation) break;
  }
  return found;
}

function linesAbove(text: string, end: number): readonly string[] {
  return text
    .slice(Math.max(0, end - 4000), end)
    .split("\n")
    .slice(0, -1)
    .slice(-MOST_LINES)
    .toReversed();
}

function linesBelow(text: string, offset: number): readonly string[] {
  return text
    .slice(offset, offset + 4000)
    .split("\n")
    .slice(1, MOST_LINES);
}

function jsonKeys(source: SourceText, open: number): readonly string[] {
  const direct = directText(source, open + 1, source.closerOf(open));
  return Array.from(direct.matchAll(/["'](\w+)["']\s*:/g), ([, key = ""]) => key);
}

function yamlKeysBelow(source: SourceText, offset: number): readonly string[] {
  const { text } = source;
  const indentation = indentationOf(text.slice(source.lineStartOf(offset), offset));
  const keys: string[] = [];
  let depth: number | null = null;
  for (const line of linesBehind(text, offset)) {
    if (line.trim() === "" || /^\s*#/.test(line)) continue;
    const own = indentationOf(line);
    if (own <= indentation) break;
    depth ??= own;
    const key = own === depth ? /^\s*["']?(\w+)["']?\s*:/.exec(line)?.[1] : undefined;
    if (key !== undefined) keys.push(key);
  }
  return keys;
}

/**
 * Yields the lines after the one that contains `offset`. It is lazy, because most descriptions end after a few lines.
 */
function* linesBehind(text: string, offset: number): Generator<string> {
  const near = text.slice(offset, offset + REACH);
  for (let start = near.indexOf("\n"); start !== -1; ) {
    const end = near.indexOf("\n", start + 1);
    yield near.slice(start + 1, end === -1 ? near.length : end);
    start = end;
  }
}

function indentationOf(line: string): number {
  return line.length - line.trimStart().length;
}
