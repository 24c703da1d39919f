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
  /** Whether the value holds in the whole file; a local name means nothing far from its assignment. */
  readonly isWide: boolean;
}

/** Maximum distance in characters at which a local name still has its text. */
const LOCAL_REACH = 2500;
/** Number of characters read of a long line. */
const LINE_REACH = 400;
/** Maximum number of texts per name. A name with more is a key of data, and only its last texts are read. */
const MOST_OF_A_NAME = 200;
const PLAIN_NAME = /^[\w$@.:>?-]*?([A-Za-z_]\w*)$/;
/**
 * Matches `name =`, `name: Type =`, `name :=`, `"name" =>`, `#define NAME`, `define('NAME',`, with calls
 * between.
 */
const ASSIGNED =
  /(?:#define\s+(\w+)\s+|\bdefine\(\s*["'](\w+)["']\s*,\s*|([A-Za-z_]\w*)["']?\]?(?:,\s*\w+)*[ \t]*(?::[ \t]*[\w.<>[\]|? ]{1,40}?)?[ \t]*(:=|=>|(?<![=!<>+])=(?![=>])|:)\s*)((?:await\s+|new\s+|[\w.:]+\(\s*|\()*)$/;

/**
 * Returns the name to which the text after `before` is assigned, without the calls between; null when there
 * is no name.
 */
export function assignedName(
  before: string,
): { readonly name: string; readonly isMember: boolean; readonly isDirect: boolean } | null {
  const match = ASSIGNED.exec(before.slice(-200));
  if (match === null) return null;
  const name = match[1] ?? match[2] ?? match[3] ?? "";
  const isMember = match[4] === ":" || match[4] === "=>";
  const calls = match[5] ?? "";
  return { name, isMember, isDirect: calls === "" || /(?:printf|[fF]ormat)\(\s*$/.test(calls) };
}

/**
 * Returns whether a name keeps its text in the whole file: a member, a constant, or a name of the file or a
 * class.
 */
export function holdsEverywhere(
  source: SourceText,
  start: number,
  { name, isMember }: { readonly name: string; readonly isMember: boolean },
): boolean {
  const lineStart = source.lineStartOf(start);
  const line = source.text.slice(Math.max(lineStart, start - LINE_REACH), start);
  if (isMember || /^[A-Z][A-Z0-9_]*$/.test(name)) return true;
  const isOfFile = start - lineStart <= LINE_REACH && /^\S/.test(line);
  if (isOfFile || /\b(?:static|final|readonly|private|public|const val|define)\b/.test(line)) return true;
  const enclosure = source.enclosureOf(start);
  const before =
    enclosure === null ? "" : source.code.slice(Math.max(0, enclosure.start - 8), enclosure.start);
  return /\b(?:const|var)\s*$/.test(before);
}

/** Names with their texts. A name with several texts has the one nearest before its use. */
export class Constants {
  readonly #byName = new Map<string, Constant[]>();
  readonly #offsets = new Set<number>();

  add(constant: Constant): void {
    if (this.#offsets.has(constant.offset)) return;
    this.#offsets.add(constant.offset);
    const known = this.#byName.get(constant.name);
    if (known === undefined) this.#byName.set(constant.name, [constant]);
    else known.push(constant);
  }

  get size(): number {
    return this.#byName.size;
  }

  /** Returns the text of a name or member (`this.base`, `Config.API`, `$base`) as used at `offset`. */
  resolve(expression: string, offset: number): Constant | null {
    const name = PLAIN_NAME.exec(expression.trim())?.[1];
    const known = name === undefined ? undefined : this.#byName.get(name);
    if (known === undefined) return null;
    const isMemberAccess = /[.>:]/.test(expression);
    const isUsable = ({ isMember }: Constant): boolean => isMemberAccess || !isMember;
    const near = known.length > MOST_OF_A_NAME ? known.slice(-MOST_OF_A_NAME) : known;
    const before = near.findLast((constant) => isUsable(constant) && constant.offset < offset);
    if (before !== undefined && !before.isWide && offset - before.offset > LOCAL_REACH) return null;
    return before ?? near.find((constant) => isUsable(constant) && constant.isWide) ?? null;
  }

  /** Returns the names whose text contains the root of the API. */
  rootNames(): ReadonlySet<string> {
    const root = new RegExp(API_ANCHOR.source);
    return new Set(
      [...this.#byName]
        .filter(([, constants]) => constants.some(({ value }) => root.test(value)))
        .map(([name]) => name),
    );
  }
}
