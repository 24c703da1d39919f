import { closest } from "../../../core/closest.ts";
import { describeAbsence, UPDATE_MAY_KNOW } from "../../lookup/absence.ts";
import { correctMisconception } from "../../lookup/misconception.ts";
import { nameOf } from "../../lookup/operation-lookup.ts";
import { type Confidence, type Judgement, judgement, weaker } from "./finding.ts";
import { hasOwnRoot, type PathCase, placeConfidence } from "./path-case.ts";

const TOKEN_PATH = /^\/api\/v2\/oauth\/(?:guest\/)?token$/i;
/** Matches paths that the API host serves but that are not operations: the API's own description. */
const NO_OPERATION = /^\/api\/v2\/(?:docs|swagger|openapi)(?:[/.]|$)/;
/** Matches the marks that authors use to abbreviate a path. */
const ABBREVIATED = /\.\.|…|\*|\{\}/;
const MOST_SHOWN = 3;
/** Word length below which a difference of two letters is not a typo. */
const SHORT_WORD = 6;

/** Classifies a path that is not an operation: a removed path, a path that is known to be invented, or a mistake. */
export function judgeUnknown(given: PathCase): readonly Judgement[] {
  const { site, evidence, index } = given;
  if (NO_OPERATION.test(site.path) || ABBREVIATED.test(site.path)) return [];
  const isKnown =
    index.catalogue.findRemoved(site.path).length > 0 ||
    correctMisconception(index.catalogue, site.path) !== null;
  const place = placeConfidence(given, isKnown);
  const believed = confidenceOf(given, place, isKnown);
  if (believed === null) return [];
  const method = evidence?.methods[0] ?? null;
  // The HTTP method matters only for a known path, where it identifies the removed operation.
  const lookup = index.lookUp(site.path, isKnown ? method : null);
  if (lookup.kind !== "unknown") return [];
  // A newer catalog may list the path, so its absence alone proves nothing.
  const confidence = lookup.isCertain ? believed : weaker(believed, "medium");
  if (TOKEN_PATH.test(site.path)) {
    return [mistake(given, "wrong-host", confidence, `\`${site.path}\`: ${lookup.correction ?? ""}`)];
  }
  const near = isKnown ? lookup.closest : lookup.closest.filter(({ path }) => sharesWord(site.path, path));
  const shown = near.slice(0, MOST_SHOWN).map((operation) => `\`${nameOf(operation)}\``);
  const meant = shown.length === 0 ? "" : `; did you mean ${shown.join(" or ")}?`;
  const why = lookup.correction ?? `is ${describeAbsence(index.catalogue)}; ${UPDATE_MAY_KNOW}`;
  const message =
    lookup.removed !== null
      ? `${why}${meant}`
      : `\`${site.path}\`${lookup.correction === null ? " " : ": "}${why}${meant}`;
  const kind = lookup.removed === null ? "wrong-path" : "removed";
  return [{ ...mistake(given, kind, confidence, message), closest: near }];
}

/** Returns whether two paths have a word in common, allowing for one or two typos. */
function sharesWord(path: string, template: string): boolean {
  const words = wordsOf(template);
  return wordsOf(path).some((word) => closest(word, words, 1, word.length < SHORT_WORD ? 1 : 2).length > 0);
}

function wordsOf(path: string): readonly string[] {
  return path
    .split("/")
    .slice(3)
    .filter((segment) => /^[a-z][a-z-]+$/i.test(segment))
    .map((segment) => segment.toLowerCase());
}

function mistake(
  { site }: PathCase,
  kind: Judgement["kind"],
  confidence: Confidence,
  message: string,
): Judgement {
  return judgement({ kind, confidence: site.isComment ? "low" : confidence, path: site.path, message });
}

/** Returns the confidence that an unknown path is a mistake; null when it more likely belongs to another product. */
function confidenceOf(given: PathCase, place: Confidence | null, isKnown: boolean): Confidence | null {
  const { base, context } = given;
  if (isKnown) return place;
  if (context.isTest) {
    return context.isMentioned && !context.hasRival && base.kind !== "foreign" ? "low" : null;
  }
  if (base.kind === "platform" || base.kind === "wrong") return "high";
  if (base.kind === "foreign" || context.hasRival) return null;
  if (context.isMentioned) return "medium";
  if (!context.isInProject) return null;
  return hasOwnRoot(given) ? "medium" : "low";
}
