import { findPathSites, type PathSites } from "../read/path-sites.ts";
import { callsByName, isRivalOnly, mentionsPlatform } from "../read/platform-context.ts";
import { type Definition, findDefinitions } from "../text/definition.ts";
import type { SourceText } from "../text/source-text.ts";
import { isTestPath } from "../text/test-file.ts";
import { findAliases } from "./alias.ts";
import { type ClientFile, clientFileOf } from "./client-file.ts";
import { findNamedSenders, findReturnedFunctions } from "./curried.ts";
import { findHelpers } from "./helper.ts";
import { type HelperFile, type LinkedHelper, linkHelpers } from "./link-helpers.ts";
import { findNamedValues, type NamedValue } from "./named-value.ts";
import { typesOf } from "./owner.ts";
import { findShellHelpers, findShellValues } from "./shell-helper.ts";
import { createValueTable, type ValueTable } from "./value-table.ts";

/**
 * The combined facts of all files of a tree. One pass over the tree collects them, and another one uses them.
 */
export interface TreeFacts {
  /** Whether a file of the tree mentions the platform. */
  readonly isPlatform: boolean;
  /** Whether code of the tree calls methods of an SDK by names in variables. */
  readonly isDispatched: boolean;
  /** Whether any file of the tree assigns the root of the API to a name. */
  readonly hasRoot: boolean;
  /** Names that are assigned the root of the API. Each has the same value in every file that defines it. */
  readonly roots: ReadonlyMap<string, string>;
  /** Names that shell scripts and configuration files assign the root of the API to. */
  readonly wordRoots: ReadonlyMap<string, string>;
  /** Files with a client whose base is the root of the API. */
  readonly clients: readonly ClientFile[];
  readonly helpers: ReadonlyMap<string, readonly LinkedHelper[]>;
  /** The named paths of all files. */
  readonly values: ValueTable;
}

/** Collects the facts of a tree file by file. */
export interface TreeReader {
  /**
   * Reads one file that mentions the platform or contains a path of its API. Returns the paths that the file shows on
   * its own; null when it contains no facts for other files.
   */
  add(source: SourceText): PathSites | null;
  facts(isPlatform: boolean): TreeFacts;
}

/** Limits on the stored facts, however large the tree is. */
const MOST_HELPERS = 5_000;
const MOST_ROOTS = 1_000;
/** Matches a constant, or a name of several words, which a library is unlikely to use for something else. */
const OWN_NAME = /(?<![\w-])(?:[A-Z][A-Z0-9_]{3,}|[A-Za-z]+(?:[a-z][A-Z]|[_-][A-Za-z])[\w-]*)/g;
const MOST_CLIENTS = 100;

/**
 * Creates a reader that has collected no facts yet. `isRootWord` returns whether a path of the API begins with a word.
 */
export function createTreeReader(isRootWord: (word: string) => boolean = () => false): TreeReader {
  const files: HelperFile[] = [];
  const table = createValueTable();
  const roots = new Map<string, string | null>();
  const wordRoots = new Map<string, string | null>();
  const clients: ClientFile[] = [];
  let hasRoot = false;
  let isDispatched = false;
  let count = 0;
  return {
    add(source) {
      const { file, text, language } = source;
      if (isTestPath(file) || isRivalOnly(text)) return null;
      isDispatched ||= callsByName(text);
      const sites = findPathSites(source);
      hasRoot ||= sites.hasRoot;
      addRoots(language.mode === "code" ? roots : wordRoots, sites.roots);
      const client = clients.length < MOST_CLIENTS ? clientFileOf(source, sites.hasRoot) : null;
      if (client !== null) clients.push(client);
      const { definitions, values } = valuesOf(source, isRootWord);
      table.add(values);
      if (count < MOST_HELPERS) {
        const helpers = [
          ...findHelpers(source, definitions, sites.resolve),
          ...findHelpers(source, findReturnedFunctions(source, definitions), sites.resolve),
          ...findNamedSenders(source),
          ...findAliases(source),
          ...findShellHelpers(source),
        ];
        count += helpers.length;
        if (helpers.length > 0) {
          const types = typesOf(source);
          const isOfPlatform =
            sites.hasRoot || /api\/v2/.test(text) || mentionsPlatform(`${file} ${types.join(" ")}`);
          files.push({ file, language, types, isOfPlatform, helpers });
        }
      }
      return sites;
    },
    facts: (isPlatform) => {
      const known = agreed(roots);
      return {
        isPlatform,
        isDispatched,
        hasRoot,
        roots: known,
        wordRoots: agreed(wordRoots),
        clients: clients.filter(({ bases }) => bases.length === 0 || bases.some((name) => known.has(name))),
        helpers: linkHelpers(files, table),
        values: table,
      };
    },
  };
}

/**
 * Returns whether source code contains the name of a path or helper in its tree, apart from words that many libraries
 * use.
 */
export function usesNames(text: string, { helpers, values }: TreeFacts): boolean {
  for (const [name] of text.matchAll(OWN_NAME)) {
    if (values.has(name) || helpers.has(name)) return true;
  }
  return false;
}

/** Adds the roots of a file. The value of a name becomes null when two files give it different values. */
function addRoots(roots: Map<string, string | null>, added: ReadonlyMap<string, string>): void {
  for (const [name, value] of added) {
    const earlier = roots.get(name);
    if (earlier !== undefined) roots.set(name, earlier === value ? value : null);
    else if (roots.size < MOST_ROOTS) roots.set(name, value);
  }
}

function agreed(roots: ReadonlyMap<string, string | null>): ReadonlyMap<string, string> {
  return new Map([...roots].flatMap(([name, value]) => (value === null ? [] : [[name, value] as const])));
}

/** Returns the functions of a file in the order of their bodies, and the paths to which it gives a name. */
export function valuesOf(
  source: SourceText,
  isRootWord: (word: string) => boolean,
): { readonly definitions: readonly Definition[]; readonly values: readonly NamedValue[] } {
  if (source.language.mode !== "code") return { definitions: [], values: findShellValues(source) };
  const definitions = findDefinitions(source).toSorted((left, right) => left.bodyStart - right.bodyStart);
  return { definitions, values: findNamedValues(source, definitions, isRootWord) };
}
