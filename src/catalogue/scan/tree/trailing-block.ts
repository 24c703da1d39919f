import { certain, isMethod, type MethodEvidence } from "../method/method-evidence.ts";
import type { SourceText } from "../text/source-text.ts";

/** Matches the block that follows the arguments of a call: `request("users") { delete() }`. */
const BLOCK = /\s*\{/y;
/** Matches a call on the implicit or named receiver of a block: `delete()`, `it.post(`, `method("PUT"`. */
const CALL = /(?<![\w$])(?:(?:it|this)\.)?([a-z]+)\(\s*(?:"([A-Z]+)")?/g;
const LONGEST_NAME = 120;
const LONGEST_BLOCK = 400;

/**
 * Returns the HTTP method that the block after a call sets on the request that the called function builds. `index` is
 * the start of the function's name.
 */
export function methodOfTrailingBlock(source: SourceText, index: number): MethodEvidence | null {
  if (source.language.hole !== "${") return null;
  const open = source.code.slice(index, index + LONGEST_NAME).indexOf("(");
  if (open === -1) return null;
  BLOCK.lastIndex = source.closerOf(index + open) + 1;
  if (!BLOCK.test(source.code)) return null;
  const start = BLOCK.lastIndex;
  const end = Math.min(source.closerOf(start - 1), start + LONGEST_BLOCK);
  for (const { 1: name = "", 2: named } of source.text.slice(start, end).matchAll(CALL)) {
    const method = name === "method" ? named : name;
    if (method !== undefined && isMethod(method)) return certain([method], "the block after the call");
  }
  return null;
}
