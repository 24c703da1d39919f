import type { MethodEvidence } from "../method/method-evidence.ts";
import type { PathSite } from "../read/path-site.ts";
import type { BaseKind, PlatformContext } from "../read/platform-context.ts";
import type { ScanIndex } from "../read/scan-index.ts";
import type { Confidence, Judgement } from "./finding.ts";

/** The facts that the classification of a path is based on. */
export interface PathCase {
  readonly site: PathSite;
  readonly base: BaseKind;
  readonly evidence: MethodEvidence | null;
  /** Name or key that the path is assigned to; null if absent. */
  readonly assignedTo: string | null;
  readonly context: PlatformContext;
  readonly index: ScanIndex;
}

/** First segments that also follow `/api/v2` in the APIs of other products. */
const COMMON_WORDS: ReadonlySet<string> = new Set(
  "alerts apps audits channels conversations dashboards devices downloads emails events groups integrations jobs languages license locations messages metrics monitors notifications organizations profiles projects reports roles search settings tags teams tests tickets tokens uploads usage users views webhooks workflows".split(
    " ",
  ),
);

/**
 * Returns the confidence that a path belongs to the platform, based on its surroundings and its own words; null
 * when it more likely belongs to another product or to none.
 */
export function placeConfidence({ base, context, site }: PathCase, isKnown: boolean): Confidence | null {
  if (base.kind === "platform" || base.kind === "wrong") return "high";
  const specificity = isKnown ? specificityOf(site.path) : 0;
  // A private gateway also has a foreign host. In a test, a foreign host usually belongs to a mock server.
  if (base.kind === "foreign") return specificity === 2 && !context.isTest ? "medium" : null;
  if (context.isMentioned) return context.hasRival && specificity === 0 ? "low" : "high";
  if (specificity === 2) return "high";
  if (specificity === 0 && (context.hasRival || !isKnown)) return null;
  if (context.isInProject) return specificity === 1 ? "high" : "medium";
  return specificity === 1 ? "medium" : "low";
}

/** Returns the kind and confidence of a path, depending on whether a comment mentions it or the code calls it. */
export function kindOfUse(
  { site }: PathCase,
  confidence: Confidence,
): Pick<Judgement, "kind" | "confidence"> {
  return site.isComment ? { kind: "comment", confidence: "low" } : { kind: "path", confidence };
}

/** Returns whether the first segment of a path occurs in the platform's API and hardly in any other. */
export function hasOwnRoot({ site, index }: Pick<PathCase, "site" | "index">): boolean {
  const [word = ""] = site.path.split("/").slice(3);
  return index.isRootWord(word) && !COMMON_WORDS.has(word);
}

/**
 * Returns how specific a path is. 2: no other API has such a path. 1: hardly any other API has one. 0: many
 * do.
 */
function specificityOf(path: string): 0 | 1 | 2 {
  const words = path
    .split("/")
    .slice(3)
    .filter((segment) => !segment.startsWith("{"));
  const isCommon = COMMON_WORDS.has(words[0] ?? "");
  if (words.length >= 4 || (words.length >= 2 && !isCommon)) return 2;
  return words.length === 3 || (words.length === 1 && !isCommon) ? 1 : 0;
}
