import type { MethodEvidence } from "../method/method-evidence.ts";
import type { PathSite } from "../read/path-site.ts";
import type { BaseKind, PlatformContext } from "../read/platform-context.ts";
import type { ScanIndex } from "../read/scan-index.ts";
import type { Confidence, Judgement } from "./finding.ts";

/** What the judgement of a path rests on. */
export interface PathCase {
  readonly site: PathSite;
  readonly base: BaseKind;
  readonly evidence: MethodEvidence | null;
  readonly context: PlatformContext;
  readonly index: ScanIndex;
}

/** First words that the APIs of other products have behind `/api/v2` as well. */
const COMMON_WORDS: ReadonlySet<string> = new Set(
  "alerts apps audits channels conversations dashboards devices downloads emails events groups integrations jobs languages license locations messages metrics monitors notifications organizations profiles projects reports roles search settings tags teams tests tickets tokens uploads usage users views webhooks workflows".split(
    " ",
  ),
);

/**
 * How sure it is that a path is one of the platform's, by its surroundings and by how much it says itself; null
 * when it is more likely another product's, or nobody's.
 */
export function placeConfidence({ base, context, site }: PathCase, isKnown: boolean): Confidence | null {
  if (base.kind === "platform" || base.kind === "wrong") return "high";
  const telling = isKnown ? howTelling(site.path) : 0;
  // A gateway of one's own has a foreign host; in a test it stands in for the platform.
  if (base.kind === "foreign") return telling === 2 && !context.isTest ? "medium" : null;
  if (context.isMentioned) return context.hasRival && telling === 0 ? "low" : "high";
  if (telling === 2) return "high";
  if (telling === 0 && (context.hasRival || !isKnown)) return null;
  if (context.isInProject) return telling === 1 ? "high" : "medium";
  return telling === 1 ? "medium" : "low";
}

/** The kind and confidence of a path that is spoken of, or called. */
export function kindOfUse(
  { site }: PathCase,
  confidence: Confidence,
): Pick<Judgement, "kind" | "confidence"> {
  return site.isComment ? { kind: "comment", confidence: "low" } : { kind: "path", confidence };
}

/** 2: no other API has such a path; 1: hardly any; 0: many have. */
function howTelling(path: string): 0 | 1 | 2 {
  const words = path
    .split("/")
    .slice(3)
    .filter((segment) => !segment.startsWith("{"));
  const isCommon = COMMON_WORDS.has(words[0] ?? "");
  if (words.length >= 4 || (words.length >= 2 && !isCommon)) return 2;
  return words.length === 3 || (words.length === 1 && !isCommon) ? 1 : 0;
}
