import { placeholderName } from "../read/path-text.ts";
import { isReplacedBetween } from "../text/append.ts";
import { argumentsOf } from "../text/argument.ts";
import type { Definition } from "../text/definition.ts";
import type { NamedText, Resolve } from "../text/literal.ts";
import { firstNotBefore, type SourceText } from "../text/source-text.ts";
import { evaluate } from "./evaluate.ts";
import { keyOf, markOf, type NamedValue } from "./named-value.ts";
import { definitionAround } from "./owner.ts";
import type { ValueTable } from "./value-table.ts";

/** Offset of a value from another file or from a function; it matches no location in this file. */
const ELSEWHERE = -1;
const MOST_STEPS = 4;
/** Maximum number of values of a name, before and after a use, to search for the one that applies. */
const MOST_OF_A_NAME = 24;
const LONGEST_VALUE = 600;
const NAME = /^(?:[&*]|\bawait\s+)*([\w$@.:>?!-]*?)([A-Za-z_]\w*)\s*(\(.*)?$/s;
/** Matches an accessor that returns the text of a constant: `Endpoint.USERS.value`. */
const ACCESSOR =
  /(?:\.|->|::|\?\.)(?:value|path|url|uri|getPath|getUrl|getValue|toString|to_s|rawValue|freeze|ToString|format)(?:\([^()]*\))?$/;
/** Matches a call that fills the placeholders of a constant: `String.format(USER_SKILLS, userId)`. */
const FORMATTED = /^\s*(?:[\w$]+(?:\.|::))*(?:[sSf]?printf|Sprintf|format!?|Format)\(\s*&?([\w$.:>@-]+)\s*,/;
const NAMED_WORD = /(?<![\w.])([A-Za-z_]\w*)\s*=\s*["']([\w-]+)["']/g;
/** Matches access by a literal key: `ROUTES[:users]`, `PATHS["users"]`. */
const LITERAL_KEY = /\[\s*(?::|["'])(\w+)["']?\s*\]$/;
const HOLE = /\$\{([^{}]*)\}/g;

/** The values that the code of one file can use. */
export interface ValueScope {
  readonly source: SourceText;
  readonly definitions: readonly Definition[];
  readonly own: readonly NamedValue[];
  readonly table: ValueTable;
}

/** Returns a resolver for the names and functions of a file whose value is a path. */
export function createValueResolver(scope: ValueScope): Resolve {
  const ownByName = new Map<string, { values: NamedValue[]; starts: number[] }>();
  for (const value of scope.own) {
    const known = ownByName.get(value.name) ?? { values: [], starts: [] };
    known.values.push(value);
    known.starts.push(value.offset);
    ownByName.set(value.name, known);
  }
  const resolveAt = (expression: string, offset: number, step: number): NamedText | null => {
    const named = step > MOST_STEPS ? null : nameIn(expression);
    if (named === null) return null;
    const { name, isFunction } = named;
    const own = chooseOwn(scope, ownByName.get(name) ?? NO_VALUES, { ...named, offset });
    if (own === "hidden") return null;
    const { file, language } = scope.source;
    const value = own ?? scope.table.find({ ...named, file, language, source: scope.source }, isFunction);
    if (value === null) return null;
    const given = isFunction ? argumentsAt(scope, expression, offset, name, step, resolveAt) : [];
    const expanded = expand(scope, value, given, step + 1);
    return expanded === null
      ? null
      : {
          value: fillNamed(expanded, expression),
          offset: own !== null && !isFunction ? own.offset : ELSEWHERE,
          definition: keyOf(value),
        };
  };
  return (expression, offset) => resolveAt(expression, offset, 0);
}

type ResolveAt = (expression: string, offset: number, step: number) => NamedText | null;

/** The values that a file gives to one name, in text order, with their offsets. */
interface OwnValues {
  readonly values: readonly NamedValue[];
  readonly starts: readonly number[];
}

const NO_VALUES: OwnValues = { values: [], starts: [] };

interface OwnUse extends NameInExpression {
  readonly offset: number;
}

/** Returns the value that a file itself gives to a name; `hidden` when a parameter of the function has that name. */
function chooseOwn(
  { source, definitions }: ValueScope,
  { values, starts }: OwnValues,
  { name, offset, isFunction, isMember }: OwnUse,
): NamedValue | "hidden" | null {
  const around = definitionAround(definitions, offset);
  const next = firstNotBefore(starts, offset);
  const isUsable = (value: NamedValue): boolean =>
    (value.parameters !== null) === isFunction &&
    (isMember || !value.isMember) &&
    (value.isWide || (value.offset < offset && offset >= value.from && offset < value.to));
  const found =
    values.slice(Math.max(0, next - MOST_OF_A_NAME), next).findLast(isUsable) ??
    values.slice(next, next + MOST_OF_A_NAME).find(isUsable) ??
    null;
  const isLocal = found !== null && !found.isWide;
  if (
    !isMember &&
    !isFunction &&
    !isLocal &&
    around?.parameters.some((parameter) => parameter.name === name)
  ) {
    return "hidden";
  }
  if (found !== null && !isFunction && found.offset < offset && isReplacedBetween(source, found, offset)) {
    return "hidden";
  }
  return found;
}

/** A name in an expression, with its qualifier: `api` and `USERS` in `api.USERS`. */
interface NameInExpression {
  readonly qualifier: string;
  readonly name: string;
  readonly isFunction: boolean;
  readonly isMember: boolean;
}

/**
 * Returns the name whose value an expression has, directly or formatted: `api.USERS`, `usersPath(id)`,
 * `sprintf(USER, id)`.
 */
function nameIn(expression: string): NameInExpression | null {
  const formatted = FORMATTED.exec(expression)?.[1] ?? expression;
  const plain = formatted.trim().replace(ACCESSOR, "").replace(LITERAL_KEY, ".$1");
  const match = NAME.exec(plain);
  if (match === null) return null;
  const [, before = "", name = "", call] = match;
  const qualifier = ofInstance(/([A-Za-z_]\w*)\W*$/.exec(before)?.[1] ?? "");
  return { qualifier, name, isFunction: call !== undefined, isMember: /[.>:]$/.test(before) };
}

/** Fills placeholders with words that `format` receives by name: `USER_PRESENCE.format(source="purecloud")`. */
export function fillNamed(text: string, expression: string): string {
  const given = /\.format\((.*)\)$/s.exec(expression)?.[1];
  if (given === undefined) return text;
  return Array.from(given.matchAll(NAMED_WORD)).reduce(
    (filled, [, name = "", word = ""]) => filled.replace(new RegExp(`\\$?\\{${name}\\}`, "g"), word),
    text,
  );
}

/** Returns the qualifier, or an empty string for a receiver such as `this`, which refers to the object itself. */
function ofInstance(qualifier: string): string {
  return /^(?:self|this|cls|static|super|script|global|parent|base)$/.test(qualifier) ? "" : qualifier;
}

function argumentsAt(
  scope: ValueScope,
  expression: string,
  offset: number,
  name: string,
  step: number,
  resolveAt: ResolveAt,
): readonly string[] {
  const { source } = scope;
  const at = expression.indexOf(name);
  const end = offset + at + name.length;
  // The expression may come from a value in another file. Then its offset is not a position in this file.
  if (source.text.slice(offset + at, end) !== name) return [];
  const given = argumentsOf(source, end) ?? [];
  const inner: Resolve = (text, place) => resolveAt(text, place, step + 1);
  return given.map(
    ({ start, end: last }) =>
      evaluate(source, { start, end: last }, inner)?.value ??
      `\${${placeholderName(source.text.slice(start, last))}}`,
  );
}

/**
 * Returns the text of a value, with the known names in its expressions replaced; null when a function is unknown.
 */
function expand(
  scope: Pick<ValueScope, "table">,
  value: NamedValue,
  given: readonly string[],
  step: number,
): string | null {
  if (step > MOST_STEPS) return null;
  let text = scope.table.expanded.get(value) ?? expandHoles(scope, value.value, value, step);
  scope.table.expanded.set(value, text);
  for (const { callee, position } of value.wraps) {
    const named = nameIn(callee);
    const { file, language } = value;
    const wrapper = named && scope.table.find({ ...named, file, language, source: null }, true);
    if (wrapper === null) return null;
    const inner: string[] = [];
    inner[position] = text;
    const wrapped = expand(scope, wrapper, inner, step + 1);
    if (wrapped === null) return null;
    text = wrapped;
  }
  const filled = (value.parameters ?? []).reduce(
    (known, name, position) => known.replaceAll(markOf(position), given[position] ?? `\${${name}}`),
    text,
  );
  return filled.length > LONGEST_VALUE ? null : filled.replace(/(?<!:)\/\/+/g, "/");
}

/** Replaces the expressions whose value is known. */
export function expandHoles(
  scope: Pick<ValueScope, "table">,
  text: string,
  { file, language }: Pick<NamedValue, "file" | "language">,
  step = 0,
): string {
  if (step > MOST_STEPS || !text.includes("${")) return text;
  return text.replace(HOLE, (hole, expression: string) => {
    const named = nameIn(expression);
    const known = named && scope.table.find({ ...named, file, language, source: null }, named.isFunction);
    return (known === null ? null : expand(scope, known, [], step + 1)) ?? hole;
  });
}
