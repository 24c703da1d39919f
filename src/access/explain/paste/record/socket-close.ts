import { findReported } from "../../assertion/asserted.ts";
import { type Failure, NO_FAILURE_DETAILS } from "../failure.ts";

/**
 * Pattern source for the close codes of a socket (RFC 6455 section 7.4.1). Services define their own codes from 4000
 * on.
 */
const CODES = "10(?:0\\d|1[0-5])|4\\d{3}";
const CLOSED = new RegExp(
  `\\b(?:ws|wss|web ?socket|socket|channel|connection|streaming)\\b[^\\n]{0,160}\\b(?:clos(?:e|ed|es|ing)|onclose|disconnect\\w{0,5}|terminated)\\b[^\\n]{0,40}?(?:code\\W{0,4}|with |\\(|[:=] ?)(${CODES})\\b|\\b(?:CloseEvent|onclose)\\b(?:[^\\n]{0,80}\\bcode)?\\W{0,4}(${CODES})\\b|\\bclose (?:event|frame)\\b[^\\n]{0,40}?(?:code\\W{0,4}|with (?:status )?)(${CODES})\\b|\\bConnectionClosed(?:Error|OK)?\\b[^\\n]{0,80}\\b(${CODES})\\b|\\b(?:an? )(${CODES}) close (?:code|frame|event)\\b`,
  "i",
);

/** Matches a code that source code compares with the code of the event: `if (e.code === 1006)`. */
const COMPARED = /[=!]==?\s{0,2}\d{4}$/;

/** Matches the close reason that a server may send. */
const REASON = /\breason["']?\s{0,3}[:=]\s{0,3}["']([^"'\n]{3,120})["']/;
/** Matches a reason without quotation marks: `code 1008 reason policy violation`, `4401 (token expired)`. */
const PLAIN_REASON =
  /(?<!\b(?:no|without|any|empty|what|which) )\breason(?: (?:was|is|of|text|string))?\s{0,2}[:=]?\s{1,2}(?!(?:is|was|why|for|string|unknown|given|none|null|empty|n\/a)\b|\w{1,40}\s?[=:])((?:[\w'’-]{2,30} ?){1,10})|(?:10(?:0\d|1[0-5])|4\d{3})\b["')]?\s{0,2}(?:\(|[-–—:,]\s{1,2})["']?(?!code\b)([A-Za-z][\w'’-]{1,30}(?: [\w'’-]{1,30}){0,8})["']?(?=\)|[.,;\n]|$)/i;
/** Names of the codes themselves (RFC 6455), which repeat the code instead of explaining it. */
const NAME_OF_CODE =
  /^(?:ok|normal(?: closure)?|going away|protocol error|unsupported data|no status(?: received)?|abnormal(?: closure)?|invalid frame payload data|policy[ _]violation|message too big|mandatory extension|internal (?:server )?error|service restart|try again later|bad gateway|tls handshake)$/i;

/** Number of characters after a close code in which its reason is expected. */
const NEARBY = 400;

/** Recognizes a closed socket and reports its close code as the code of the failure; null for any other text. */
export function readSocketClose(text: string): Failure | null {
  const match = findReported(CLOSED, text);
  const code = match?.slice(1).find((group) => group !== undefined);
  if (match === null || code === undefined || COMPARED.test(match[0])) return null;
  return {
    ...NO_FAILURE_DETAILS,
    form: "network",
    code,
    message: readReason(text.slice(match.index, match.index + NEARBY)) ?? readLaterReason(text, code),
  };
}

/** Returns the reason that a later line about the same code labels; null if none does. */
function readLaterReason(text: string, code: string): string | null {
  const [line = ""] =
    new RegExp(`\\b${code}\\b[^\\n]{0,80}\\breason\\s{0,2}[:=][^\\n]{3,120}`).exec(text) ?? [];
  return line === "" ? null : readReason(line.slice(line.search(/\breason\s{0,2}[:=]/)));
}

/** Returns the reason that the text quotes; null if it quotes none, or only the name of the code. */
function readReason(text: string): string | null {
  const [, quoted] = REASON.exec(text) ?? [];
  if (quoted !== undefined) return quoted;
  const reason = PLAIN_REASON.exec(text)
    ?.slice(1)
    .find((group) => group !== undefined)
    ?.trim();
  return reason === undefined || NAME_OF_CODE.test(reason) ? null : reason;
}
