import { appendedName } from "../text/append.ts";
import type { SourceText } from "../text/source-text.ts";
import { API_ANCHOR } from "./path-text.ts";

/** A name to which the file assigns a path or an address, or the beginning of one. */
export interface Constant {
  readonly name: string;
  readonly value: string;
  /** Start of the value. */
  readonly offset: number;
  /** Whether the name is a member of an object, which is accessed as `.name` only. */
  readonly isMember: boolean;
  /** Whether the value applies to the whole file; a local name is meaningless far from its assignment. */
  readonly isWide: boolean;
}

/** Maximum distance in characters between the assignment of a local name and its use. */
const LOCAL_REACH = 2500;
/** Maximum number of characters to read from a long line. */
const LINE_REACH = 400;
/**
 * Maximum number of values stored per name. A name with more values is a key in a data file; only its last values are
 * kept.
 */
const MOST_OF_A_NAME = 200;
/** Maximum number of values to skip because other branches of a condition assign them. */
const MOST_BRANCHES = 4;
const ROOT_ALONE = /api\/v2\/?$/;
const PLAIN_NAME = /^[\w$@.:>?-]*?([A-Za-z_]\w*)$/;
const CALL = /^[\w$@.:>?-]*?([A-Za-z_]\w*)\([^()]*\)$/;
/**
 * Matches code that returns the following value, directly or through a call that builds it: `return NewURI(`.
 */
