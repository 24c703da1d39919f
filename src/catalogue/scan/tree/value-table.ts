import type { Language } from "../text/language.ts";
import type { SourceText } from "../text/source-text.ts";
import type { NamedValue } from "./named-value.ts";

/** A use of a name. It determines which value of the name applies. */
export interface NameUse {
  /** Names before the last one: `routes` in `api.routes.users`; an empty string for a name alone. */
  readonly qualifier: string;
  readonly name: string;
  readonly file: string;
  readonly language: Language;
  /** The file, whose imports decide between values; null when it is not available. */
  readonly source: SourceText | null;
}

/** The values that all files of a tree give to names. */
export interface ValueTable {
  /** Number of names. */
  readonly size: number;
  has(name: string): boolean;
  /** Returns whether a value of a name contains the API root, or another name that may contain the root. */
  mayBeWhole(name: string): boolean;
  /** Values as source text, with the known names in their expressions replaced. */
  readonly expanded: Map<NamedValue, string>;
  /** Keys of the values that recognized calls use in their paths. */
  readonly called: Set<string>;
  /** Keys of the values that are passed to a function whose HTTP method is unknown. */
  readonly unclear: Set<string>;
  /** Returns the value to which a name refers in a file; null when the candidates have different values. */
  find(use: NameUse, isFunction: boolean): NamedValue | null;
}

const MOST_VALUES = 20_000;
const MOST_OF_A_NAME = 16;
/** Matches names of one short word, which many functions use for their own variables. */
const PLAIN_WORD = /^[a-z]+$/;

/**
 * Collects values. Keeps only the first few of each name, because a name that many files share identifies none of them.
 */
export function createValueTable(): ValueTable & { add(values: readonly NamedValue[]): void } {
  const byName = new Map<string, NamedValue[]>();
  const whole = new Set<string>();
  let count = 0;
  return {
    get size() {
      return byName.size;
    },
    expanded: new Map(),
    called: new Set(),
    unclear: new Set(),
    has: (name) => byName.has(name),
    mayBeWhole: (name) => whole.has(name),
    add(values) {
      for (const value of values) {
        if (!value.isWide || count >= MOST_VALUES) continue;
        const known = byName.get(value.name);
        if (known === undefined) byName.set(value.name, [value]);
        else if (known.length < MOST_OF_A_NAME) known.push(value);
        if (/api\/v\d|\$\{/.test(value.value) || value.wraps.length > 0) whole.add(value.name);
        count += 1;
      }
    },
    find(use, isFunction) {
      const known = (byName.get(use.name) ?? []).filter(
        (value) => (value.parameters !== null) === isFunction && isRelated(value.language, use.language),
      );
      return choose(known, use);
    },
  };
}

function choose(known: readonly NamedValue[], use: NameUse): NamedValue | null {
  const { qualifier, name, file, source } = use;
  if (known.length === 0) return null;
  const own = known.filter((value) => value.file === file);
  const near = qualifier === "" ? own : preferQualified(own, qualifier);
  if (near.length > 0) return onlyOne(near);
  const others = preferQualified(known, qualifier);
  const isNamed = qualifier !== "" && others.some((value) => isOf(value, qualifier));
  if (isNamed) return onlyOne(others);
  const imported = others.filter((value) => source?.mentions(stemOf(value.file)) === true);
  const beside = others.filter((value) => directoryOf(value.file) === directoryOf(file));
  // A plain word alone is usually a local variable, unless the file imports it.
  if (qualifier === "" && PLAIN_WORD.test(name)) {
    const isImported = source?.imports(name) === true;
    return isImported ? onlyOne(imported) : null;
  }
  return onlyOne(imported) ?? onlyOne(beside) ?? onlyOne(others);
}

function preferQualified(values: readonly NamedValue[], qualifier: string): readonly NamedValue[] {
  const fitting = values.filter((value) => isOf(value, qualifier));
  return fitting.length > 0 ? fitting : values;
}

function isOf({ owner, file }: NamedValue, qualifier: string): boolean {
  const wanted = plain(qualifier);
  return wanted !== "" && (plain(owner) === wanted || plain(stemOf(file)) === wanted);
}

function onlyOne(values: readonly NamedValue[]): NamedValue | null {
  const [first, ...others] = values;
  return first !== undefined && others.every(({ value }) => value === first.value) ? first : null;
}

function plain(name: string): string {
  return name.replace(/[_-]/g, "").toLowerCase();
}

/** Returns the name by which other files refer to a file. For an index file, this is its directory's name. */
export function stemOf(file: string): string {
  const parts = file.split("/");
  const stem = (parts.at(-1) ?? "").replace(/\.\w+$/, "");
  return /^(?:index|mod|lib|main|__init__)$/i.test(stem) ? (parts.at(-2) ?? stem) : stem;
}

/** Returns the directory of a file, without a slash at its end. */
export function directoryOf(file: string): string {
  return file.slice(0, Math.max(0, file.lastIndexOf("/")));
}

/** Returns whether code in one language can refer to names that code in the other language declares. */
export function isRelated(left: Language, right: Language): boolean {
  return left === right || (isOfJvm(left) && isOfJvm(right));
}

function isOfJvm({ tripleQuotes, appendingCall, hole }: Language): boolean {
  return appendingCall !== null && tripleQuotes.length > 0 && hole !== "{";
}
