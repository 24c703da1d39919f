import { findMethod, isOnlyMentioned } from "../method/find-method.ts";
import type { MethodEvidence } from "../method/method-evidence.ts";
import type { PathSite } from "../read/path-site.ts";
import type { PlatformContext } from "../read/platform-context.ts";
import type { ScanIndex } from "../read/scan-index.ts";
import type { SourceText } from "../text/source-text.ts";
import { type PlacedJudgement, weaker } from "./finding.ts";
import { judgePath } from "./judge-path.ts";

/** Classifies a path in a list of endpoints, which other code may or may not call. */
export function judgeListed(
  site: PathSite,
  evidence: MethodEvidence | null,
  context: PlatformContext,
  index: ScanIndex,
): readonly PlacedJudgement[] {
  const judged = judgePath({ site, base: { kind: "open" }, evidence, assignedTo: null, context, index });
  return judged
    .filter(({ kind }) => kind === "path" || kind === "removed")
    .map((finding) => ({ offset: site.offset, judgement: { ...finding, confidence: "low" } }));
}

/** Classifies a path without its root. The confidence depends on how clearly the code calls it. */
export function judgeRootless(
  source: SourceText,
  site: PathSite,
  ofHelper: MethodEvidence | null,
  context: PlatformContext,
  index: ScanIndex,
): readonly PlacedJudgement[] {
  const stated = findMethod(source, site);
  const evidence = stated?.isCertain === true ? stated : (ofHelper ?? stated);
  const isCalled = evidence?.isCertain === true || ofHelper !== null;
  // A known helper sends the path, even where the call resembles the route of a server.
  if ((!isCalled && site.before === "") || (ofHelper === null && isOnlyMentioned(source, site))) return [];
  const judged = judgePath({ site, base: { kind: "open" }, evidence, assignedTo: null, context, index });
  return judged
    .filter(({ kind }) => kind === "path" || kind === "removed")
    .map((finding) => ({
      offset: site.offset,
      judgement: { ...finding, confidence: isCalled ? weaker(finding.confidence, "medium") : "low" },
    }));
}
