import type { SourceText } from "../text/source-text.ts";
import type { PathSite } from "./path-site.ts";
import { API_ANCHOR } from "./path-text.ts";
import { ROOT, rootStart, siteOf, wordAt } from "./word-site.ts";

/** Matches a line that assigns a word to a name or appends one to it. */
const ASSIGNMENT =
  /^[ \t]*(?:export[ \t]+|ENV[ \t]+|ARG[ \t]+|set[ \t]+|readonly[ \t]+|local[ \t]+|@|\$|- )?([A-Za-z_][\w-]*)[ \t]*(\+?=|:)[ \t]*["']?([^\s"'=][^\s"']{0,600})["']?[ \t]*;?$/gm;
/** Maximum length of an address assigned to a name, so that repeated appending takes linear time. */
const LONGEST_ROOT = 400;
/** Matches a name in any notation, followed by a path. */
const NAME_IN_USE = /(?:\$([A-Za-z_]\w*)|\$\{([A-Za-z_]\w*)\}|\{\{\s*([A-Za-z_][\w-]*)\s*\}\})["']?(?=\/)/g;

const NO_ROOTS: ReadonlyMap<string, string> = new Map();

/** Locations in plain text that contain a path. */
export interface WordSites {
  readonly sites: readonly PathSite[];
  /** Start offsets of the paths that other lines extend. */
  readonly extended: ReadonlySet<number>;
}

/** Where to search for words with a path, and what is known about them. */
interface WordSearch {
  readonly from: number;
  readonly to: number;
  readonly isComment: boolean;
  /** Returns whether an offset is neither in a string nor in a comment. */
  readonly isPlain?: (offset: number) => boolean;
  /** Names to which other files of the tree assign the root of the API. */
  readonly treeRoots?: ReadonlyMap<string, string>;
}

/** Finds the paths in plain text: shell, YAML, HTTP files, prose, comments. */
export function findWordSites(
  source: SourceText,
  { from, to, isComment, isPlain = () => true, treeRoots = NO_ROOTS }: WordSearch,
): WordSites {
  const text = source.text.slice(from, to);
  let wordEnd = 0;
  const direct = Array.from(text.matchAll(API_ANCHOR)).flatMap(({ index }): PathSite[] => {
    // `/api/v2` within a path does not begin another path.
    const offset = from + index;
    if (offset < wordEnd) return [];
    const word = wordAt(source, offset, "");
    wordEnd = word.end;
    return isPlain(offset) ? [siteOf(source, offset, word, null, isComment)] : [];
  });
  const named = isComment
    ? { sites: [], extended: new Set<number>() }
    : sitesOfNames(source, text, from, treeRoots);
  const appended = named.sites.filter(({ offset }) => isPlain(offset));
  return {
    sites: [...direct, ...appended].filter((site) => site.path !== "/api/v2" && site.path !== ""),
    extended: new Set(
      [...direct, ...named.sites]
        .filter(({ offset }) => named.extended.has(offset))
        .map(({ start }) => start),
    ),
  };
}

/** Returns the names to which the text assigns the root of the API alone. */
export function rootsInWords({ text }: SourceText): ReadonlyMap<string, string> {
  return new Map(
    Array.from(text.matchAll(ASSIGNMENT)).flatMap(([, name = "", , value = ""]): [string, string][] =>
      /\/?api\/v2\/?$/.test(value) ? [[name, value.replace(/\/$/, "")]] : [],
    ),
  );
}

/** A string that contains the root of the API and is assigned to a name. */
interface NamedRoot {
  readonly text: string;
  /** Location of the path in that string; null when it contains the root alone. */
  readonly offset: number | null;
}

/**
 * Finds `$API/users`, `${API}/users`, `{{api}}/users` where the text assigns the root of the API to the name, and
 * `URL+="/members"`. `extended` contains the offsets of the paths that such an assignment extends.
 */
function sitesOfNames(
  source: SourceText,
  text: string,
  from: number,
  treeRoots: ReadonlyMap<string, string>,
): { readonly sites: readonly PathSite[]; readonly extended: ReadonlySet<number> } {
  const assignments = Array.from(text.matchAll(ASSIGNMENT));
  const isRoot = ([, , , value = ""]: RegExpMatchArray): boolean => ROOT.test(value);
  // A name that is used before its definition gets the first root assigned to it, because files may define names
  // after they use them.
  const roots = new Map(
    assignments
      .filter(isRoot)
      .toReversed()
      .map((given) => [given[1] ?? "", rootOf(given, from)]),
  );
  const assigned = new Set(assignments.map(([, name]) => name));
  for (const [name, root] of treeRoots) {
    if (!assigned.has(name)) roots.set(name, { text: root, offset: null });
  }
  if (roots.size === 0) return { sites: [], extended: new Set() };
  const sites: PathSite[] = [];
  const extended = new Set<number>();
  const extend = (root: NamedRoot, offset: number, start: number): void => {
    const word = wordAt(source, offset, root.text.slice(rootStart(root.text)));
    sites.push(siteOf(source, offset, word, { root: root.text, start }, false));
    if (root.offset !== null) extended.add(root.offset);
  };
  let next = 0;
  const assignUntil = (index: number): void => {
    for (let given = assignments[next]; given !== undefined; given = assignments[next]) {
      // In `URL=$URL/users`, the name on the right still has the old value.
      if (given.index + given[0].length > index) return;
      const name = given[1] ?? "";
      const known = roots.get(name);
      if (known !== undefined && given[2] === "+=" && given[3]?.startsWith("/") === true) {
        extend(known, from + valueStart(given), from + given.index + given[0].indexOf(name));
      }
      const root = rootAfter(given, roots, from);
      if (root === null || root.text.length > LONGEST_ROOT) roots.delete(name);
      else roots.set(name, root);
      next += 1;
    }
  };
  for (const use of text.matchAll(NAME_IN_USE)) {
    assignUntil(use.index);
    const root = roots.get(use[1] ?? use[2] ?? use[3] ?? "");
    if (root !== undefined) extend(root, from + use.index + use[0].length, from + use.index);
  }
  assignUntil(text.length);
  return { sites, extended };
}

function valueStart({ index, 0: line, 3: value = "" }: RegExpExecArray): number {
  return index + line.lastIndexOf(value);
}

function rootOf(given: RegExpExecArray, from: number): NamedRoot {
  const text = (given[3] ?? "").replace(/\/$/, "");
  const path = text.search(new RegExp(API_ANCHOR.source));
  const isAlone = /\/?api\/v2$/.test(text);
  return { text, offset: isAlone ? null : from + valueStart(given) + path };
}

/** Returns the value of a name after an assignment; null when it no longer contains the root. */
function rootAfter(
  given: RegExpExecArray,
  roots: ReadonlyMap<string, NamedRoot>,
  from: number,
): NamedRoot | null {
  const [, name = "", operator, value = ""] = given;
  if (ROOT.test(value)) return rootOf(given, from);
  const offset = from + valueStart(given);
  const known = roots.get(name);
  if (operator === "+=") return known === undefined ? null : { text: `${known.text}${value}`, offset };
  const used = /^(?:\$\{?|\{\{)([A-Za-z_]\w*)(?:\}{1,2})?(\/.*)?$/.exec(value);
  const base = roots.get(used?.[1] ?? "");
  if (base === undefined) {
    // The value is the variable itself with a part replaced: `url=${url/ID/$id}`.
    return known !== undefined && new RegExp(`^\\$\\{${name}[/%#:]`).test(value) ? known : null;
  }
  return { text: `${base.text}${used?.[2] ?? ""}`, offset: offset + value.length - (used?.[2]?.length ?? 0) };
}
