import { indentationAt } from "./block.ts";
import { endOfOperand } from "./operand.ts";
import { firstNotBefore, type SourceText } from "./source-text.ts";

/** Maximum number of characters to read from a statement. */
const REACH = 300;
const BLANKS = /\s*/y;
/** Matches text after a name that extends it to a longer path: `/x`, `+ "/x"`, `}/x"`, `. '/x'`. */
const PATH_BEHIND = /^[})]{0,2}["'`]?\s*(?:(?:[+.&]|\.\.)\s*)?[a-z$]?["'`]?\//;
/** Matches appended text that continues the path; a query or a value does not change the path. */
const MORE_PATH = /^[a-z$]{0,2}["'`]\//;
/**
 * Matches code that extends the following name to a longer path: `"{}/x".format(`, `Sprintf("%s/x", `,
 * `urljoin(`.
 */
const PATH_BEFORE = /(?:%[sv]|\{\d?\})\/|(?:[jJ]oin\w*|Combine)\(\s*$/;

/** Effect of an assignment on the path that a variable contains: unchanged, extended, or replaced. */
export type Rebinding = "same" | "longer" | "new";

/** Returns the exclusive end of the operator or opening call after `at` that appends to the preceding text. */
export function endOfAppender({ code, language }: SourceText, at: number): number | null {
  BLANKS.lastIndex = at;
  BLANKS.test(code);
  const from = BLANKS.lastIndex;
  return matchEnd(language.appender, code, from) ?? matchEnd(language.appendingCall, code, from);
}

/** Returns the name that the statement at `start` appends to: `url` in `url += "/users"`; null if none exists. */
export function appendedName(source: SourceText, start: number): string | null {
  const operand = source.code.slice(start, Math.min(endOfOperand(source, start), start + REACH));
  const name = /^[\w$@]+(?:(?:\.|->)\w+)*?(?=\.(?:[aA]ppend|push_str)\(|$)/.exec(operand)?.[0];
  if (name === undefined || endOfAppender(source, start + name.length) === null) return null;
  return /[A-Za-z_]\w*$/.exec(name)?.[0] ?? null;
}

/**
 * Returns the effect of the statement at `offset` on the path that `name` holds, and the end of the statement; null
 * when it assigns nothing to the name.
 */
export function rebindingAt(
  source: SourceText,
  name: string,
  offset: number,
): { readonly kind: Rebinding; readonly end: number } | null {
  const behind = offset + name.length;
  const appended = endOfAppender(source, behind);
  if (appended !== null) {
    const text = source.text.slice(appended, appended + REACH).trimStart();
    return { kind: MORE_PATH.test(text) ? "longer" : "same", end: endOfStatement(source, appended) };
  }
  const assigned = /^\s*(?::=|=(?![=>~]))/.exec(source.code.slice(behind, behind + 40));
  if (assigned === null) return null;
  const start = behind + assigned[0].length;
  const end = endOfStatement(source, start);
  const value = source.text.slice(start, end);
  const own = new RegExp(`(?<![\\w.])${name}(?!\\w)`).exec(value);
  if (own === null) return { kind: "new", end };
  // A shell expression can replace a part of the value: `${url/ID/$id}`.
  const isSubstitution = /\$\{$/.test(value.slice(0, own.index)) && !/^\w*\}/.test(value.slice(own.index));
  const isLonger =
    !isSubstitution &&
    (PATH_BEHIND.test(value.slice(own.index + name.length)) || PATH_BEFORE.test(value.slice(0, own.index)));
  return { kind: isLonger ? "longer" : "same", end };
}

/** Maximum number of earlier uses of a name to search for another value. */
const MOST_USES = 24;
/** Matches the text between the start of a line and a name to which that line assigns a value. */
const BEFORE_NAME = /^\s*(?:[A-Za-z][\w<>[\]?]{0,40}\s+)?(?:this\.|self\.|[$@])?$/;

/**
 * Returns whether a statement between a known value of a name and `offset` assigns another value to the name, so that
 * the known value no longer applies: `url = HOST` in the next function.
 */
export function isReplacedBetween(
  source: SourceText,
  known: { readonly name: string; readonly offset: number; readonly isMember: boolean },
  offset: number,
): boolean {
  const { name, offset: from, isMember } = known;
  if (isMember || name.endsWith("()")) return false;
  const uses = source.usesOf(name, false);
  const last = firstNotBefore(uses, offset) - 1;
  for (let at = last; at > Math.max(-1, last - MOST_USES); at -= 1) {
    const use = uses[at] ?? 0;
    if (use <= from) return false;
    const before = source.code.slice(source.lineStartOf(use), use);
    const isStatement = BEFORE_NAME.test(before) && indentationAt(source, use) <= indentationAt(source, from);
    const rebinding = isStatement ? rebindingAt(source, name, use) : null;
    if (rebinding?.kind === "new" && rebinding.end <= offset) return true;
  }
  return false;
}

/** Matches a line that begins another branch of a condition. */
const BRANCH = /^\}?[ \t]*(?:else|elif|elsif|elseif|case|default|when|catch|except)\b/i;

/**
 * Returns whether `from` and a later `offset` are in different branches of a condition, only one of which runs: `if`
 * and `else`, or two cases.
 */
export function isInOtherBranch(source: SourceText, from: number, offset: number): boolean {
  const depth = indentationAt(source, from);
  const own = indentationAt(source, offset);
  const lines = source.code.slice(from, source.lineStartOf(offset)).split("\n").slice(1);
  return lines.some((line) => {
    const content = line.trimStart();
    const indentation = line.length - content.length;
    return indentation < depth && indentation < own && BRANCH.test(content);
  });
}

/** Returns whether the statement at `offset` runs only under a condition, relative to the statement at `from`. */
export function isConditional(source: SourceText, from: number, offset: number): boolean {
  const before = source.text.slice(source.lineStartOf(offset), offset);
  return (
    /\S/.test(before.replace(/[$@]$|this\.$|self\.$/, "")) ||
    indentationAt(source, offset) > indentationAt(source, from)
  );
}

function endOfStatement({ code }: SourceText, start: number): number {
  const end = /[\n;]/.exec(code.slice(start, start + REACH))?.index;
  return Math.min(code.length, start + (end ?? REACH));
}

function matchEnd(pattern: RegExp | null, code: string, at: number): number | null {
  if (pattern === null) return null;
  pattern.lastIndex = at;
  return pattern.test(code) ? pattern.lastIndex : null;
}
