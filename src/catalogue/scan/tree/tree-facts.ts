import { appendAll } from "../../../core/lists/append-all.ts";
import type { MethodEvidence } from "../method/method-evidence.ts";
import { findPathSites, type PathSites } from "../read/path-sites.ts";
import { isRivalOnly } from "../read/platform-context.ts";
import type { SourceText } from "../text/source-text.ts";
import { isTestPath } from "../text/test-file.ts";
import { findHelpers, type Helper } from "./helper.ts";
import { findShellHelpers } from "./shell-helper.ts";

/** A helper whose path is known. */
export interface LinkedHelper extends Omit<Helper, "target"> {
  /** Path of the API before the parameter; null when the parameter contains the whole path. */
  readonly prefix: string | null;
}

/**
 * The combined facts of all files of a tree. One pass over the tree collects them, and another one uses them.
 */
export interface TreeFacts {
  /** Whether a file of the tree mentions the platform. */
  readonly isPlatform: boolean;
  /** Whether any file of the tree assigns the root of the API to a name. */
  readonly hasRoot: boolean;
  /** Names of the root of the API. Each has the same value in every file that contains it. */
  readonly roots: ReadonlyMap<string, string>;
  readonly helpers: ReadonlyMap<string, readonly LinkedHelper[]>;
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
const MOST_OF_A_NAME = 8;
const MOST_ROOTS = 1_000;
/** Maximum number of functions to follow a path through. */
const MOST_LINKS = 3;
/** Matches text that every file with a helper or a root contains. */
const WORTH_READING = /api\/v2|\bfetch\b|request|https?:|curl|Invoke-/i;

/** Returns a reader without facts. */
export function createTreeReader(): TreeReader {
  const helpers: Helper[] = [];
  const roots = new Map<string, string | null>();
  let hasRoot = false;
  return {
    add(source) {
      const { file, text } = source;
      const isRead = !isTestPath(file) && !file.endsWith(".ipynb") && !isRivalOnly(text);
      if (!isRead || !WORTH_READING.test(text)) return null;
      const sites = findPathSites(source);
      hasRoot ||= sites.hasRoot;
      for (const [name, value] of sites.roots) {
        const earlier = roots.get(name);
        if (earlier !== undefined) roots.set(name, earlier === value ? value : null);
        else if (roots.size < MOST_ROOTS) roots.set(name, value);
      }
      if (helpers.length < MOST_HELPERS) {
        appendAll(helpers, findHelpers(source, sites.resolve));
        appendAll(helpers, findShellHelpers(source));
      }
      return sites;
    },
    facts: (isPlatform) => ({ isPlatform, hasRoot, ...link(helpers, roots) }),
  };
}

function link(
  helpers: readonly Helper[],
  given: ReadonlyMap<string, string | null>,
): Pick<TreeFacts, "roots" | "helpers"> {
  const roots = new Map(
    [...given].flatMap(([name, value]) => (value === null ? [] : [[name, value] as const])),
  );
  const byName = groupByName(helpers);
  const linked = helpers.flatMap((helper) => linkOne(helper, byName, roots, MOST_LINKS) ?? []);
  return { roots, helpers: groupByName(linked) };
}

/**
 * Groups helpers by name. Keeps only the first few of each name, because a name that many functions share identifies
 * none of them.
 */
function groupByName<Named extends { readonly name: string }>(
  all: readonly Named[],
): ReadonlyMap<string, readonly Named[]> {
  const groups = new Map<string, Named[]>();
  for (const one of all) {
    const known = groups.get(one.name);
    if (known === undefined) groups.set(one.name, [one]);
    else if (known.length < MOST_OF_A_NAME) known.push(one);
  }
  return groups;
}

function linkOne(
  helper: Helper,
  byName: ReadonlyMap<string, readonly Helper[]>,
  roots: ReadonlyMap<string, string>,
  links: number,
): LinkedHelper | null {
  const { target, ...rest } = helper;
  if (target.kind === "root") return { ...rest, prefix: target.prefix };
  // A function that sends the path unchanged and specifies the method is worth keeping, because the call
  // contains the whole path.
  const whole = isSender(helper.evidence) ? { ...rest, prefix: null } : null;
  if (target.kind === "host") return whole;
  if (target.kind === "name") return roots.has(target.name) ? { ...rest, prefix: "/api/v2" } : whole;
  const called = (byName.get(target.callee) ?? []).filter(
    (other) => other !== helper && other.path.position === target.position,
  );
  const near = [isInFile, isInDirectory, () => true].map((isNear) =>
    called.filter((other) => isNear(other, helper)),
  );
  const [next, ...others] = near.find(({ length }) => length > 0) ?? [];
  const further =
    next === undefined || others.length > 0 || links === 0 ? null : linkOne(next, byName, roots, links - 1);
  if (further === null) return whole;
  return {
    ...rest,
    prefix: further.prefix,
    suffix: `${rest.suffix}${further.suffix}`,
    evidence: rest.evidence ?? (rest.method === null && further.method === null ? further.evidence : null),
  };
}

function isInFile(left: Helper, right: Helper): boolean {
  return left.file === right.file;
}

function isInDirectory(left: Helper, right: Helper): boolean {
  const directoryOf = (file: string): string => file.slice(0, Math.max(0, file.lastIndexOf("/")));
  return directoryOf(left.file) === directoryOf(right.file);
}

function isSender(evidence: MethodEvidence | null): boolean {
  return evidence !== null && !evidence.isSupposed;
}
