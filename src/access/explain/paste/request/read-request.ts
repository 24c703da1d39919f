import { isApiPath, NO_REQUEST_DETAILS, type RequestSeen } from "../failure.ts";
import { isCurlCommand, readCurlCommand } from "./curl-command.ts";
import { findMentions, isLoginOnTheWay, isUnharmed, type Mention } from "./mentions.ts";
import { findOperationNames } from "./operation-names.ts";

const METHODS = "GET|POST|PUT|PATCH|DELETE|HEAD";
/**
 * Matches a method that is separate from its URL: `method: 'get'`, `-Method Post`, `Verb POST`, `[POST]`,
 * `PUT Request`, `HttpMethod.PUT`.
 */
const METHOD_APART = new RegExp(
  `\\b(?:(?:\\w{0,20}http|request)?[ _-]?method|verb)\\b\\\\{0,3}["']?\\s{0,30}(?:[:=,]|=>)?\\s{0,3}\\\\{0,3}["'\\[]?(${METHODS})\\b|\\bHttpMethod(?:\\.|\\(value=)(${METHODS})\\b|\\b(${METHODS}) Request\\b|--> (${METHODS})\\b|\\bNet::HTTP\\.(${METHODS})\\b|\\bOperation: (${METHODS})\\b`,
  "i",
);
/** Matches a complete PowerShell command without a method or body, which therefore sends GET. */
const POWERSHELL =
  /\bInvoke-(?:RestMethod|WebRequest)\b(?!\s{0,2}:)(?![^\n]{0,2000}(?:\s-(?:Method|CustomMethod|Body|InFile)\b|\.\.\.|…))/i;
/** Matches the start of a call that a browser copied: `fetch("https://...", {...});`. */
const FETCH = /\bfetch\(\s{0,8}"https?:[^"\s]{1,2000}",\s{0,8}\{/;
/** Matches a method in XML or in a Ruby hash: `<method>GET</method>`, `:method=>:get`. */
const METHOD_MARKED = new RegExp(`(?:<(?:http_?)?method>|:method\\s?=>\\s?:)(${METHODS})\\b`, "i");
/** Matches the first line of wget's output. wget sends GET unless its options say otherwise, and does not show it. */
const WGET = /^--\d{4}-\d\d-\d\d \d\d:\d\d:\d\d--\s/m;

/**
 * Returns the request that a record shows: a command, a method with its URL, a URL with the method elsewhere, or
 * the name of an SDK method. Null when the record shows none.
 * @param isOfApi whether the response came from the API and therefore cannot belong to a token request in the
 * same record
 */
export function readRequest(text: string, isOfApi = false): RequestSeen | null {
  const command = text.split("\n").find(isCurlCommand);
  if (command !== undefined) return readCurlCommand(command);
  const found = findMentions(text).filter((mention) => !isUnharmed(mention, text));
  const mentions = found.map(({ request }) => request);
  const all = mentions.filter(({ path }) =>
    isOfApi ? path !== null && /\/api\/v\d\b/.test(path) : isApiPath(path),
  );
  const others = all.filter(
    (mention) => !found.some((one) => one.request === mention && isLoginOnTheWay(one, text)),
  );
  const calls = others.length > 0 ? others : all;
  const nearest = calls.find(({ method }) => method !== null) ?? calls[0];
  const host = mentions.find((mention) => mention.host !== null && !isApiPath(mention.path))?.host ?? null;
  const names = findOperationNames(text);
  if (nearest === undefined) {
    const cut =
      mentions.find(({ path }) => path === null) ??
      found.find((one) => one.request.method !== null && one.request.host !== null && !isAnswered(one, text))
        ?.request ??
      found.find((mention) => isOtherCall(mention, text))?.request ??
      null;
    if (names.length === 0) return cut;
    return { ...(cut ?? NO_REQUEST_DETAILS), names };
  }
  return {
    ...nearest,
    method: nearest.method ?? methodApart(text) ?? (isGetByDefault(text) ? "GET" : null),
    isRead: nearest.isRead || WGET.test(text),
    host: nearest.host ?? (isBaseOf(text) ? host : null),
    names,
  };
}

/**
 * Matches hosts whose URLs are never taken for the refused call: platform hosts, where only the path counts, and sites
 * that people link to for reading.
 */
const TO_READ =
  /^(?:api|login|apps|developer|help|docs?|www|community|forum|support|github|stackoverflow|status)\./;
const BOUND =
  /(?:\b(?:url|uri|endpoint|to|at|from|of|for|calling|connect)\b["']?\s{0,2}[:=]?\s{0,2}[("'`]{0,2})$/i;

/**
 * Whether the text presents a URL outside the API as the one that responded: a socket, or
 * `400 Bad Request for url: https://...`.
 */
function isOtherCall({ start, request: { host } }: Mention, text: string): boolean {
  if (host === null || TO_READ.test(host)) return false;
  const isSocket = /^wss?:/i.test(text.slice(start, start + 5));
  return (
    isSocket ||
    /^(?:streaming|webmessaging)\./.test(host) ||
    BOUND.test(text.slice(Math.max(0, start - 24), start))
  );
}

/** Matches the success of a call, after which the text turns to something else that failed. */
const WORKED = /^["'`)]{0,2}[^.\n]{0,40}\b2\d\d\b[^\n]{0,160}\b(?:but|yet|while|whereas|however)\b/i;

/** Whether the text says that a call outside the API succeeded, in contrast to what failed. */
function isAnswered({ end }: Mention, text: string): boolean {
  return WORKED.test(text.slice(end, end + 240));
}

function methodApart(text: string): string | null {
  const [, ...found] = METHOD_APART.exec(text) ?? METHOD_MARKED.exec(text) ?? [];
  return found.find((method) => method !== undefined)?.toUpperCase() ?? null;
}

/** Whether the command sends GET by default, as PowerShell and a copied `fetch` do. */
function isGetByDefault(text: string): boolean {
  return POWERSHELL.test(text) || isWholeFetch(text);
}

/** Whether the first copied `fetch` is complete, in which case it sends GET unless it specifies a method. */
function isWholeFetch(text: string): boolean {
  const start = text.search(FETCH);
  return start !== -1 && text.includes("});", start);
}

/** Whether the text names a base URL for its relative URLs: `baseURL: 'https://api...'`. */
function isBaseOf(text: string): boolean {
  return /\bbase_?(?:url|uri|path)\b/i.test(text);
}
