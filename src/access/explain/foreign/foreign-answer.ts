import { classifyHost } from "../../../platform/region/host.ts";
import type { ForeignService } from "../../verdict/refusal-facts.ts";
import { states } from "../assertion/asserted.ts";
import { isForeignHost } from "../claims/foreign-claims.ts";
import { type Failure, IDENTITY_PROVIDER_CODE, isApiPath } from "../paste/failure.ts";
import { OWN_REFUSAL, readCalled, serviceOf } from "./called-answer.ts";
import { FOREIGN_SIGNS } from "./foreign-signs.ts";
import { findCalledProduct, findNamedProduct } from "./named-product.ts";
import { hasOwnHeader, isMarked } from "./platform-mark.ts";
import { findTool } from "./tool-signs.ts";

/** Maximum number of characters to search. The beginning of the text shows which service responded. */
const LONGEST_TEXT = 40_000;
/** Headers and fields that only responses from the platform contain. */
const OF_PLATFORM = /\binin-correlation-id\b|\bgenesys-correlation-id\b|\bcontextId\b/i;

/**
 * Returns the service that responded instead of the platform; null when the response has the platform's form, or when
 * nothing suggests another sender.
 * @param isListed whether the catalog lists the operation, because a gateway can forward such a call to the platform
 * @param words the text around the failure; empty when it could be about another failure
 */
export function findForeignAnswer(
  failure: Failure,
  { isDeclared, isListed }: { readonly isDeclared: boolean; readonly isListed: boolean },
  words: string,
  domains: readonly string[],
): ForeignService | null {
  const own = [failure.code, failure.message, ...Object.entries(failure.headers).flat()].join("\n");
  const called = readCalled(failure, own, words.slice(0, LONGEST_TEXT));
  if (called !== null) return called;
  const quote = OF_PLATFORM.test(words) ? own : `${own}\n${words.slice(0, LONGEST_TEXT)}`;
  if (AWS_REFUSAL.test(failure.message ?? "")) {
    // The error names an assumed role or a Lambda function, so a data action called AWS in the customer's
    // account.
    const isOfAction = failure.contextId !== null || /\bdata ?actions?\b|\bArchitect\b/i.test(words);
    const isCalled = isOfAction && /:assumed-role\/|\blambda:/.test(failure.message ?? "");
    return serviceOf({ name: "AWS", kind: isCalled ? "called" : "product" }, quote);
  }
  // A path outside the catalog in the log of a server belongs to that server, even if it begins like the API's.
  if (failure.isReceived && !isListed && !isMarked(failure)) {
    return serviceOf({ name: "a system of your own", kind: "own" }, quote);
  }
  const ownHost = failure.request?.host?.replace(/:\d+$/, "") ?? null;
  const byOwnHost = signOfHost(ownHost);
  // Other products also send correlation ids, some in a field of the same name.
  const isOfProduct = byOwnHost?.kind === "product" && !isDeclared && !hasOwnHeader(failure);
  if (isOfProduct) return serviceOf(byOwnHost, quote);
  if (isMarked(failure) || failure.status === 407) return null;
  // Other products use some of the same error codes, so the host counts more than a code.
  // A gateway's error with a 5xx status is not a decision about the call: the service behind the gateway failed.
  const isOutage = failure.status !== null && failure.status >= 500;
  if (byOwnHost !== undefined) {
    const isOther = byOwnHost.kind === "gateway" && isElsewhere(failure, isListed, domains);
    // A gateway product can also belong to an application that has nothing to do with the platform.
    if (!isOther || API_PATH.test(failure.request?.path ?? "")) {
      const kind = isOutage && byOwnHost.kind === "gateway" ? "unreached" : byOwnHost.kind;
      return serviceOf({ name: byOwnHost.name, kind }, quote);
    }
    return isCalledByPlatform(failure, words)
      ? serviceOf({ name: byOwnHost.name, kind: "own" }, quote)
      : serviceOf(ELSEWHERE, quote);
  }
  const isElse = isElsewhere(failure, isListed, domains);
  // Codes such as `unauthorized` are used by many services. Codes with dots come from the platform, even behind a
  // gateway with paths of its own.
  const isOfOther = isElse && !(failure.code?.includes(".") === true);
  if (failure.form === "api" && isDeclared && !isOfOther) return null;
  const target = isListed ? null : findCalledProduct(words.slice(0, LONGEST_TEXT));
  if (target !== null && !OWN_REFUSAL.test(quote)) return serviceOf({ name: target, kind: "called" }, quote);
  const named = isSilent(failure) ? findNamedProduct(words.slice(0, LONGEST_TEXT)) : null;
  if (named !== null) return serviceOf({ name: named, kind: "product" }, quote);
  const isUnplaced = failure.form === "network" && failure.request?.host == null;
  const isOfTool = (failure.form === "words" || isUnplaced) && !isListed && !isOfPlatform(failure, words);
  const tool = isOfTool ? findTool(quote) : null;
  if (tool !== null) return serviceOf({ name: tool, kind: "product" }, quote);
  const host = ownHost ?? onlyHost(words);
  const byHost = signOfHost(host);
  if (byHost !== undefined) return serviceOf(byHost, quote);
  const isPlatformHost = host !== null && classifyHost(host, domains).kind !== "other";
  // An identity provider quotes the platform's address as the target of the sign-in.
  const isOfProvider = ownHost === null && IDENTITY_PROVIDER_CODE.test(quote);
  const sign = FOREIGN_SIGNS.find(
    ({ kind, words: telling }) =>
      // `readCalled` has already looked for a called service, unless the quoted refusal is the platform's own.
      kind !== "called" &&
      !(isOutage && kind === "gateway") &&
      !(kind === "own" && isOfPlatform(failure, words) && !isOwnReceiver(failure, words, telling)) &&
      // Another product never responds from a platform host, but a gateway in between can.
      (kind === "gateway" || kind === "unreached" || kind === "caller" || !isPlatformHost || isOfProvider) &&
      states(telling, quote),
  );
  const elsewhere = isElse ? serviceOf(ELSEWHERE, quote) : null;
  // A web server on a host outside the platform belongs to the application there, unless the path is an API
  // path.
  const isReceiver =
    sign?.kind === "gateway" && isForeignHost(host, domains) && isCalledByPlatform(failure, words);
  if (isReceiver) return serviceOf({ name: sign.name, kind: "own" }, quote);
  const isInBetween =
    elsewhere === null || sign?.kind !== "gateway" || API_PATH.test(failure.request?.path ?? "");
  if (sign !== undefined && isInBetween) return serviceOf(sign, quote);
  const isStrange = elsewhere === null && isStranger(failure, { isDeclared, isPlatformHost }, words);
  return isStrange ? serviceOf(STRANGER, quote) : elsewhere;
}

