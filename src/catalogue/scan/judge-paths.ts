import { type Judgement, judgement, type PlacedJudgement } from "./judge/finding.ts";
import { judgePath } from "./judge/judge-path.ts";
import { judgeListed, judgeRootless } from "./judge/judge-rootless.ts";
import { findMethod, isOnlyMentioned, isPattern } from "./method/find-method.ts";
import { methodOfListed } from "./method/listed-method.ts";
import { assignedBy } from "./read/constants.ts";
import type { PathSite } from "./read/path-site.ts";
import { findPathSites, type PathSites } from "./read/path-sites.ts";
import { classifyBase, type PlatformContext } from "./read/platform-context.ts";
import { isSentToRival } from "./read/rival-client.ts";
import { findRootlessSites, isOperationPath } from "./read/rootless-sites.ts";
import type { ScanIndex } from "./read/scan-index.ts";
import type { Resolve } from "./text/literal.ts";
import type { SourceText } from "./text/source-text.ts";
import { usesClient } from "./tree/client-file.ts";
import { findHelperCalls } from "./tree/helper-sites.ts";
import { keyOf } from "./tree/named-value.ts";
import { findReferences } from "./tree/reference-sites.ts";
import { createValueResolver } from "./tree/resolve-values.ts";
import { findSegmentChains } from "./tree/segment-chain.ts";
import { findSegmentLists } from "./tree/segment-list.ts";
import { type TreeFacts, valuesOf } from "./tree/tree-facts.ts";

/** The facts that a scan has before it classifies the text. */
export interface Known {
  readonly tree: TreeFacts;
  /** The paths in the text if they were already read; null otherwise. */
  readonly sites: PathSites | null;
}

/**
 * Classifies the paths in a file, including those that are completed by names and helpers elsewhere in its tree.
 */
export function judgePaths(
  source: SourceText,
  context: PlatformContext,
  { tree, sites: known }: Known,
  index: ScanIndex,
): readonly PlacedJudgement[] {
  const { sites, extended, hasRoot, resolve } =
    known ?? findPathSites(source, source.language.mode === "code" ? tree.roots : tree.wordRoots);
  const { definitions: functions, values } = valuesOf(source, index.isRootWord);
  const ofValue = createValueResolver({ source, definitions: functions, own: values, table: tree.values });
  const definitions = new Map(
    values.filter(({ isWide }) => isWide).map((value) => [value.offset, keyOf(value)] as const),
  );
  const resolveAll: Resolve = (expression, offset) =>
    resolve(expression, offset) ?? ofValue(expression, offset);
  const calls = findHelperCalls(source, tree, resolveAll);
  const isRelative = hasRoot || (tree.hasRoot && context.isMentioned) || usesClient(source, tree.clients);
  const references = findReferences(source, { table: tree.values, own: values }, resolveAll, isRelative);
  const starts = new Set(sites.map(({ start }) => start));
  // A string that continues a known path, `url += "/users"`, is not a separate path.
  const alone = isRelative || context.isMentioned ? findRootlessSites(source, isRelative, index) : [];
  const rootless = alone.filter(({ start }) => !starts.has(start));
  const whole = [...sites, ...findSegmentLists(source)].flatMap((found) => {
    if (isPattern(found)) return [];
    const base = classifyBase(found.base);
    const stated = findMethod(source, found);
    const ofHelper = calls.methods.get(found.start) ?? null;
    const evidence = stated === null || stated.isSupposed ? (ofHelper ?? stated) : stated;
    // In a line of shell or YAML that neither calls nor configures a path, a bare path is only mentioned.
    const isProse = source.language.mode === "lines" && evidence === null && found.base === "";
    const isComment = found.isComment || isProse || isOnlyMentioned(source, found);
    const site = { ...found, isComment };
    // A path that other code extends is not reported separately.
    if (extended.has(site.start) && (evidence === null || site.isOpenEnded)) return [];
    if (calls.used.has(site.start) && evidence?.isCertain !== true) return [];
    if (!/^\/api\/v2(?:\/|$)/.test(site.path) && base.kind !== "platform") return [];
    if (context.hasRival && base.kind === "open" && isSentToRival(source, site.start)) return [];
    const assignedTo = assignedBy(source, site.start)?.name ?? null;
    const judgements = judgePath({ site, base, evidence, assignedTo, context, index });
    const wrong = base.kind === "wrong" && judgements.length > 0 ? [wrongHost(site, base)] : [];
    const definition = definitions.get(site.start);
    return [...judgements, ...wrong].map((judged) => ({
      offset: site.offset,
      judgement:
        definition === undefined || judged.candidates.length === 0 ? judged : { ...judged, definition },
    }));
  });
  const completed = new Set(calls.sites.map(({ site }) => site.start));
  for (const { start, definitions: named } of references.unclear) {
    if (!completed.has(start)) addAll(tree.values.unclear, named);
  }
  const lone = new Set(rootless.map(({ start }) => start));
  const chains = isRelative || context.isMentioned ? findSegmentChains(source, index) : [];
  const partial = [
    ...calls.sites.filter(({ site }) => isOperationPath(site.path, index)),
    ...references.sites.filter(
      ({ site, valueAt }) =>
        [site.start, valueAt].every(
          (start) => !starts.has(start) && !completed.has(start) && !lone.has(start),
        ) && isOperationPath(site.path, index),
    ),
    ...chains.map((site) => ({ site, evidence: null, definitions: [] })),
    ...rootless
      .filter(({ start, listedAs }) => listedAs === null && !completed.has(start))
      .map((site) => ({ site, evidence: null, definitions: [] })),
  ];
  const listed = rootless.flatMap((site) =>
    site.listedAs === null ? [] : judgeListed(site, methodOfListed(site.listedAs), context, index),
  );
  return [
    ...whole,
    ...listed,
    ...partial.flatMap(({ site, evidence, definitions: named }) => {
      const judged = judgeRootless(source, site, evidence, context, index);
      const isCalled = judged.some(({ judgement: { operation } }) => operation !== null);
      if (isCalled) addAll(tree.values.called, named);
      return judged;
    }),
  ];
}

function addAll(known: Set<string>, added: readonly string[]): void {
  for (const key of added) known.add(key);
}

function wrongHost(
  site: PathSite,
  base: { readonly host: string; readonly why: string; readonly domain: string | null },
): Judgement {
  const right = base.domain === null ? "`api.` before the region's domain" : `\`api.${base.domain}\``;
  return judgement({
    kind: "wrong-host",
    confidence: site.isComment ? "low" : "high",
    path: site.path,
    message: `\`${base.host}\` is not the API's host: ${base.why}; use ${right}`,
  });
}
