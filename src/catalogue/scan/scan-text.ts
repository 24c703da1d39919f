import { findCliCommands, judgeCliCommand } from "./judge/cli-command.ts";
import type { FindingKind, Judgement, PlacedJudgement, ScanFinding } from "./judge/finding.ts";
import { findScopeMistakes } from "./judge/scope-text.ts";
import { findSdkNames, judgeSdkName } from "./judge/sdk-call.ts";
import { findSdkMistakes } from "./judge/sdk-mistake.ts";
import { judgeTerraform } from "./judge/terraform.ts";
import { findTokenMistakes } from "./judge/token-address.ts";
import { findTopics, mayHoldTopics } from "./judge/topic.ts";
import { judgePaths, type Known } from "./judge-paths.ts";
import { mentionsPlatform, type PlatformContext, readContext } from "./read/platform-context.ts";
import { mayHoldTerraform, readTerraform } from "./read/read-terraform.ts";
import type { ScanIndex } from "./read/scan-index.ts";
import { createReceiverReader } from "./read/sdk-receiver.ts";
import { SourceText } from "./text/source-text.ts";
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

/** Matches the root of an API path, in one piece or as two segments of a list. */
const PATH_ROOT = /api(?:\/|"\s*,\s*")v\d/;

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
  const { tree, sites } = given === undefined ? readAlone(source, index) : { tree: given, sites: null };
  const context = readContext(text, file, tree);
  const terraform = readTerraform(source);
  const isOfPlatform = context.isMentioned || context.isInProject;
  const blocks = terraform === null ? [] : judgeTerraform(terraform, { index, reaches, isOfPlatform });
  // A plan or state repeats every value of its configuration, and its contents are not calls.
  const named = terraform?.isDocument === true ? [] : judgeText(source, context, { tree, sites }, index);
  return inOrder(source, [...blocks, ...(context.isTest ? named.map(doubted) : named)]);
}

/** Classifies every name, path and address in the text. */
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
  const mayCallHelpers = tree.isPlatform && tree.helpers.size + tree.values.size + tree.clients.length > 0;
  const hasPaths = PATH_ROOT.test(text) || mentionsPlatform(text) || mayCallHelpers;
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

/** Reads the facts of a single file, which may define its own helpers and API roots. */
function readAlone(source: SourceText, index: ScanIndex): Known {
  const reader = createTreeReader(index.isRootWord);
  const sites = reader.add(source);
  const tree = reader.facts(false);
  // Paths elsewhere in the file may depend on a root, so the file is read again with all roots known.
  return { tree, sites: tree.roots.size === 0 ? sites : null };
}

/**
 * Lowers the confidence in a mistake that is found in a test: it may be deliberate, or the test answers the request
 * itself.
 */
function doubted({ offset, judgement: finding }: PlacedJudgement): PlacedJudgement {
  return { offset, judgement: CALLS.has(finding.kind) ? finding : { ...finding, confidence: "low" } };
}

/**
 * Returns whether the text contains anything that may be a path, an SDK method, a command or a Terraform block.
 */
export function holdsNames(file: string, text: string, index: ScanIndex): boolean {
  return (
    mayHoldTerraform(file, text) ||
    PATH_ROOT.test(text) ||
    text.includes("/oauth/token") ||
    mayHoldTopics(text) ||
    findCliCommands(text).length > 0 ||
    findSdkNames(text, index).length > 0
  );
}

/** Matches text that occurs in every file with a helper. */
const SENDS =
  /https?:\/\/|\bfetch\b|\brequests?\b|axios|curl|Invoke-|HttpClient|RestTemplate|getattr|public_send/;

/** Returns whether the text may define a function that sends requests. */
export function maySend(text: string): boolean {
  return SENDS.test(text);
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

/**
 * Classifies the SDK names in a file. A class for a call's arguments is reported only when the file does not
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