/**
 * Whether the text is about a call to the platform's API, or the response has an error code. In both cases, the
 * refusal did not come from the user's own system.
 */
function isOfPlatform({ code, request }: Failure, words: string): boolean {
  return code !== null || isApiPath(request?.path ?? null) || /\/api\/v\d\//.test(words);
}

const API_PATH = /\/api\/v\d/;
const ELSEWHERE = { name: "the service at that host", kind: "elsewhere" } as const;
const STRANGER = { name: "another service", kind: "stranger" } as const;
/** Matches error codes in a style that the platform's own codes do not have: `AuthorizationFailed`, `0x80040220`. */
const STRANGE_CODE = /^(?:[A-Z][a-z]+(?:[A-Z][a-z]*)+|0x[0-9a-f]{4,16})$/;
const OF_GENESYS = /\bgenesys|\bpurecloud/i;
const OF_PLATFORM_HOST = /\bmypurecloud\.|\bpure\.cloud\b|\binin-/i;

/**
 * Whether a response has a code in the style of other services, and nothing in the text shows that the call went
 * to the platform.
 */
function isStranger(
  { form, status, code, message, request }: Failure,
  { isDeclared, isPlatformHost }: { readonly isDeclared: boolean; readonly isPlatformHost: boolean },
  words: string,
): boolean {
  // The platform's errors have a status and a code beside the message.
  const isBareMessage =
    status === null &&
    code === null &&
    message !== null &&
    !OF_GENESYS.test(words) &&
    !OWN_REFUSAL.test(message);
  return (
    form === "api" &&
    !isDeclared &&
    !isPlatformHost &&
    (STRANGE_CODE.test(code ?? "") || isBareMessage) &&
    !isApiPath(request?.path ?? null) &&
    (request?.names ?? []).length === 0 &&
    !API_PATH.test(words) &&
    !OF_PLATFORM_HOST.test(words)
  );
}

