import type { SourceText } from "./source-text.ts";

/** Matches the text before the opening brace of one branch: `'queue' {`, `"queue" -> {`, `else {`, `default {`. */
const BRANCH = /(?:["'\w)]|=>|->)\s*$/;
/**
 * Matches the head of an `if`, `switch` or `match` that selects a value: `$path = switch ($kind) {`, `val path = when
 * (kind) {`, `let path = match kind {`, `x = if (isNew) {`.
 */
const CHOICE =
  /([A-Za-z_]\w*)\s*(?::\s*[\w.<>?[\]]+\s*)?=\s*(?:await\s+)?(?:switch|when|match|case|if|try)\b[^={};]*$/;
const MOST_BRANCHES = 3;

/**
 * Returns the name to which a conditional value is assigned, if the expression at `start` is the value of one branch.
 */
export function choiceAround(
  source: SourceText,
  start: number,
): {
  readonly assigned: { readonly name: string; readonly isMember: boolean };
  readonly start: number;
  readonly end: number;
} | null {
  let from = start;
  for (let level = 0; level < MOST_BRANCHES; level += 1) {
    const enclosure = source.enclosureOf(from);
    if (enclosure === null || enclosure.open !== "{") return null;
    const before = source.code.slice(Math.max(0, enclosure.start - 200), enclosure.start);
    const name = CHOICE.exec(before)?.[1];
    if (name !== undefined) {
      return { assigned: { name, isMember: false }, start: enclosure.start, end: enclosure.end + 1 };
    }
    if (!BRANCH.test(before)) return null;
    from = enclosure.start;
  }
  return null;
}
