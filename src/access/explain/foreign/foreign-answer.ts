import { classifyHost } from "../../../platform/region/host.ts";
import type { ForeignService } from "../../verdict/refusal-facts.ts";
import { isForeignHost } from "../claims/foreign-claims.ts";
import { type Failure, isApiPath } from "../paste/failure.ts";
import { OWN_REFUSAL, readCalled, serviceOf } from "./called-answer.ts";
import { FOREIGN_SIGNS } from "./foreign-signs.ts";
import { findCalledProduct, findNamedProduct } from "./named-product.ts";
import { findTool } from "./tool-signs.ts";

/** Maximum number of characters to search. The beginning of the text shows which service responded. */
const LONGEST_TEXT = 40_000;
/** Headers and fields that only responses from the platform contain. */
const OF_PLATFORM = /\binin-correlation-id\b|\bgenesys-correlation-id\b|\bcontextId\b/i;

/**
 * Returns the service that responded instead of the platform; null when the response has the platform's form,
 * or when nothing suggests another sender.
 * @param isListed whether the catalog lists the operation, which a gateway can pass on to the platform
 * @param words the text around the only failure of a paste; empty when it could refer to another failure
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
    const isCalled = /:assumed-role\/|\blambda:/.test(failure.message ?? "");
    return serviceOf({ name: "AWS", kind: isCalled ? "called" : "product" }, quote);
  }
  if (isMarked(failure) || failure.status === 407) return null;
  const ownHost = failure.request?.host?.replace(/:\d+$/, "") ?? null;
  // Other products use some of the same error codes, so the host counts more than a code.
  const byOwnHost = signOfHost(ownHost);
  if (byOwnHost !== undefined) return serviceOf(byOwnHost, quote);
  if (failure.form === "api" && isDeclared) return null;
  const target = isListed ? null : findCalledProduct(words.slice(0, LONGEST_TEXT));
  if (target !== null && !OWN_REFUSAL.test(quote)) return serviceOf({ name: target, kind: "called" }, quote);
  const named = isSilent(failure) ? findNamedProduct(words.slice(0, LONGEST_TEXT)) : null;
  if (named !== null) return serviceOf({ name: named, kind: "product" }, quote);
  const isOfTool = failure.form === "words" && !isListed && !isOfPlatform(failure, words);
  const tool = isOfTool ? findTool(quote) : null;
  if (tool !== null) return serviceOf({ name: tool, kind: "product" }, quote);
  const host = ownHost ?? onlyHost(words);
  const byHost = signOfHost(host);
  if (byHost !== undefined) return serviceOf(byHost, quote);
  const isPlatformHost = host !== null && classifyHost(host, domains).kind !== "other";
  // A gateway's error page with a 5xx status is not a decision about the call: the service behind the gateway
  // failed.
  const isOutage = failure.status !== null && failure.status >= 500;
  const sign = FOREIGN_SIGNS.find(
    ({ kind, words: telling }) =>
      !(isOutage && kind === "gateway") &&
      !(kind === "own" && isOfPlatform(failure, words) && !isOwnReceiver(failure, words, telling)) &&
      // Another product never responds from a platform host, but a gateway in between can.
      (kind === "gateway" || kind === "unreached" || kind === "caller" || !isPlatformHost) &&
      telling.test(quote),
  );
  const elsewhere = isElsewhere(failure, isListed, domains)
    ? serviceOf({ name: "the service at that host", kind: "elsewhere" }, quote)
    : null;
  // A web server on a host outside the platform belongs to the application there, unless the path is an API
  // path.
  const isReceiver =
    sign?.kind === "gateway" && isForeignHost(host, domains) && isCalledByPlatform(failure, words);
  if (isReceiver) return serviceOf({ name: sign.name, kind: "own" }, quote);
  const isInBetween =
    elsewhere === null || sign?.kind !== "gateway" || /\/api\/v\d/.test(failure.request?.path ?? "");
  return sign === undefined || !isInBetween ? elsewhere : serviceOf(sign, quote);
}

/**
 * Whether the text is about a call to the platform's API, or the response has an error code. In both cases, the
 * refusal did not come from the user's own system.
 */
function isOfPlatform({ code, request }: Failure, words: string): boolean {
  return code !== null || isApiPath(request?.path ?? null) || /\/api\/v\d\//.test(words);
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

/** Whether the sentence about the status is only about the user's own server, which the platform calls. */
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
const AWS_REFUSAL = /\bis not authorized to perform: [a-z0-9-]+:\w/;

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
      ({ words: telling, kind }) => kind !== "called" && kind !== "own" && telling.test(text),
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

/** Whether a response has a correlation id, which only the platform writes. */
function isMarked({ contextId, headers }: Failure): boolean {
  return (
    contextId !== null ||
    headers["inin-correlation-id"] !== undefined ||
    headers["genesys-correlation-id"] !== undefined
  );
}
