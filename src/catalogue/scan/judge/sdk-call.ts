import type { Operation } from "../../facts/operation.ts";
import { nameOf } from "../../lookup/operation-lookup.ts";
import { assignedBy } from "../read/constants.ts";
import type { PlatformContext } from "../read/platform-context.ts";
import type { ScanIndex } from "../read/scan-index.ts";
import type { ReadReceiver, Receiver } from "../read/sdk-receiver.ts";
import type { SourceText } from "../text/source-text.ts";
import { type Confidence, type Judgement, judgement } from "./finding.ts";

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
 * Matches what may be the name of an SDK method. Every repetition is bounded, because each one uses stack; no
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

/** Judges the name of an SDK method in its context; null when the name there does not refer to the SDK. */
export function judgeSdkName(
  source: SourceText,
  sdkName: SdkName,
  context: PlatformContext,
  readReceiver: ReadReceiver,
): Judgement | null {
  // Shell and YAML can't call an SDK, so the name is only mentioned there.
  const isComment = source.commentAt(sdkName.offset) !== null || source.language.mode !== "code";
  const isString = source.stringAt(sdkName.offset) !== null;
  const receiver = isString
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

/** Matches code that calls a method by the name in the following string. */
const DISPATCHES =
  /(?:getattr\([^()\n]{0,80},\s*|[\w)]\s*(?:\?\.)?\[\s*|\.(?:public_)?send\(\s*|\.(?:getMethod|GetMethod|InvokeMember)\(\s*)$/;

/** Matches the instance of an API class before the name of its method: `readAll(usersApi, "getUsers")`. */
const BESIDE_API = /\(\s*(?:[\w$]{1,40}\.){0,3}[\w$]{0,40}[aA]pi,\s*(?:\w{1,40}\s*[=:]\s*)?$/;
/**
 * Matches the name of an API class in the string before the one with the method: `call("UsersApi", "get_users_me")`.
 */
const AFTER_CLASS = /["'][A-Z]\w{1,60}Api["']\s*,\s*$/;
/** Maximum number of characters between a string and the call of the variable that holds it. */
const CALL_REACH = 4000;

/**
 * Returns the receiver of a method that the code calls by its name in a string; null when the string is not exactly the
 * name, or nothing calls it.
 */
function receiverByName(
  source: SourceText,
  { offset, name }: SdkName,
  { usesSdk, isMentioned, isInProject }: PlatformContext,
): Receiver | null {
  const string = source.stringAt(offset);
  if (string?.contentStart !== offset || string.contentEnd !== offset + name.length) return null;
  const before = Math.max(0, string.start - 120);
  const isNear = usesSdk || isMentioned || isInProject;
  if (isNear && AFTER_CLASS.test(source.text.slice(before, string.start))) return "api";
  const isCalled =
    usesSdk &&
    (DISPATCHES.test(source.code.slice(before, string.start)) ||
      BESIDE_API.test(source.code.slice(before, string.start)) ||
      isHeldAndCalled(source, string.start));
  return isCalled ? "reference" : null;
}

/**
 * Returns whether the code calls a method through the variable that holds the string:
 * `$m = "getUsers"; $api->$m()`.
 */
function isHeldAndCalled(source: SourceText, start: number): boolean {
  const held = assignedBy(source, start)?.name;
  if (held === undefined) return false;
  const calls = new RegExp(
    `->\\{?\\$${held}\\}?\\s*\\(|[\\w)]\\[\\s*${held}\\s*\\]\\s*\\(|(?:getattr\\([^()\\n]{0,80},\\s*|\\.(?:public_)?send\\(\\s*)${held}\\b`,
  );
  return calls.test(source.code.slice(start, start + CALL_REACH));
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
  }
}

/** Returns the number of words in a name after its verb. */
function countWords(name: string): number {
  return name.includes("_")
    ? name.split("_").length - 1
    : (name.match(/[A-Z]/g) ?? []).length - (/^[A-Z]/.test(name) ? 1 : 0);
}
