import type { Enclosure } from "./brackets.ts";
import type { SourceText } from "./source-text.ts";

const OPENING = new Set(["(", "[", "{"]);
const CLOSING: Readonly<Record<string, string>> = { ")": "(", "]": "[", "}": "{" };
const LONGEST = 400;
const WORD_CHARACTER = /[\w$@.?!:]/;
/** Matches keywords that end an operand. */
const KEYWORD = /^(?:if|else|unless|and|or|then|do|as|in|is|not|for|while|until)\b/;

/** Maximum length of a function's name with its receivers. */
const LONGEST_CALLEE = 120;
const OF_CALLEE = /[\w$.?!:>@-]/;
const TYPE_ARGUMENTS = /<[\w<>, ?.[\]]*>$/;

/** Matches a function that builds a path from its arguments. */
const JOINING_CALL =
  /(?<!\b[sS]trings?\.)(?:^|[.:_])(?:[jJ]oin|JoinPath|urljoin|Combine|joinUrl|urlJoin|joinPaths?|resolve)$/;
/** Matches a call that joins the elements of the list before it: `[list, id].join("/")`. */
const JOIN_BEHIND = /^\s*\??\.join\(\s*["'`]\/["'`]/;
/** Matches a call that joins the elements of the list in its argument: `"/".join([list, id])`. */
const JOIN_BEFORE = /["']\/["']\.join\(\s*$/;
const LONGEST_JOIN = 23;

/** Returns the end (exclusive) of the operand that begins at `start`: a name, call or parenthesis. */
export function endOfOperand(source: SourceText, start: number): number {
  const { code } = source;
  let at = start;
  while (at < code.length && at - start < LONGEST) {
    const character = code[at] ?? "";
    if (OPENING.has(character)) {
      at = source.closerOf(at) + 1;
    } else if (character === "-" && code[at + 1] === ">") {
      at += 2;
    } else if (character === "?" && code[at + 1] !== ".") {
      break;
    } else if (character === ":" && code[at + 1] !== ":" && code[at - 1] !== ":") {
      break;
    } else if (WORD_CHARACTER.test(character)) {
      if (at === start && KEYWORD.test(code.slice(at, at + 8))) break;
      if (character === "." && /[\s"'`$]/.test(code[at + 1] ?? " ")) break;
      at += 1;
    } else {
      break;
    }
  }
  return at;
}

/** Matches the scope of a PowerShell variable between its sigil and its name. */
const VARIABLE_SCOPE = /\$(?:script|global|local|private|using|env):$/i;

/** Returns the start of the operand that ends at `end`. */
export function startOfOperand({ code, language }: SourceText, end: number): number {
  const belongs = new RegExp(language.joiner.source, "y").test(".x") ? /[\w$@]/ : /[\w$@.]/;
  let at = end;
  while (at > 0 && end - at < LONGEST) {
    const character = code[at - 1] ?? "";
    const opener = CLOSING[character];
    if (opener !== undefined) {
      const open = openerOf(code, at - 1, character, opener);
      if (open === null) break;
      at = open;
    } else if (character === ">" && code[at - 2] === "-") {
      at -= 2;
    } else if (belongs.test(character)) {
      at -= 1;
    } else {
      break;
    }
  }
  return at - (VARIABLE_SCOPE.exec(code.slice(Math.max(0, at - 10), at))?.[0].length ?? 0);
}

function openerOf(code: string, closer: number, close: string, open: string): number | null {
  let depth = 0;
  for (let at = closer; at >= 0 && closer - at < LONGEST; at -= 1) {
    if (code[at] === close) {
      depth += 1;
    } else if (code[at] === open) {
      depth -= 1;
      if (depth === 0) return at;
    }
  }
  return null;
}

/** Returns the name of the function that the parenthesis at `open` calls, with its receivers: `a.b.join`. */
export function calleeBefore(source: SourceText, open: number): string {
  const before = source.code.slice(Math.max(0, open - LONGEST_CALLEE), open);
  const plain = (before.endsWith(">") ? before.replace(TYPE_ARGUMENTS, "") : before).trimEnd();
  if (!/[\w$!?]$/.test(plain)) return "";
  // Reads backwards, because a pattern would try to match at every position.
  let start = plain.length;
  while (start > 0 && OF_CALLEE.test(plain[start - 1] ?? "")) start -= 1;
  return plain.slice(start);
}

/** Returns whether a call joins its arguments with slashes, or the code joins the elements of a list with slashes. */
export function joinsPaths(source: SourceText, { open, start, end }: Enclosure): boolean {
  if (open === "(") return JOINING_CALL.test(calleeBefore(source, start));
  const before = source.text.slice(Math.max(0, start - LONGEST_JOIN), start);
  const behind = source.text.slice(end + 1, end + 1 + LONGEST_JOIN);
  return open === "[" && (JOIN_BEHIND.test(behind) || JOIN_BEFORE.test(before));
}