/** Names for the user's own systems that the platform calls. */
const CALLED_BY_PLATFORM = /\b(?:webhooks?|triggers?|triggered|data actions?|event ?bridge|callbacks?)\b/i;

/**
 * Whether the response came from a gateway in front of the user's own system, which the platform called as a webhook.
 */
function isCalledByPlatform({ code, contextId, request }: Failure, words: string): boolean {
  return (
    code === null &&
    contextId === null &&
    !isApiPath(request?.path ?? null) &&
    !/\/api\/v\d/.test(words) &&
    CALLED_BY_PLATFORM.test(words)
  );
}

/** Whether the sentence about the status is only about a server of the user's own that the platform calls. */
function isOwnReceiver({ code, contextId }: Failure, words: string, telling: RegExp): boolean {
  const found = telling.exec(words);
  if (found === null || code !== null || contextId !== null) return false;
  const start = Math.max(...[". ", "\n", "? "].map((end) => words.lastIndexOf(end, found.index))) + 1;
  const sentence = words.slice(start, found.index + found[0].length);
  return (
    !/\/api\/v\d/.test(sentence) && CALLED_BY_PLATFORM.test(words.slice(0, found.index + found[0].length))
  );
}

/**
 * Whether the call went to a public host outside the platform, on a path that a gateway to the platform would
 * not use: neither a path in the catalog nor a login path.
 */
function isElsewhere(
  { form, status, request }: Failure,
  isListed: boolean,
  domains: readonly string[],
): boolean {
  return (
    (form === "api" || form === "words" || form === "html") &&
    status !== null &&
    isForeignHost(request?.host ?? null, domains) &&
    !isListed &&
    !LOGIN_PATH.test(request?.path ?? "")
  );
}

/** Login paths, which a gateway may forward to the platform. */
const LOGIN_PATH = /^\/(?:oauth2?\/(?:token|authorize)|platform)\b/;

/** Matches the AWS error for a role that lacks a permission. */
const AWS_REFUSAL = /\bis not authorized to perform: [a-z0-9-]+:\w|\bS3 bucket policy\b/;

/** Whether a failure is only a status mentioned in running text, without a call to the platform. */
function isSilent({ form, code, message, request }: Failure): boolean {
  return (
    form === "words" &&
    code === null &&
    message === null &&
    !isApiPath(request?.path ?? null) &&
    (request?.names ?? []).length === 0
  );
}

/** Matches the error that a login page of any product passes back in a URL. */
const LOGIN_ERROR = /(?:^|[?#&\s])error=[a-z_]{3,40}\b/i;

/**
 * Returns the other service whose error the text quotes; null if none exists. For text without a failed
 * platform call.
 */
export function findForeignText(words: string): ForeignService | null {
  const text = words.slice(0, LONGEST_TEXT);
  if (OF_PLATFORM.test(text)) return null;
  const ofLogin = LOGIN_ERROR.test(text) ? signOfHost(onlyHost(text)) : undefined;
  const sign =
    ofLogin ??
    FOREIGN_SIGNS.find(
      ({ words: telling, kind }) => kind !== "called" && kind !== "own" && states(telling, text),
    );
  if (sign !== undefined) return serviceOf(sign, text);
  const tool = findTool(text);
  return tool === null ? null : serviceOf({ name: tool, kind: "product" }, text);
}

/** Returns the only host that appears in a URL of the text; null unless there is exactly one. */
function onlyHost(words: string): string | null {
  const hosts = new Set(
    [...words.slice(0, LONGEST_TEXT).matchAll(/(?:https?|wss?):\/\/([a-z0-9.-]{4,200})/gi)].map(
      ([, host = ""]) => host.toLowerCase(),
    ),
  );
  const [only = null] = hosts;
  return hosts.size === 1 ? only : null;
}

function signOfHost(host: string | null): (typeof FOREIGN_SIGNS)[number] | undefined {
  return host === null ? undefined : FOREIGN_SIGNS.find((sign) => sign.host?.test(host) === true);
}
