import { assignedBy, holdsEverywhere } from "../read/constants.ts";
import type { Enclosure } from "../text/brackets.ts";
import type { Definition } from "../text/definition.ts";
import { type Expression, readExpression } from "../text/expression.ts";
import type { Language } from "../text/language.ts";
import type { Resolve } from "../text/literal.ts";
import { calleeBefore, joinsPaths } from "../text/operand.ts";
import type { SourceText } from "../text/source-text.ts";
import type { Span } from "../text/span.ts";
import { joinedBefore } from "./call-around.ts";
import { definitionAround, findOwners } from "./owner.ts";

/** A path, or part of a path, that a file gives a name. */
export interface NamedValue {
  readonly name: string;
  readonly file: string;
  readonly language: Language;
  /** Name of the class or object that contains the definition; an empty string at the top level. */
  readonly owner: string;
  /** The path or part of a path. An expression appears as `${source}`, and a parameter of a function as its mark. */
  readonly value: string;
  /** Names of the parameters of the function that returns the value; null for a constant. */
  readonly parameters: readonly string[] | null;
  /** Functions that the code applies to the value, innermost first. */
  readonly wraps: readonly Wrap[];
  readonly offset: number;
  /** Whether the name is a member of an object, which is accessed as `.name` only. */
  readonly isMember: boolean;
  /** Whether the value applies outside the function that contains it. */
  readonly isWide: boolean;
  /** Start and end of the function that contains the value; the whole file if `isWide`. */
  readonly from: number;
  readonly to: number;
}

/** Returns a key for the definition of a value. It is unique in the tree, and the same whenever a file is read. */
export function keyOf({ file, offset }: Pick<NamedValue, "file" | "offset">): string {
  return `${file}:${offset}`;
}

interface Wrap {
  readonly callee: string;
  readonly position: number;
}

