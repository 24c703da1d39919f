import { findCliCommands, judgeCliCommand } from "./judge/cli-command.ts";
import {
  type FindingKind,
  type Judgement,
  judgement,
  type PlacedJudgement,
  type ScanFinding,
} from "./judge/finding.ts";
import { judgePath } from "./judge/judge-path.ts";
import { judgeListed, judgeRootless } from "./judge/judge-rootless.ts";
import { findScopeMistakes } from "./judge/scope-text.ts";
import { findSdkNames, judgeSdkName } from "./judge/sdk-call.ts";
import { findSdkMistakes } from "./judge/sdk-mistake.ts";
import { judgeTerraform } from "./judge/terraform.ts";
import { findTokenMistakes } from "./judge/token-address.ts";
import { findTopics, mayHoldTopics } from "./judge/topic.ts";
import { findMethod, isOnlyMentioned, isPattern } from "./method/find-method.ts";
import { methodOfListed } from "./method/listed-method.ts";
import { assignedBy } from "./read/constants.ts";
import type { PathSite } from "./read/path-site.ts";
import { findPathSites, type PathSites } from "./read/path-sites.ts";
import {
  classifyBase,
  mentionsPlatform,
  type PlatformContext,
  readContext,
} from "./read/platform-context.ts";
import { mayHoldTerraform, readTerraform } from "./read/read-terraform.ts";
import { isSentToRival } from "./read/rival-client.ts";
import { findRootlessSites, isOperationPath } from "./read/rootless-sites.ts";
import type { ScanIndex } from "./read/scan-index.ts";
import { createReceiverReader } from "./read/sdk-receiver.ts";
import { SourceText } from "./text/source-text.ts";
import { findHelperCalls } from "./tree/helper-sites.ts";
import { createTreeReader, type TreeFacts } from "./tree/tree-facts.ts";

export interface ScanTextOptions {
  /** Name of the file. Its extension determines the language, and findings include it. */
  readonly file: string;
  readonly index: ScanIndex;
  /** The combined facts of all files in its tree; those of the file alone when absent. */
  readonly tree?: TreeFacts;
  /** Whether the scan also reads a directory. The argument is relative to the file's directory. */
  readonly reaches?: (directory: string) => boolean;
}

/** Kinds of findings that are calls and not mistakes. */
const CALLS: ReadonlySet<FindingKind> = new Set(["path", "sdk-call", "cli", "topic", "comment"]);

/**
 * Finds the calls that source text in any language makes to the platform API, and the mistakes in them, in
 * text order. Executes nothing and needs no grammar: follows paths across joined strings, names and calls.
 */
export function scanText(
  text: string,
  { file, index, tree: given, reaches = () => true }: ScanTextOptions,
): readonly ScanFinding[] {
  const source = new SourceText(file, text);
  const { tree, sites } = given === undefined ? readAlone(source) : { tree: given, sites: null };
  const context = readContext(text, file, tree.isPlatform);
  const terraform = readTerraform(source);
  const isOfPlatform = context.isMentioned || context.isInProject;
  const blocks = terraform === null ? [] : judgeTerraform(terraform, { index, reaches, isOfPlatform });
  // A plan or state repeats every value of its configuration, and its contents are not calls.
  const named = terraform?.isDocument === true ? [] : judgeText(source, context, { tree, sites }, index);
  return inOrder(source, [...blocks, ...(context.isTest ? named.map(doubted) : named)]);
}

/** The facts that a scan has before it judges the text. */
interface Known {
  readonly tree: TreeFacts;
  /** The paths in the text if they were already read; null otherwise. */
  readonly sites: PathSites | null;
}

/** Judges every name, path and address in the text. */
function judgeText(
  source: SourceText,
  context: PlatformContext,
  known: Known,
  index: ScanIndex,
): readonly PlacedJudgement[] {
  const { text } = source;
  const { tree } = known;
  const sdkNames = findSdkNames(text, index);
  const commands = findCliCommands(text);
  const mayCallHelpers = tree.isPlatform && tree.helpers.size > 0;
  const hasPaths = /api\/v\d/.test(text) || mentionsPlatform(text) || mayCallHelpers;
  const hasTopics = mayHoldTopics(text);
  const hasTokens = text.includes("/oauth/token");
  const hasScopes = /scope/i.test(text);
  const hasNames = sdkNames.length > 0 || commands.length > 0 || hasTopics;
  if (!hasNames && !hasPaths && !hasTokens && !hasScopes) return [];
  const isNear = context.isMentioned || context.isInProject;
  if (!hasPaths && !hasNames && !isNear) return [];
  return [
    ...(hasPaths ? judgePaths(source, context, known, index) : []),
    ...judgeNames(source, context, sdkNames),
    ...(context.usesSdk ? findSdkMistakes(source, index) : []),
    ...commands.flatMap((command) => placed(command.offset, judgeCliCommand(source, command, index))),
    ...(hasTopics ? findTopics(source, index) : []),
    ...(hasTokens ? findTokenMistakes(source, context) : []),
    ...(hasScopes && isNear ? findScopeMistakes(source, context, index) : []),
  ];
}

/** Reads a tree of one file, which may itself define helpers and roots. */
function readAlone(source: SourceText): Known {
  const reader = createTreeReader();
  const sites = reader.add(source);
  const tree = reader.facts(false);
  // Paths elsewhere in the file may depend on a root, so the file is read again with all roots known.
  return { tree, sites: tree.roots.size === 0 ? sites : null };
}

