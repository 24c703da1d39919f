import { assignedName, holdsEverywhere } from "../read/constants.ts";
import { choiceAround } from "../text/choice.ts";
import { endOfOperand } from "../text/operand.ts";
import type { SourceText } from "../text/source-text.ts";
import { methodOfCall } from "./call-method.ts";
import { methodOfCommand } from "./command-method.ts";
import { certain, likely, type MethodEvidence } from "./method-evidence.ts";

/** Maximum distance in characters at which the uses of a local name with a path are followed. */
const REACH = 3000;
const MOST_USES = 12;
const MOST_STEPS = 2;
/** Matches an assignment to a request object or connection that received a path before. */
const SET_LATER =
  /setRequestMethod\(\s*["'](\w+)|\.(?:method|httpMethod|Method)\s*=\s*[\w.:]*["'.]?(?:Method\.?)?(GET|POST|PUT|PATCH|DELETE|HEAD)\b|CUSTOMREQUEST["']?\s*(?:,|=>)\s*["'](\w+)/gi;
const POSTS_LATER = /CURLOPT_POST(?:FIELDS)?["']?\s*(?:,|=>)/;
const CONNECTS = /\bcurl_(?:init|setopt)|CURLOPT_URL|\bURLRequest\(|openConnection\(/;

/**
 * Returns the method that the uses of a path state: the name it is assigned to, calls with that name, and
 * properties of the request built from it. `start` to `end` is the expression with the path.
 */
export function methodOfUses(source: SourceText, start: number, end: number): MethodEvidence | null {
  const scopeEnd = endOfScope(source, end);
  return methodOfNamed(source, start, end, 0) ?? setLater(source, start, end, scopeEnd);
}

function methodOfNamed(source: SourceText, start: number, end: number, step: number): MethodEvidence | null {
  const before = source.text.slice(Math.max(0, start - 200), start);
  const direct = assignedName(source.language.mode === "lines" ? before.replace(/["']$/, "") : before);
  const choice = direct === null ? choiceAround(source, start) : null;
  const assigned = direct ?? choice?.assigned ?? null;
  if (assigned === null || step >= MOST_STEPS) return null;
  const [valueStart, valueEnd] = choice === null ? [start, end] : [choice.start, choice.end];
  const limit = holdsEverywhere(source, valueStart, assigned)
    ? source.text.length
    : endOfScope(source, valueEnd);
  const methods = new Map<string, MethodEvidence>();
  let count = 0;
  for (const use of usesOf(source, assigned.name, valueEnd, limit, assigned.isMember)) {
    if (++count > MOST_USES) break;
    const found =
      methodOfCall(source, use.start, use.end) ??
      methodOfLine(source, use.start) ??
      methodOfNamed(source, use.start, use.end, step + 1);
    if (found !== null) methods.set(found.methods.join(), found);
  }
  const found = [...methods.values()];
  const [first] = found;
  if (first === undefined) return null;
  return {
    methods: [...new Set(found.flatMap((evidence) => evidence.methods))],
    isCertain: found.every(({ isCertain }) => isCertain),
    because: `${found.map(({ because }) => because).join(" and ")}, assigned to \`${assigned.name}\``,
  };
}

function* usesOf(
  source: SourceText,
  name: string,
  from: number,
  limit: number,
  isMember: boolean,
): Generator<{ readonly start: number; readonly end: number }> {
  const uses = source.usesOf(name, isMember);
  for (let use = firstNotBefore(uses, from); use < uses.length; use += 1) {
    const at = uses[use] ?? limit;
    if (at >= limit) return;
    const behind = source.text.slice(at + name.length, at + name.length + 40);
    if (source.commentAt(at) !== null) continue;
    if (/^\s*(?::=|=(?![=>]))/.test(behind) && !isMember && source.stringAt(at) === null) return;
    // Followed by more of a path, the name counts as a place of its own.
    if (/^\s*[})]{0,2}["'`]?\s*(?:[+.&]\s*["'`]?)?\//.test(behind)) continue;
    const string = source.stringAt(at);
    if (string !== null) yield { start: string.start, end: string.end };
    else yield { start: at - (source.text[at - 1] === "$" ? 1 : 0), end: endOfOperand(source, at) };
  }
}

/** Returns the position of the first offset that is not before `offset`. */
function firstNotBefore(sorted: readonly number[], offset: number): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((sorted[middle] ?? 0) < offset) low = middle + 1;
    else high = middle;
  }
  return low;
}

function methodOfLine(source: SourceText, offset: number): MethodEvidence | null {
  const { start, end } = source.commandAt(offset);
  return methodOfCommand(source.text.slice(start, end), offset - start);
}

function setLater(source: SourceText, start: number, end: number, limit: number): MethodEvidence | null {
  const text = source.text.slice(end, limit);
  for (const match of text.matchAll(SET_LATER)) {
    if (source.commentAt(end + match.index) !== null) continue;
    const method = match[1] ?? match[2] ?? match[3];
    if (method !== undefined) return certain([method], "a property of the request");
  }
  const lineStart = Math.max(source.lineStartOf(start), start - REACH);
  if (!CONNECTS.test(source.text.slice(lineStart, limit))) return null;
  return POSTS_LATER.test(text)
    ? certain(["POST"], "a property of the request")
    : likely("GET", "a request without a method");
}

/**
 * Returns the offset at which the innermost open brace before `offset` closes; null when none is open nearby.
 */
function endOfBlock(source: SourceText, offset: number): number | null {
  let depth = 0;
  for (let at = offset - 1; at >= Math.max(0, offset - REACH); at -= 1) {
    if (source.code[at] === "}") {
      depth += 1;
    } else if (source.code[at] === "{") {
      if (depth === 0) {
        const end = source.closerOf(at);
        return source.code[end] === "}" ? end : null;
      }
      depth -= 1;
    }
  }
  return null;
}

/**
 * Returns the end of the function or block around `offset`: its closing brace, or without braces the first
 * line with less indentation.
 */
function endOfScope(source: SourceText, offset: number): number {
  const blockEnd = source.language.blockComments.length > 0 ? endOfBlock(source, offset) : null;
  if (blockEnd !== null) return Math.min(blockEnd, offset + REACH);
  const lineStart = source.lineStartOf(offset);
  const indentation = /^[ \t]*/.exec(source.text.slice(lineStart, offset))?.[0].length ?? 0;
  const limit = Math.min(source.text.length, offset + REACH);
  const near = source.text.slice(offset, limit);
  for (let found = near.indexOf("\n"); found !== -1; found = near.indexOf("\n", found + 1)) {
    const at = offset + found;
    const line = /[^\n]*/.exec(source.text.slice(at + 1, at + 200))?.[0] ?? "";
    if (line.trim() === "" || (/^\s*[})\]]/.test(line) === false && indentation === 0)) continue;
    const own = line.length - line.trimStart().length;
    if (own < indentation) return at;
  }
  return limit;
}
