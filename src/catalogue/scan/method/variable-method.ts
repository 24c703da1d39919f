import { assignedBy, holdsEverywhere } from "../read/constants.ts";
import { isConditional, rebindingAt } from "../text/append.ts";
import { endOfBlockAt, endOfScope, isOtherBlock, originOf } from "../text/block.ts";
import { choiceAround } from "../text/choice.ts";
import { endOfOperand } from "../text/operand.ts";
import { firstNotBefore, type SourceText } from "../text/source-text.ts";
import { methodOfCall } from "./call-method.ts";
import { methodOfCommand } from "./command-method.ts";
import { certain, likely, type MethodEvidence } from "./method-evidence.ts";

/** Maximum distance in characters to follow the uses of a local variable that contains a path. */
const REACH = 3000;
const MOST_USES = 12;
const MOST_STEPS = 2;
/** Maximum number of uses of a variable to search for another assignment. */
const MOST_FOLLOWED = 64;
/** Matches code that sets the HTTP method of a request or connection after its address was set. */
const SET_LATER =
  /setRequestMethod\(\s*["'](\w+)|\.(?:method|httpMethod|Method)\s*=\s*[\w.:]*["'.]?(?:Method\.?)?(GET|POST|PUT|PATCH|DELETE|HEAD)\b|CUSTOMREQUEST["']?\s*(?:,|=>)\s*["'](\w+)/gi;
const POSTS_LATER = /CURLOPT_POST(?:FIELDS)?["']?\s*(?:,|=>)/;
const CONNECTS = /\bcurl_(?:init|setopt)|CURLOPT_URL|\bURLRequest\(|openConnection\(/;

/**
 * Returns the HTTP method that the uses of a path specify: the variable it is assigned to, calls with that variable,
 * and properties of the request built from it. `start` to `end` is the expression with the path.
 */
export function methodOfUses(source: SourceText, start: number, end: number): MethodEvidence | null {
  const binding = bindingOf(source, start, end);
  if (binding === null) return setLater(source, start, end, endOfScope(source, end));
  const named = methodOfNamed(source, binding, 0);
  if (named !== null) return named;
  const { limit } = binding;
  return setLater(source, start, end, Math.min(endOfScope(source, end), limit));
}

/** A variable, and the range of offsets where it contains a path. */
interface Binding {
  readonly name: string;
  readonly isMember: boolean;
  readonly from: number;
  readonly limit: number;
  /** Statements in this range that do not change the path. */
  readonly unchanged: readonly { readonly start: number; readonly end: number }[];
}

function bindingOf(source: SourceText, start: number, end: number): Binding | null {
  const direct = assignedBy(source, start);
  const choice = direct === null ? choiceAround(source, start) : null;
  const assigned = direct ?? choice?.assigned ?? null;
  if (assigned === null) return null;
  const [valueStart, from] = choice === null ? [start, end] : [choice.start, choice.end];
  const scopeEnd = holdsEverywhere(source, valueStart, assigned)
    ? source.text.length
    : Math.max(endOfScope(source, from), endOfScope(source, originOf(source, valueStart)));
  const { name, isMember } = assigned;
  const scope = { name, isMember, from, limit: scopeEnd, unchanged: [] };
  return isMember ? scope : { ...scope, ...followBindings(source, scope) };
}

/** Follows the statements that assign to a variable, up to the first one that assigns a different path. */
function followBindings(
  source: SourceText,
  { name, from, limit }: Binding,
): Pick<Binding, "limit" | "unchanged"> {
  const uses = source.usesOf(name, false);
  const unchanged: { start: number; end: number }[] = [];
  const first = firstNotBefore(uses, from);
  for (let use = first; use < Math.min(uses.length, first + MOST_FOLLOWED); use += 1) {
    const at = uses[use] ?? limit;
    if (at >= limit) break;
    if (source.stringAt(at) !== null || source.commentAt(at) !== null) continue;
    const rebinding = rebindingAt(source, name, at);
    if (rebinding === null) continue;
    if (rebinding.kind === "same") {
      unchanged.push({ start: at, end: rebinding.end });
    } else if (isOtherBlock(source, from, at)) {
      // This assignment is in another branch of a conditional, so the whole branch is skipped.
      unchanged.push({ start: at, end: endOfBlockAt(source, at) });
    } else if (rebinding.kind === "longer" && isConditional(source, from, at)) {
      unchanged.push({ start: at, end: rebinding.end });
    } else {
      return { limit: at, unchanged };
    }
  }
  return { limit, unchanged };
}

function methodOfNamed(source: SourceText, binding: Binding, step: number): MethodEvidence | null {
  const methods = new Map<string, MethodEvidence>();
  let count = 0;
  for (const use of usesOf(source, binding)) {
    if (++count > MOST_USES) break;
    const found =
      methodOfCall(source, use.start, use.end) ??
      methodOfLine(source, use.start) ??
      methodOfNext(source, use, step + 1);
    if (found !== null) methods.set(found.methods.join(), found);
  }
  const found = [...methods.values()];
  const [first] = found;
  if (first === undefined) return null;
  return {
    methods: [...new Set(found.flatMap((evidence) => evidence.methods))],
    isCertain: found.every(({ isCertain }) => isCertain),
    isSupposed: found.some(({ isSupposed }) => isSupposed),
    because: `${found.map(({ because }) => because).join(" and ")}, assigned to \`${binding.name}\``,
  };
}

function methodOfNext(
  source: SourceText,
  { start, end }: { readonly start: number; readonly end: number },
  step: number,
): MethodEvidence | null {
  const binding = step < MOST_STEPS ? bindingOf(source, start, end) : null;
  return binding === null ? null : methodOfNamed(source, binding, step);
}

function* usesOf(
  source: SourceText,
  { name, isMember, from, limit, unchanged }: Binding,
): Generator<{ readonly start: number; readonly end: number }> {
  const uses = source.usesOf(name, isMember);
  let next = 0;
  for (let use = firstNotBefore(uses, from); use < uses.length; use += 1) {
    const at = uses[use] ?? limit;
    if (at >= limit) return;
    while ((unchanged[next]?.end ?? limit) <= at) next += 1;
    if ((unchanged[next]?.start ?? limit) <= at || source.commentAt(at) !== null) continue;
    const behind = source.text.slice(at + name.length, at + name.length + 40);
    // Skips a namespace of the same name: `url::Url`.
    if (behind.startsWith("::")) continue;
    // When the path continues after the name, this use is reported separately.
    if (/^\s*[})]{0,2}["'`]?\s*(?:[+.&]\s*["'`]?)?\//.test(behind)) continue;
    const string = source.stringAt(at);
    if (string !== null) yield { start: string.start, end: string.end };
    else yield { start: at - (source.text[at - 1] === "$" ? 1 : 0), end: endOfOperand(source, at) };
  }
}

function methodOfLine(source: SourceText, offset: number): MethodEvidence | null {
  const { start, end } = source.commandAt(offset);
  return methodOfCommand(source.text.slice(start, end), offset - start);
}

function setLater(source: SourceText, start: number, end: number, scopeEnd: number): MethodEvidence | null {
  const limit = Math.min(scopeEnd, endOfArrow(source, start, end));
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
 * Returns the end of the statement at `end` when the path is in a function whose body is one expression, because later
 * statements belong to other functions; the end of the text otherwise.
 */
function endOfArrow(source: SourceText, start: number, end: number): number {
  const lineStart = Math.max(source.lineStartOf(start), start - REACH);
  const before = source.code.slice(lineStart, start);
  const arrow = before.lastIndexOf("=>");
  if (arrow === -1 || /[{}]/.test(before.slice(arrow))) return source.text.length;
  const statement = source.code.slice(end, end + REACH).indexOf(";\n");
  return statement === -1 ? source.text.length : end + statement;
}