/** Lowers the confidence of a mistake in a test: it may be deliberate, or the test answers the request itself. */
function doubted({ offset, judgement: finding }: PlacedJudgement): PlacedJudgement {
  return { offset, judgement: CALLS.has(finding.kind) ? finding : { ...finding, confidence: "low" } };
}

/**
 * Returns whether the text contains anything that may be a path, an SDK method, a command or a Terraform block.
 */
export function holdsNames(file: string, text: string, index: ScanIndex): boolean {
  return (
    mayHoldTerraform(file, text) ||
    /api\/v\d|\/oauth\/token/.test(text) ||
    mayHoldTopics(text) ||
    findCliCommands(text).length > 0 ||
    findSdkNames(text, index).length > 0
  );
}

/** Matches the first word of a path without the root of the API. */
const RELATIVE_PATH = /["'`\s]\/?([a-z]{4,40})[/?"'`]/g;

/** Returns whether the text contains anything that may be a path of the API without its root. */
export function holdsRelativePaths(text: string, index: ScanIndex): boolean {
  for (const [, word = ""] of text.matchAll(RELATIVE_PATH)) {
    if (index.isRootWord(word)) return true;
  }
  return false;
}

function judgePaths(
  source: SourceText,
  context: PlatformContext,
  { tree, sites: known }: Known,
  index: ScanIndex,
): readonly PlacedJudgement[] {
  const { sites, extended, hasRoot, resolve } = known ?? findPathSites(source, tree.roots);
  const calls = findHelperCalls(source, tree, resolve);
  const isRelative = hasRoot || (tree.hasRoot && context.isMentioned);
  const starts = new Set(sites.map(({ start }) => start));
  // A string that continues a known path, `url += "/users"`, is not a separate path.
  const alone = isRelative || context.isMentioned ? findRootlessSites(source, isRelative, index) : [];
  const rootless = alone.filter(({ start }) => !starts.has(start));
  const whole = sites.flatMap((found) => {
    if (isPattern(found)) return [];
    const base = classifyBase(found.base);
    const stated = findMethod(source, found);
    const ofHelper = calls.methods.get(found.start) ?? null;
    const evidence = stated === null || stated.isSupposed ? (ofHelper ?? stated) : stated;
    // In a line of shell or YAML that neither calls nor configures a path, a bare path is only mentioned.
    const isProse = source.language.mode === "lines" && evidence === null && found.base === "";
    const isComment = found.isComment || isProse || isOnlyMentioned(source, found);
    const site = { ...found, isComment };
    // A path that other code extends does not count as a site.
    if (extended.has(site.start) && (evidence === null || site.isOpenEnded)) return [];
    if (!/^\/api\/v2(?:\/|$)/.test(site.path) && base.kind !== "platform") return [];
    if (context.hasRival && base.kind === "open" && isSentToRival(source, site.start)) return [];
    const assignedTo = assignedBy(source, site.start)?.name ?? null;
    const judgements = judgePath({ site, base, evidence, assignedTo, context, index });
    const wrong = base.kind === "wrong" && judgements.length > 0 ? [wrongHost(site, base)] : [];
    return [...judgements, ...wrong].map((judged) => ({ offset: site.offset, judgement: judged }));
  });
  const completed = new Set(calls.sites.map(({ site }) => site.start));
  const partial = [
    ...calls.sites.filter(({ site }) => isOperationPath(site.path, index)),
    ...rootless
      .filter(({ start, listedAs }) => listedAs === null && !completed.has(start))
      .map((site) => ({ site, evidence: null })),
  ];
  const listed = rootless.flatMap((site) =>
    site.listedAs === null ? [] : judgeListed(site, methodOfListed(site.listedAs), context, index),
  );
  return [
    ...whole,
    ...listed,
    ...partial.flatMap(({ site, evidence }) => judgeRootless(source, site, evidence, context, index)),
  ];
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

/**
 * Judges the SDK names of a file. A class for a call's arguments is reported only when the file does not
 * contain the call.
 */
function judgeNames(
  source: SourceText,
  context: PlatformContext,
  names: ReturnType<typeof findSdkNames>,
): readonly PlacedJudgement[] {
  const readReceiver = createReceiverReader(source);
  const judged = names.flatMap((name) =>
    placed(name.offset, judgeSdkName(source, name, context, readReceiver)).map((found) => ({
      ...found,
      name,
    })),
  );
  const called = new Set(
    judged
      .filter(({ name }) => !name.isRequestClass)
      .map(({ judgement: { path, operation } }) => `${operation?.method} ${path}`),
  );
  return judged.filter(
    ({ name, judgement: { path, operation } }) =>
      !name.isRequestClass || !called.has(`${operation?.method} ${path}`),
  );
}

function placed(offset: number, judged: Judgement | null): readonly PlacedJudgement[] {
  return judged === null ? [] : [{ offset, judgement: judged }];
}

/** Returns the findings in text order, without duplicates on a line. */
function inOrder(source: SourceText, judged: readonly PlacedJudgement[]): readonly ScanFinding[] {
  const found = new Map<string, ScanFinding>();
  for (const { offset, judgement: finding } of judged.toSorted((left, right) => left.offset - right.offset)) {
    const place = source.placeOf(offset);
    const called =
      finding.operation === null ? finding.message : `${finding.operation.method} ${finding.operation.path}`;
    const key = `${place.line} ${finding.kind} ${called}`;
    if (!found.has(key)) found.set(key, { file: source.file, ...place, ...finding });
  }
  return [...found.values()];
}
