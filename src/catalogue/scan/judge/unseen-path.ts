import type { Operation } from "../../facts/operation.ts";
import { segmentsOf } from "../read/operation-index.ts";
import { type Judgement, judgement, weaker } from "./finding.ts";
import { kindOfUse, type PathCase, placeConfidence } from "./path-case.ts";

/** Maximum number of operations that are listed; a longer list would not help. */
const MOST_CANDIDATES = 40;
/** Matches names of variables that replace a word rather than an id. */
const WORD_NAME =
  /(?:type|kind|channel|media|category|resource|entity|endpoint|path|route|suffix|action|uri|url|query|name)s?$/i;
/** Matches names of variables that contain ids, which never replace a word of a path. */
const ID_NAME = /(?:[a-z\d]I[dD]|_id|uuid|guid)$/;
const PATH_NAME = /(?:path|endpoint|route|suffix|uri|url|resource)$/i;

/**
 * Classifies a path that the text shows only in part: a variable replaces a word, or other code completes the
 * path. Returns null when neither explains the path.
 */
export function judgeUnseen(given: PathCase): readonly Judgement[] | null {
  const { site, evidence, index } = given;
  const segments = segmentsOf(site.path);
  const isKnown = segments.some((segment) => index.isRootWord(segment));
  if (segments.every((segment) => segment === "{}")) return judgeOpen(given, "any operation");
  const isId = site.path
    .split("/")
    .slice(3)
    .map((segment) => ID_NAME.test(segment.replace(/\}$/, "")));
  const fitting = index
    .pathsOfLength(segments.length)
    .filter((known) => fits(segments, known.segments, isId))
    .flatMap(({ operations }) => operations);
  const wanted = fitting.filter(({ method }) => evidence === null || evidence.methods.includes(method));
  if (wanted.length > 0) return judgeCandidates(given, wanted);
  const below = index.countBelow(site.isOpenEnded ? segments : withoutTail(site.path, segments));
  if (below > 0 && isKnown && !isComplete(given, segments)) {
    return judgeOpen(given, below === 1 ? "one operation" : `one of ${below} operations`);
  }
  return null;
}

/** Returns whether the path has a placeholder for a word, such as `{mediaType}`, where the template expects an id. */
export function namesWord(path: string, template: string): boolean {
  const parts = template.split("/");
  return path
    .split("/")
    .some(
      (segment, at) =>
        /^\{.*(?:[tT]ype|[kK]ind|[cC]hannel|[mM]edia)\}$/.test(segment) && /Id\}$/.test(parts[at] ?? ""),
    );
}

function judgeCandidates(given: PathCase, operations: readonly Operation[]): readonly Judgement[] {
  const place = placeConfidence(given, true);
  if (place === null) return [];
  const shown = operations.length > MOST_CANDIDATES ? [] : operations;
  const [only, ...others] = shown;
  return [
    judgement({
      ...kindOfUse(given, weaker(place, shown.length === 0 ? "low" : "medium")),
      operation: only !== undefined && others.length === 0 ? only : null,
      candidates: others.length === 0 ? [] : shown,
      path: given.site.path,
      message: `a variable fills a segment of \`${given.site.path}\`; ${operations.length} operations match`,
    }),
  ];
}

/** Matches a variable whose value is the whole path of a request, not its beginning. */
const NAME_OF_PATH = /(?:endpoint|path|url|uri|route|resource)$/i;

/** Returns whether the code sends or configures the path without appending anything. */
function isComplete({ site, evidence, index, assignedTo }: PathCase, segments: readonly string[]): boolean {
  if (site.isOpenEnded || site.path.endsWith("}")) return false;
  if (evidence?.isCertain === true) return true;
  // The beginning of a path is usually followed by an id and seldom by a word.
  return assignedTo !== null && NAME_OF_PATH.test(assignedTo) && !index.beginsPath([...segments, "{}"]);
}

/** Classifies a path that continues in code that the scan can't follow. */
function judgeOpen(given: PathCase, what: string): readonly Judgement[] {
  const place = placeConfidence(given, false);
  if (place === null || given.site.isComment) return [];
  return [
    judgement({
      kind: "path",
      confidence: "low",
      path: given.site.path,
      message: `\`${given.site.path}\` is the beginning of a path that is completed elsewhere; it may call ${what}`,
    }),
  ];
}

/**
 * Returns whether two paths match. Words must be equal. A placeholder matches anything, except that an id's placeholder
 * never matches a word.
 */
function fits(given: readonly string[], known: readonly string[], isId: readonly boolean[]): boolean {
  return given.every(
    (segment, at) =>
      segment === known[at] ||
      (segment === "{}" && isId[at] !== true) ||
      (known[at] === "{}" && /\d/.test(segment)),
  );
}

/** Returns the segments without a trailing placeholder such as `{path}`, which can contain any number of segments. */
function withoutTail(path: string, segments: readonly string[]): readonly string[] {
  const name = /\{(\w*)\}$/.exec(path)?.[1];
  return name !== undefined && (PATH_NAME.test(name) || WORD_NAME.test(name))
    ? segments.slice(0, -1)
    : segments;
}