const LONGEST_VALUE = 300;
const MOST_WRAPS = 2;
const MOST_VALUES = 3_000;
/** Matches the text before a value that a function returns, up to any call around the value. */
const RETURNS = /(?:\breturn|=>|->|(?<![=!<>:])=|\{|\bthen)\s*\(?\s*$/;
/** Matches the constant of an enumeration that receives its value in parentheses. */
const ENUM_CONSTANT = /^[ \t]*([A-Z][A-Z0-9_]*)\(\s*$/;
/** Matches calls that return their argument unchanged. */
const UNCHANGED =
  /(?:^|[.:>])(?:format!?|[sS]printf|Sprint|String|str|f|freeze|URL|Uri|URI|from|valueOf|of|of_str|to_string|new|join\w*|[jJ]oin|JoinPath|Combine|concat)$/;
const ATTRIBUTE = /(?:self|this|\$this|@)(?:\.|->)?\w+\s*=\s*$/;

/** Returns the mark of a parameter; no source contains its characters. */
export function markOf(position: number): string {
  return `\u0003${position}\u0003`;
}

/** Finds the paths to which the text gives a name: constants, local variables and results of functions. */
export function findNamedValues(
  source: SourceText,
  definitions: readonly Definition[],
  isRootWord: (word: string) => boolean,
): readonly NamedValue[] {
  if (source.language.mode !== "code") return [];
  const ownerOf = findOwners(source);
  const found: NamedValue[] = [];
  const mayJoin = source.mentions("oin(") || source.mentions("Combine(");
  let readTo = -1;
  for (const span of source.strings) {
    if (span.start < readTo) continue;
    const joined = mayJoin ? joiningAround(source, span) : null;
    if (joined === null && !mayBePath(source, span, isRootWord)) continue;
    const around = definitionAround(definitions, span.start);
    const resolve = literally(around);
    const own = readExpression(source, span, resolve);
    const expression = joined === null ? own : joinedExpression(source, own, joined, resolve);
    readTo = expression.end;
    const value = valueAt(source, expression, around, ownerOf(expression.start));
    if (value !== null && found.length < MOST_VALUES) found.push(value);
  }
  return found;
}

/** Returns the call or list around a segment of a path that the code joins with others; null for any other string. */
function joiningAround(source: SourceText, { start, contentStart, contentEnd }: Span): Enclosure | null {
  if (!/^\/?[\w-]+$/.test(source.text.slice(contentStart, contentEnd))) return null;
  const enclosure = source.enclosureOf(start);
  return enclosure !== null && joinsPaths(source, enclosure) ? enclosure : null;
}

/** Returns an expression together with the elements that the code joins in front of it. */
function joinedExpression(
  source: SourceText,
  expression: Expression,
  { open, start, end }: Enclosure,
  resolve: Resolve,
): Expression {
  const before = source.code.slice(Math.max(0, start - 12), start);
  const opening =
    open === "(" ? calleeBefore(source, start) : (/["']\S["']\.join\(\s*$/.exec(before)?.[0] ?? "");
  const value = `${joinedBefore(source, expression.start, resolve)}${expression.value}`;
  return { ...expression, value, start: start - opening.length, end };
}

/** Returns a resolver that leaves every name in the text and marks the parameters of a function. */
function literally(around: Definition | null): Resolve {
  return (expression, offset) => {
    const plain = expression.trim();
    const position = around?.parameters.findIndex(
      ({ name, isKey }) => !isKey && plain.replace(/^[$&*@]+/, "") === name,
    );
    const value =
      position === undefined || position === -1
        ? `\${${plain.replace(/[{}]/g, "")}}`
        : markOf(around?.parameters[position]?.position ?? 0);
    return { value, offset };
  };
}

function mayBePath(source: SourceText, span: Span, isRootWord: (word: string) => boolean): boolean {
  if (span.contentEnd - span.contentStart > LONGEST_VALUE) return false;
  const text = source.text.slice(span.contentStart, span.contentEnd);
  if (text.includes("api/v") || text === "/") return true;
  const word = /^\/?([a-z]{4,40})(?=[/?]|$)/.exec(text)?.[1];
  if (word !== undefined) return isRootWord(word) || (text.startsWith("/") && isJoined(source, span));
  return /^(?:[$#]?\{\{?[^{}]*\}|%[sv]|\$\w+|\\\([^()]*\))+(?:\/|[a-z])/.test(text) && text.includes("/")
    ? /^[^\s"'<>]*$/.test(text.replace(/\{[^{}]*\}/g, ""))
    : /^\/[a-z{$#%:]/.test(text) && !/\s/.test(text);
}

/** Returns whether the code joins the string to something before it: `FLOWS + "/datatables"`. */
function isJoined(source: SourceText, { start }: Span): boolean {
  return /(?:[+.&]|\.\.)\s*[$@a-zA-Z]{0,2}$/.test(source.code.slice(Math.max(0, start - 12), start));
}

function valueAt(
  source: SourceText,
  expression: Expression,
  around: Definition | null,
  owner: string,
): NamedValue | null {
  const { value } = expression;
  if (value.length > LONGEST_VALUE || /\s/.test(value.replace(/\$\{[^}]*\}/g, ""))) return null;
  const { start, wraps } = unwrap(source, expression.start);
  const base = {
    file: source.file,
    language: source.language,
    owner,
    value,
    wraps,
    offset: expression.start,
  };
  const wide = { isWide: true, from: 0, to: source.text.length };
  const before = source.code.slice(Math.max(0, start - 200), start);
  const assigned = assignedBy(source, start);
  if (assigned !== null) {
    const isAttribute = ATTRIBUTE.test(before);
    const isWide = around === null || isAttribute || holdsEverywhere(source, start, assigned);
    const scope = isWide ? wide : { isWide, from: around.bodyStart, to: around.bodyEnd };
    const { name, isMember } = assigned;
    const names = around?.parameters ?? [];
    const text = names.reduce(
      (known, parameter) => known.replaceAll(markOf(parameter.position), `\${${parameter.name}}`),
      value,
    );
    return { ...base, ...scope, value: text, name, isMember: isMember || isAttribute, parameters: null };
  }
  const constant = ENUM_CONSTANT.exec(
    source.code.slice(source.lineStartOf(expression.start), expression.start),
  )?.[1];
  if (constant !== undefined) {
    return { ...base, ...wide, wraps: [], name: constant, isMember: true, parameters: null };
  }
  if (around === null || !isReturned(source, before, start, around)) return null;
  const parameters = around.parameters.map(({ name }) => name);
  return { ...base, ...wide, name: around.name, isMember: false, parameters };
}

/** Returns the functions that the code applies to the value at `start`, and the start of the outermost call. */
function unwrap(
  source: SourceText,
  start: number,
): { readonly start: number; readonly wraps: readonly Wrap[] } {
  const wraps: Wrap[] = [];
  let from = start;
  for (let count = 0; count < MOST_WRAPS; count += 1) {
    const enclosure = source.enclosureOf(from);
    if (enclosure?.open !== "(" || /[;{}]/.test(source.code.slice(enclosure.start, from))) break;
    const callee = calleeBefore(source, enclosure.start);
    if (callee === "" || /^(?:if|while|for|switch|return|const|var|import|and|or|not|in)$/.test(callee)) {
      break;
    }
    const isUnchanged = UNCHANGED.test(callee);
    if (!isUnchanged) {
      const position = source.code.slice(enclosure.start + 1, from).split(",").length - 1;
      wraps.push({ callee, position });
    }
    from = enclosure.start - callee.length;
    if (/\bnew\s+$/.test(source.code.slice(Math.max(0, from - 8), from))) {
      from = source.code.lastIndexOf("new", from);
    }
  }
  return { start: from, wraps };
}

function isReturned(source: SourceText, before: string, start: number, around: Definition): boolean {
  if (RETURNS.test(before)) return true;
  // The last expression of a function is its result in Ruby and Rust.
  if (source.language.hole !== "#{" && !source.file.endsWith(".rs")) return false;
  return start > around.bodyStart && source.code.slice(source.lineStartOf(start), start).trim() === "";
}
