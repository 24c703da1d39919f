import type { Operation } from "../../facts/operation.ts";
import { nameOf } from "../../lookup/operation-lookup.ts";
import type { PlatformContext } from "../read/platform-context.ts";
import type { ScanIndex } from "../read/scan-index.ts";
import type { ReadReceiver, Receiver } from "../read/sdk-receiver.ts";
import type { SourceText } from "../text/source-text.ts";
import { type Confidence, type Judgement, judgement } from "./finding.ts";
import { isSymbol, receiverByName } from "./sdk-dispatch.ts";

/** A name that looks like an SDK method, with the operations of that name. */
export interface SdkName {
  readonly offset: number;
  readonly name: string;
  readonly operations: readonly Operation[];
  readonly removed: Operation | null;
  /**
   * Whether the name is a Java class for the arguments of a call, such as `GetUserRequest`, and not the call itself.
   */
  readonly isRequestClass: boolean;
}

/**
 * Matches a possible name of an SDK method. Every repetition is bounded, because each one uses stack; no
 * operation's name reaches the bounds.
 */
const NAME =
  /(?<![A-Za-z0-9])(?:[gG]et|[pP]ost|[pP]ut|[pP]atch|[dD]elete|[hH]ead)(?:[A-Z]\w{1,500}|(?:_[a-z0-9]{1,99}){1,99})/g;
/**
 * Matches the suffix for the kind of call, and the digit that some SDKs add to distinguish names that differ only in
 * case.
 */
const SUFFIX = /0?(?:WithHttpInfo|Async|_with_http_info|_async)*$/;

/**
 * Returns the name of a method without the suffix for the kind of call: `getUser` for `getUserWithHttpInfo`.
 */
export function plainSdkName(name: string): string {
  return name.replace(SUFFIX, "");
}

/** Finds every SDK name of an operation in the text. It must be fast, because it reads every file. */
export function findSdkNames(text: string, index: ScanIndex): readonly SdkName[] {
  const found: SdkName[] = [];
  for (const { index: offset, 0: name } of text.matchAll(NAME)) {
    const operations = index.operationsNamed(name);
    if (operations.length > 0) {
      found.push({ offset, name, operations, removed: null, isRequestClass: false });
      continue;
    }
    const bare = plainSdkName(name);
    const plain = bare === name ? name.replace(/Request$/, "") : bare;
    const others = plain === name ? [] : index.operationsNamed(plain);
    const removed = others.length > 0 ? null : index.removedNamed(plain);
    if (others.length > 0 || removed !== null) {
      found.push({
        offset,
        name,
        operations: others,
        removed,
        isRequestClass: bare === name && plain !== name,
      });
    }
  }
  return found;
}

/** Classifies the name of an SDK method in its context; null when the name there does not refer to the SDK. */
export function judgeSdkName(
  source: SourceText,
  sdkName: SdkName,
  context: PlatformContext,
  readReceiver: ReadReceiver,
): Judgement | null {
  // Shell and YAML can't call an SDK, so the name is only mentioned there.
  const isComment = source.commentAt(sdkName.offset) !== null || source.language.mode !== "code";
  const isString = source.stringAt(sdkName.offset) !== null;
  const receiver =
    isString || isSymbol(source, sdkName.offset)
      ? receiverByName(source, sdkName, context)
      : readReceiver(sdkName.offset, sdkName.name, sdkName.isRequestClass);
  if (receiver === null) return null;
  const confidence = confidenceOf(sdkName, receiver, context, isComment);
  if (confidence === null) return null;
  const [only, ...others] = sdkName.operations;
  const path = only?.path ?? sdkName.removed?.path ?? null;
  if (sdkName.removed !== null) {
    const message = `\`${nameOf(sdkName.removed)}\` was removed from the API`;
    return judgement({ kind: "removed", confidence: isComment ? "low" : confidence, path, message });
  }
  const kind = isComment ? "comment" : "sdk-call";
  const isOne = only !== undefined && others.length === 0;
  return judgement({
    kind,
    confidence: isComment ? "low" : confidence,
    operation: isOne ? only : null,
    candidates: isOne ? [] : sdkName.operations,
    path,
    message: isOne
      ? `\`${nameOf(only)}\`: method \`${sdkName.name}\` of the SDK`
      : `\`${sdkName.name}\` is the name of ${sdkName.operations.length} operations that differ only in case`,
  });
}

/**
 * Returns the confidence that a name refers to the platform's SDK; null when it is too low. A longer name is more
 * specific: many libraries have a `getUser`, but only this SDK has a `postAnalyticsConversationsDetailsQuery`.
 */
function confidenceOf(
  { name, isRequestClass }: SdkName,
  receiver: Receiver,
  context: PlatformContext,
  isComment: boolean,
): Confidence | null {
  const words = countWords(plainSdkName(name));
  const isNear = context.isMentioned || context.isInProject;
  if (isComment) return isNear && words >= (context.usesSdk ? 2 : 3) ? "low" : null;
  if (isRequestClass) return context.usesSdk ? "high" : null;
  switch (receiver) {
    case "api":
      if (context.usesSdk) return "high";
      if (isNear) return words >= 2 ? "high" : "medium";
      return words >= 3 ? "medium" : words === 2 && !context.hasRival ? "low" : null;
    case "other":
      if (context.usesSdk) return words >= 3 ? "high" : words === 2 ? "medium" : null;
      if (isNear) return words >= 3 ? "medium" : null;
      return words >= 4 ? "medium" : null;
    case "own":
      return words >= 4 && isNear ? "low" : null;
    case "none":
      return words >= 3 && context.usesSdk ? "medium" : words >= 4 && isNear ? "low" : null;
    case "reference":
      return context.usesSdk ? "medium" : isNear && words >= 3 ? "low" : null;
    case "listed":
      return context.usesSdk || words >= 2 ? "medium" : "low";
  }
}

/** Returns the number of words in a name after its verb. */
function countWords(name: string): number {
  return name.includes("_")
    ? name.split("_").length - 1
    : (name.match(/[A-Z]/g) ?? []).length - (/^[A-Z]/.test(name) ? 1 : 0);
}
