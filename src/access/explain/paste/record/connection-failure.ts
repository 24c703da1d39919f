import { reports } from "../../assertion/asserted.ts";
import { type Failure, NO_REQUEST_DETAILS, type RequestSeen } from "../failure.ts";
import type { NetworkSign } from "../network/network-sign.ts";
import { findNetworkSign } from "../network/network-signs.ts";
import { OWN_ANSWER } from "../network/proxy-signs.ts";
import { failed, type Sighting } from "../sighting.ts";

/** Returns the connection failure that the text of a record describes; null if it describes none. */
export function readConnectionFailure(text: string, around: Failure): Failure | null {
  const isOwnAnswer = around.status !== null && around.status >= 500 && OWN_ANSWER.test(text);
  // If the message about a refused tunnel contains the status, it is the proxy's.
  const isOfProxy = around.status !== null && around.status !== 407 && isProxyRefusal(text);
  if (around.status !== null && !isOwnAnswer && !isOfProxy) return null;
  const sign = findNetworkSign(text);
  if (sign === null || !reports(sign.pattern, text)) return null;
  return connectionFailure(text, sign, isOfProxy ? { ...around, status: null } : around);
}

/**
 * Marks connection errors in a JSON value as calls without a response:
 * `{"errorMessage": "Task timed out after 6.00 seconds"}`.
 */
export function withoutAnswer(sighting: Sighting): Sighting {
  if (!sighting.failures.some(isConnectionError)) return sighting;
  return failed(
    sighting.failures.map((failure) =>
      isConnectionError(failure) ? { ...failure, form: "network", code: null } : failure,
    ),
    sighting.tags,
  );
}

/**
 * Matches the code that Node and its HTTP libraries give a call without a response: `ECONNABORTED`, `ERR_NETWORK`,
 * `UND_ERR_CONNECT_TIMEOUT`, `SELF_SIGNED_CERT_IN_CHAIN`.
 */
const LIBRARY_CODE =
  /^(?:E[A-Z]{4,20}|EAI_[A-Z]{4,10}|ERR_(?:NETWORK|TLS|SSL|HTTP2|CONNECTION)(?:_[A-Z\d]{2,20}){0,5}|UND_ERR(?:_[A-Z]{2,20}){1,4}|(?:[A-Z]{2,20}_){1,5}(?:CERT|SIGNATURE|LOCALLY|CHAIN))$/;

/** Whether a failure is nothing but the message of a connection error, with at most the code of a library. */
function isConnectionError({ form, status, code, message, contextId }: Failure): boolean {
  const isAlone = form === "api" && status === null && contextId === null;
  const isCoded = code !== null && LIBRARY_CODE.test(code);
  if (!isAlone || message === null || (code !== null && !isCoded)) return false;
  return findNetworkSign(isCoded ? `${message} (${code})` : message) !== null;
}

/**
 * Matches the message that curl, Python and others print when a proxy refuses a tunnel, with its status. Go's error for
 * a call over TLS contains nothing but the words of a status, because the service's own response is no error in Go.
 */
const OF_PROXY =
  /\b(?:Get|Post|Put|Patch|Delete|Head) "https:[^"\n]{1,300}": (?:Forbidden|Bad Gateway|Service Unavailable|Gateway Timeout)\b|\bReceived HTTP code \d{3} from proxy\b|\bTunnel connection failed: \d{3}\b|\bCONNECT tunnel failed, response \d{3}\b|\btunneling socket could not be established, statusCode=\d{3}\b/i;

/** Whether a client library reports that a proxy refused a tunnel. The status is then the proxy's. */
export function isProxyRefusal(text: string): boolean {
  return OF_PROXY.test(text);
}

/** Returns a connection failure with the line that describes it and the host in that line. */
function connectionFailure(text: string, { pattern }: NetworkSign, around: Failure): Failure {
  const index = text.search(pattern);
  const start = text.lastIndexOf("\n", index) + 1;
  const from = Math.max(start, index - 200);
  const line = text.slice(from, index + 400).replace(/\n.*$/s, "");
  const at = index - from;
  const host = hostsIn(line.slice(at))[0] ?? hostsIn(line.slice(0, at)).at(-1) ?? null;
  return {
    ...around,
    form: "network",
    // A long line is shortened at a word boundary.
    message: (from > start ? line.replace(/^\S{0,200}\s/, "") : line).trim(),
    request: host === null ? around.request : withHost(around.request, host.toLowerCase()),
  };
}

/** Returns the request with the host that could not be reached, unless the text shows the URL of the request. */
function withHost(request: RequestSeen | null, host: string): RequestSeen {
  if (request === null) return { ...NO_REQUEST_DETAILS, host };
  return request.host === null && request.path === null ? { ...request, host } : request;
}

/** Returns the hosts in a line, except names of files and packages. */
function hostsIn(line: string): readonly string[] {
  return Array.from(
    line.matchAll(/(?<![\w@./-])((?:[a-z0-9-]{1,63}\.){1,5}[a-z]{2,20})(?=\.?(?:[:\s'"/),>]|$))/gi),
    ([, host = ""]) => host,
  ).filter((host) => !FILE.test(host) && !PACKAGE.test(host) && host !== GO_TIMEOUT);
}

/** A name in Go errors that looks like a host name. */
const GO_TIMEOUT = "Client.Timeout";

const FILE =
  /\.(?:[cm]?[jt]sx?|py|go|java|cs|vb|html?|json|sh|ps1|pl|pm|rb|php|rs|kt|swift|exs?|lua|log|txt|ya?ml)$/i;

/** Matches names of packages, which look like reversed host names: `javax.net.ssl`, `com.example.app`. */
const PACKAGE = /(?:error|exception)$|^(?:java|javax|jdk|sun|kotlin|scala|com|org|net|io|system|reactor)\./i;
