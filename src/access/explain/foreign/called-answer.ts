import type { ForeignService } from "../../verdict/refusal-facts.ts";
import { states } from "../assertion/asserted.ts";
import { CALLED_TOO_SLOW } from "../paste/called-service.ts";
import type { Failure } from "../paste/failure.ts";
import { FOREIGN_SIGNS } from "./foreign-signs.ts";

/** Maximum number of characters to search. The beginning of a long text shows who responded. */
const LONGEST_TEXT = 40_000;
/** Matches refusals that only the platform writes. If a data action quotes one, it called the platform itself. */
export const OWN_REFUSAL =
  /\bUnable to perform the requested action\b|\bmissing\.(?:any\.)?(?:division\.)?permissions?\b|\b(?:not\.authorized|bad\.credentials|app\.not\.authorized\.for\.scope|not\.a\.user|too\.many\.requests)\b/;
/** Maximum number of characters to keep from a response that a data action quotes. */
const LONGEST_QUOTE = 2_000;

/** Whether the text is about a data action that passes on a response from the service it called. */
export function isOwnDataAction(failure: Failure, words: string): boolean {
  const sign = FOREIGN_SIGNS.find(({ kind }) => kind === "called");
  const text = `${failure.message ?? ""}\n${words.slice(0, LONGEST_TEXT)}`;
  return sign?.words.test(text) === true;
}

/**
 * Returns the web service that a data action called, when the platform's response quotes a failure of that
 * service.
 */
export function readCalled(failure: Failure, own: string, words: string): ForeignService | null {
  // The platform wrote this refusal, so the data action called the platform.
  if (OWN_REFUSAL.test(failure.message ?? "")) return null;
  return (
    readQuoted(failure.message ?? "", `${own}\n${words}`) ??
    readBroken(failure, words) ??
    readFunction(failure, words) ??
    readAws(failure) ??
    readSlowFunction(failure, words) ??
    readExternal(failure, words)
  );
}

