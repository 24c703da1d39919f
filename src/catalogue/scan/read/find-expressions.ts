import { isInOtherBranch, isReplacedBetween } from "../text/append.ts";
import { type Expression, readExpression, readNamed } from "../text/expression.ts";
import { isFormatted, type NamedText, type Resolve } from "../text/literal.ts";
import type { SourceText } from "../text/source-text.ts";
import type { Span } from "../text/span.ts";
import { assignedBy, type Constant, Constants, holdsEverywhere, returnedBy } from "./constants.ts";

/** Maximum depth of names whose values refer to other names. */
const MOST_ROUNDS = 3;
/** Maximum length of a name's value, so that repeated appending takes linear time. */
const LONGEST_VALUE = 400;
/** Offset of a value from another file or from a function; it matches no location in this file. */
const ELSEWHERE = -1;
const NAME = /(?<!\w)[A-Za-z_]\w*/g;
const WORTH_A_NAME = /^https?:\/\/|api\/v\d|purecloud|pure\.cloud/;

/**
 * Finds the strings in the text that may contain a path, together with everything that the code joins to them, even in
 * later statements.
 */
export function findExpressions(
  source: SourceText,
  treeRoots: ReadonlyMap<string, string>,
): { readonly expressions: readonly Expression[]; readonly constants: Constants; readonly resolve: Resolve } {
  const constants = new Constants();
  const resolve: Resolve = (expression, offset) => {
    const isApart = (from: number): boolean => isInOtherBranch(source, from, offset);
    const known = constants.resolve(expression, offset, isApart);
    if (known !== null && isReplacedBetween(source, known, offset)) return null;
    return placed(known) ?? ofTree(treeRoots, expression);
  };
  const worthy = source.strings.filter((span) => WORTH_A_NAME.test(contentOf(source, span)));
  let found: readonly Expression[] = [];
  for (let round = 0, known = -1; round < MOST_ROUNDS && constants.size !== known; round += 1) {
    known = constants.size;
    const direct = readAll(source, worthy, resolve);
    for (const expression of direct) nameExpression(source, expression, constants);
    const names = new Set([...constants.rootNames(), ...treeRoots.keys()]);
    found = withoutDuplicates([...direct, ...expressionsOfNames(source, names, constants, resolve)]);
  }
  return { expressions: found, constants, resolve };
}

/** Removes the location of a path that a function returns, so that the path is reported even if callers use it. */
function placed(constant: Constant | null): NamedText | null {
  return constant?.name.endsWith("()") === true ? { value: constant.value, offset: ELSEWHERE } : constant;
}

/** Returns the value that another file of the tree gives to a name. */
function ofTree(roots: ReadonlyMap<string, string>, expression: string): NamedText | null {
  const name = /([A-Za-z_]\w*)\s*$/.exec(expression)?.[1];
  const value = name === undefined ? undefined : roots.get(name);
  return value === undefined ? null : { value, offset: ELSEWHERE };
}

/** Reads each expression once, even when several of its strings contain a path. */
function readAll(source: SourceText, spans: readonly Span[], resolve: Resolve): readonly Expression[] {
  const found: Expression[] = [];
  for (const span of spans) {
    const last = found.at(-1);
    if (last === undefined || span.start >= last.end) found.push(readExpression(source, span, resolve));
  }
  return found;
}

/** Reads the expressions that use a name which refers to the root of the API. */
function expressionsOfNames(
  source: SourceText,
  names: ReadonlySet<string>,
  constants: Constants,
  resolve: Resolve,
): readonly Expression[] {
  if (names.size === 0) return [];
  return Array.from(source.text.matchAll(NAME)).flatMap((match): Expression[] => {
    const isCall = source.code[match.index + match[0].length] === "(" && names.has(`${match[0]}()`);
    if (!isCall && !names.has(match[0])) return [];
    const expression = readExpressionOf(source, match[0], match.index, resolve);
    if (expression === null) return [];
    // A name with nothing joined to it only refers to a path that is reported elsewhere.
    const isString = source.stringAt(expression.start) !== null;
    if (!isString && expression.pieces.length < 2) return [];
    // The name is registered immediately, because a later statement may append to it.
    nameExpression(source, expression, constants);
    return [expression];
  });
}

/**
 * Returns the expression that uses the name at `offset`: in a string, as a format argument, or joined to other
 * operands. Returns null in a comment or in plain text.
 */
export function readExpressionOf(
  source: SourceText,
  name: string,
  offset: number,
  resolve: Resolve,
): Expression | null {
  const string = source.stringAt(offset);
  if (string !== null) return isHole(source.text, offset) ? readExpression(source, string, resolve) : null;
  if (source.commentAt(offset) !== null) return null;
  const formatted = stringFormattedWith(source, offset);
  if (formatted !== null) return readExpression(source, formatted, resolve);
  const receivers = /[\w$.>:?@-]*$/.exec(source.code.slice(Math.max(0, offset - 60), offset));
  const end = offset + name.length;
  const start = offset - (receivers?.[0].length ?? 0);
  const isCall = source.code[end] === "(" && resolve(`${receivers?.[0] ?? ""}${name}()`, start) !== null;
  return readNamed(source, start, isCall ? source.closerOf(end) + 1 : end, resolve);
}

function stringFormattedWith(source: SourceText, offset: number): Span | null {
  const enclosure = source.enclosureOf(offset);
  const before = source.code.slice(Math.max(0, offset - 200), offset);
  const modulo = /(["'])\s*%\s*\(?\s*$/.exec(before);
  if (modulo !== null) return source.stringAt(offset - before.length + modulo.index);
  if (enclosure === null || enclosure.open !== "(") return null;
  const callee = source.code.slice(Math.max(0, enclosure.start - 40), enclosure.start);
  const ofString = /(["'])\s*\.(?:format|formatted)\s*$/.exec(callee);
  if (ofString !== null) return source.stringAt(enclosure.start - callee.length + ofString.index);
  const string = source.stringAfter(enclosure.start);
  return string !== null && string.end < offset && isFormatted(source, enclosure.start, string)
    ? string
    : null;
}

function nameExpression(source: SourceText, expression: Expression, constants: Constants): void {
  const assigned = assignedBy(source, expression.start);
  const returned = assigned === null ? returnedBy(source, expression.start) : null;
  if (
    (assigned === null && returned === null) ||
    assigned?.isDirect === false ||
    expression.value.length > LONGEST_VALUE ||
    /\s/.test(expression.value.replace(/\$\{[^}]{0,300}\}/g, ""))
  ) {
    return;
  }
  // When a function returns several paths, callers append to the longest one, which is the path of an entity.
  const other = returned === null ? null : constants.resolve(returned, expression.start);
  if (other !== null && other.value.length > expression.value.length) return;
  constants.add({
    name: assigned?.name ?? returned ?? "",
    value: expression.value,
    offset: expression.start,
    isMember: assigned?.isMember ?? false,
    isWide: assigned === null || holdsEverywhere(source, expression.start, assigned),
  });
}

function withoutDuplicates(expressions: readonly Expression[]): readonly Expression[] {
  return [...new Map(expressions.map((expression) => [expression.start, expression])).values()];
}

function isHole(text: string, index: number): boolean {
  return /[{$(.>@]\s*$/.test(text.slice(Math.max(0, index - 12), index));
}

function contentOf(source: SourceText, span: Span): string {
  return source.text.slice(span.contentStart, span.contentEnd);
}