const RETURNS = /\breturn\s+(?:[\w.:]+!?\(\s*)?$/;
/** Matches the head of a function. The last head before a `return` is the head of the function that returns. */
const FUNCTION =
  /(?<![\w.$])(?:function|func|def|fun|fn)[ \t]+(?:\([^()]{0,160}\)\s*)?([A-Za-z_]\w*)[ \t]*\(/g;
/** Maximum number of characters between the head of a function that only returns a path and its `return`. */
const LONGEST_FUNCTION = 400;
/**
 * Matches `name =`, `name: Type =`, `name :=`, `"name" =>`, `#define NAME`, `define('NAME',`, even if the value is
 * wrapped in calls.
 */
const ASSIGNED =
  /(?:#define\s+(\w+)\s+|\bdefine\(\s*["'](\w+)["']\s*,\s*|([A-Za-z_]\w*)(?:["']?\]?|(?:,[ \t]*\w+)+(?=[ \t]*:?=(?![=>])))[ \t]*(?::[ \t]*[\w.<>[\]|?&' ]{1,40}?)?[ \t]*(:=|=>|(?<![=!<>+])=(?![=>])|:)\s*)((?:await\s+|new\s+|[\w.:]+!?\(\s*|\()*)$/;
/** Matches the start of a variable in a Postman collection or environment: `{"key": "base", "value": `. */
const VARIABLE =
  /\{\s*(?:"id"\s*:\s*"[^"]*"\s*,\s*)?"key"\s*:\s*"([A-Za-z_]\w*)"\s*,\s*(?:"type"\s*:\s*"\w+"\s*,\s*)?"value"\s*:\s*$/;
/** Matches the scope of a variable in PowerShell: `$script:base`. */
const SCOPE = /\$(?:script|global|local|private|using|env):/gi;
/** Matches a character that the calls around an assigned value may contain. */
const OF_CALLS = /[\w.:!(\s]/;
/** Matches the variable whose path is assigned: `u` in `u.Path = "/users"`. */
const OWNER = /([A-Za-z_]\w*)\.\w+\s*=\s*(?:[\w.]+\(\s*)?$/;

/** A name that receives a value. */
export interface Assigned {
  readonly name: string;
  /** Whether the name is a key of an object. */
  readonly isMember: boolean;
  /** Whether the value is the string itself, not the result of a call around it. */
  readonly isDirect: boolean;
}

/** Matches calls whose result has the same text as their argument. */
const KEEPS_TEXT = /(?:printf|[fF]ormat!?|String(?:Builder|Buffer|::from)|\bUR[IL]|\bUr[il])\(\s*$/;
/** Maximum number of characters to read before a value. */
const LONGEST_NAME = 200;

/**
 * Returns the name that the code assigns the value at `start` to, or that the statement at `start` appends to; null
 * if none exists.
 */
export function assignedBy(source: SourceText, start: number): Assigned | null {
  const appended = appendedName(source, start);
  if (appended !== null) return { name: appended, isMember: false, isDirect: true };
  const variable = variableBefore(source, start);
  if (variable !== null) return { name: variable, isMember: false, isDirect: true };
  const before = source.text.slice(Math.max(0, start - LONGEST_NAME), start);
  return assignedName(source.language.mode === "lines" ? before.replace(/["']$/, "") : before);
}

/** Returns the name of the Postman variable that has the value at `start`; null for any other value. */
function variableBefore({ text, language }: SourceText, start: number): string | null {
  if (language.lineComments.length > 0) return null;
  return VARIABLE.exec(text.slice(Math.max(0, start - LONGEST_NAME), start))?.[1] ?? null;
}

/**
 * Returns the call whose result is the value at `start`, such as `GetURI()`; null when no function returns it.
 */
export function returnedBy(source: SourceText, start: number): string | null {
  if (!RETURNS.test(source.code.slice(Math.max(0, start - LONGEST_NAME), start))) return null;
  const before = source.code.slice(Math.max(0, start - LONGEST_FUNCTION), start);
  const [, name] = [...before.matchAll(FUNCTION)].at(-1) ?? [];
  return name === undefined ? null : `${name}()`;
}

/**
 * Returns whether an operator or a macro precedes the calls at the end of the text. Searches backwards,
 * because the whole pattern would try to match at every position.
 */
function mayBeAssigned(before: string): boolean {
  for (let at = before.length - 1; at >= 0; at -= 1) {
    const character = before[at] ?? "";
    if (character === ":" || character === "=" || character === ">") return true;
    if (!OF_CALLS.test(character)) break;
  }
  return before.includes("define");
}

function assignedName(before: string): Assigned | null {
  const match = mayBeAssigned(before) ? ASSIGNED.exec(before.replace(SCOPE, "$")) : null;
  if (match === null) return null;
  const [, macro, defined, given = "", operator, calls = ""] = match;
  // `u.Path = "/users"` gives `u` a value, not `Path`.
  const owner = /^(?:path|pathname|rawpath)$/i.test(given) ? OWNER.exec(before)?.[1] : undefined;
  return {
    name: owner ?? macro ?? defined ?? given,
    isMember: operator === ":" || operator === "=>",
    isDirect: calls === "" || KEEPS_TEXT.test(calls),
  };
}

/**
 * Returns whether a name keeps its value in the whole file: a member, a constant, or a variable at the top level of the
 * file or of a class.
 */
export function holdsEverywhere(
  source: SourceText,
  start: number,
  { name, isMember }: { readonly name: string; readonly isMember: boolean },
): boolean {
  const lineStart = source.lineStartOf(start);
  const line = source.text.slice(Math.max(lineStart, start - LINE_REACH), start);
  if (isMember || /^[A-Z][A-Z0-9_]*$/.test(name) || variableBefore(source, start) !== null) return true;
  const isOfFile = start - lineStart <= LINE_REACH && /^\S/.test(line);
  if (isOfFile || /\b(?:static|final|readonly|private|public|const val|define)\b/.test(line)) return true;
  const enclosure = source.enclosureOf(start);
  const before =
    enclosure === null ? "" : source.code.slice(Math.max(0, enclosure.start - 8), enclosure.start);
  return /\b(?:const|var)\s*$/.test(before);
}

/** Names with their values. A use of a name refers to the last value assigned before it. */
export class Constants {
  /** Locations of the values of each name, in text order. */
  readonly #byName = new Map<string, number[]>();
  readonly #byOffset = new Map<number, Constant>();

  /**
   * Adds a value. Replaces a value at the same location, which an earlier pass read before all names in it were known.
   */
  add(constant: Constant): void {
    const { name, offset } = constant;
    const isKnown = this.#byOffset.has(offset);
    this.#byOffset.set(offset, constant);
    if (isKnown) return;
    const known = this.#byName.get(name);
    if (known === undefined) this.#byName.set(name, [offset]);
    else insert(known, offset);
  }

  /** Number of names that have a value. */
  get size(): number {
    return this.#byName.size;
  }

  /**
   * Returns the value of a name or member (`this.base`, `Config.API`, `$base`) as used at `offset`. `isApart` means
   * that a local value cannot apply there, because another branch of a condition assigns it.
   */
  resolve(
    expression: string,
    offset: number,
    isApart: (from: number) => boolean = () => false,
  ): Constant | null {
    const plain = expression.trim();
    const called = CALL.exec(plain)?.[1];
    const name = called === undefined ? PLAIN_NAME.exec(plain)?.[1] : `${called}()`;
    const known = name === undefined ? undefined : this.#byName.get(name);
    if (known === undefined) return null;
    const isMemberAccess = /[.>:]/.test(expression);
    const isUsable = ({ isMember }: Constant): boolean => isMemberAccess || !isMember;
    let first: Constant | null = null;
    let passed = 0;
    const last = Math.max(0, known.length - MOST_OF_A_NAME);
    for (let at = known.length - 1; at >= last; at -= 1) {
      const constant = this.#byOffset.get(known[at] ?? -1);
      if (constant === undefined || !isUsable(constant)) continue;
      // The nearest value before the use applies, but a local value far away is meaningless.
      if (constant.offset < offset) {
        if (constant.isWide) return constant;
        if (offset - constant.offset > LOCAL_REACH || passed === MOST_BRANCHES) return null;
        if (!isApart(constant.offset)) return constant;
        passed += 1;
        continue;
      }
      if (constant.isWide) first = constant;
    }
    return first;
  }

  /** Returns the names whose only value in the whole file is the root of the API, such as `/api/v2`. */
  wideRoots(): ReadonlyMap<string, string> {
    return new Map(
      [...this.#byName].flatMap(([name, places]): [string, string][] => {
        const [only, ...others] = places.map((place) => this.#byOffset.get(place));
        const isRoot = only?.isWide === true && ROOT_ALONE.test(only.value);
        return isRoot && others.length === 0 ? [[name, only.value]] : [];
      }),
    );
  }

  /** Returns the names whose value contains the root of the API. */
  rootNames(): ReadonlySet<string> {
    const root = new RegExp(API_ANCHOR.source);
    return new Set(
      [...this.#byName]
        .filter(([, places]) => places.some((place) => root.test(this.#byOffset.get(place)?.value ?? "")))
        .map(([name]) => name),
    );
  }
}

/** Inserts a location in order. Compares it with only the last values, because older ones are never read. */
function insert(places: number[], place: number): void {
  let at = places.length;
  while (at > Math.max(0, places.length - MOST_OF_A_NAME) && (places[at - 1] ?? 0) > place) at -= 1;
  places.splice(at, 0, place);
}