function readQuoted(message: string, text: string): ForeignService | null {
  const sign = FOREIGN_SIGNS.find(({ kind }) => kind === "called");
  const index = sign === undefined ? -1 : text.search(sign.words);
  if (sign === undefined || index === -1) return null;
  const quote = text.slice(index, index + LONGEST_QUOTE);
  if (OWN_REFUSAL.test(quote)) return null;
  // The identifying text may be in a detail after the message.
  const whole = `${message}\n${quote}`;
  const [, status] = /\[status:?\s{0,3}(\d{3})\b/i.exec(whole) ?? [];
  const broken = status === undefined ? brokenKindOf(whole) : null;
  if (broken !== null) {
    return { ...serviceOf({ name: calledIn(whole) ?? sign.name, kind: broken }, whole), kind: broken };
  }
  const author = FOREIGN_SIGNS.find(({ kind, words }) => isAuthor(kind) && words.test(quote));
  return {
    ...serviceOf({ name: author?.name ?? calledIn(quote) ?? sign.name, kind: sign.kind }, quote),
    status: status === undefined ? null : Number(status),
  };
}

/** Matches errors from the platform's HTTP client about the certificate of a called service. */
const UNTRUSTED =
  /\bPKIX path (?:building|validation) failed\b|\bcertificate_(?:expired|unknown)\b|\bunable to find valid certification path\b|\bSSLPeerUnverifiedException\b|\bACTION\.CERTIFICATE\b|\bNo subject alternative\b/;
/** Matches errors about a connection to a called service that could not be opened. */
const UNCONNECTED =
  /\bUnknownHostException\b|\bNoRouteToHostException\b|\bHttpHostConnectException\b|\bjava\.net\.ConnectException\b|\bConnection refused\b|\bSSLHandshakeException\b|\b[Hh]andshake_failure\b|\bName or service not known\b/;
/** Matches errors about a called service or function that did not respond within a time limit. */
const SLOW =
  /\b(?:Read|[Cc]onnect|Connection|[Rr]equest|Socket|Operation) timed out\b|\b[Tt]ime-?out waiting for (?:a |the )?response from\b|\bSocketTimeoutException\b|\bConnectTimeoutException\b|\bTask timed out after \d/;

/** Returns why the platform got no response from a called service; null when the text does not show a reason. */
function brokenKindOf(text: string): "untrusted" | "unreachable" | "late" | null {
  if (UNTRUSTED.test(text)) return "untrusted";
  if (SLOW.test(text) || CALLED_TOO_SLOW.test(text)) return "late";
  return UNCONNECTED.test(text) ? "unreachable" : null;
}

/**
 * Recognizes an error from the platform's own HTTP client in a platform response. The platform connects to
 * other hosts only to call them for the organization.
 */
function readBroken({ message, contextId }: Failure, words: string): ForeignService | null {
  const text = message ?? "";
  const isOfClient =
    contextId !== null && (OF_CLIENT.test(text) || OF_ACTION.test(text) || DETAIL_OF_ACTION.test(words));
  const kind = isOfClient ? brokenKindOf(`${text}\n${DETAIL_OF_ACTION.exec(words)?.[0] ?? ""}`) : null;
  return kind === null ? null : serviceOf({ name: "the data action's web service", kind }, text);
}

/** Matches full names of Java exceptions. In platform responses, only the platform's own client writes them. */
const OF_CLIENT =
  /\bjavax?\.net\.\w|\bsun\.security\.|\borg\.apache\.http\.|\bPKIX path\b|\bUnknownHostException\b|\bSSLHandshakeException\b/;
/** Matches the id of a data action in a message. */
const OF_ACTION = /\bcustom_-_[0-9a-f]/;
const DETAIL_OF_ACTION = /\bACTION\.CERTIFICATE\b/;

/** Whether a kind of service can be behind a data action: another product, or a gateway in front of it. */
function isAuthor(kind: ForeignService["kind"]): boolean {
  return kind === "product" || kind === "gateway";
}

/**
 * Matches a function's response to its gateway or to a data action. It has `statusCode` where the platform's
 * errors have `status`.
 */
const FUNCTION_ANSWER =
  /\{\s{0,20}"statusCode"\s{0,3}:\s{0,3}\d{3}\s{0,3},\s{0,20}"(?:headers|body|isBase64Encoded)"\s{0,3}:/;
const CALLS_FUNCTION = /\bdata ?actions?\b|\bArchitect\b/i;
const CALLED_FUNCTION = "the function that the data action calls";
const FUNCTION = /\bLambda\b|\bfunctions?\b/i;

/**
 * Recognizes the response of a function that a data action calls. The function itself wrote the status into the
 * body.
 */
function readFunction({ status, contextId }: Failure, words: string): ForeignService | null {
  const isAnswer = contextId === null && FUNCTION_ANSWER.test(words) && !OWN_REFUSAL.test(words);
  return isAnswer && CALLS_FUNCTION.test(words) && FUNCTION.test(words)
    ? { ...serviceOf({ name: CALLED_FUNCTION, kind: "called" }, words), status }
    : null;
}

/** Returns the kind of service that the platform called, according to its message; null for a web service. */
function calledIn(quote: string): string | null {
  return /\b(?:Invoked function|Function execution) failed\b/.test(quote) ? CALLED_FUNCTION : null;
}

/** Matches the end of an error message from the AWS SDK. */
const AWS_ERROR = /\(Service: (?:AWS|Amazon|Aws)?\w{2,40}; Status Code: (\d{3}); Error Code: \w{3,60}/;

/** Recognizes an error from AWS within a response from the platform, which called AWS for a data action. */
function readAws({ message, contextId }: Failure): ForeignService | null {
  const [, status] = AWS_ERROR.exec(message ?? "") ?? [];
  if (status === undefined || contextId === null) return null;
  return { ...serviceOf({ name: "AWS", kind: "called" }, message ?? ""), status: Number(status) };
}

/** Recognizes a function that exceeded its own time limit. AWS always reports this in the same form. */
function readSlowFunction({ message }: Failure, words: string): ForeignService | null {
  const isSlow = /\bTask timed out after \d/.test(message ?? "") && CALLS_FUNCTION.test(words);
  return isSlow ? { ...serviceOf({ name: CALLED_FUNCTION, kind: "late" }, words), kind: "late" } : null;
}

/** Matches mentions of a customer's or third party's service that a data action calls. */
const EXTERNAL =
  /\b(?:external|third[- ]party|our own|our|remote|on-prem\w{0,5}) (?:\w{2,20} ){0,2}(?:endpoint|web ?service|service|API|backend|server|CRM)\b/i;

/** Matches mentions of an action that calls a web service: a data action, or an action of an Architect flow. */
const CALLING_ACTION =
  /\bdata ?actions?\b|\b(?:\w{3,40}Action|action) in (?:an? |the |our )?(?:Architect|flow)\b/i;
/** Matches words about a call to the platform itself, or about a login to it. */
const OF_PLATFORM = /\/api\/v\d|\boauth ?2?\/token\b|\bOAuth client|\bclient credentials\b/i;

/**
 * Recognizes a refusal by a customer's or third party's service when a person reports only the status of the data
 * action.
 */
function readExternal(
  { form, status, code, message, contextId, request }: Failure,
  words: string,
): ForeignService | null {
  const isBare = form === "words" && code === null && message === null && contextId === null;
  const isRefusal = status === 401 || status === 403;
  const isNamed = request !== null && (request.path !== null || !request.names.every(isAction));
  if (!isBare || !isRefusal || isNamed || OF_PLATFORM.test(words)) return null;
  return states(CALLING_ACTION, words) && states(EXTERNAL, words)
    ? { ...serviceOf({ name: "the data action's web service", kind: "called" }, words), status }
    : null;
}

function isAction(name: string): boolean {
  return name.endsWith("Action");
}

/** Returns a foreign service with the text of its response. */
export function serviceOf(
  { name, kind }: Pick<ForeignService, "name" | "kind">,
  quote: string,
): ForeignService {
  return { name, kind, status: null, quote };
}
