import { type Failure, NO_FAILURE_DETAILS } from "../failure.ts";

/** Pattern source for the close codes of a socket (RFC 6455 section 7.4.1). Services define those from 4000 on. */
const CODES = "10(?:0\\d|1[0-5])|4\\d{3}";
const CLOSED = new RegExp(
  `\\b(?:ws|wss|web ?socket|socket|channel|connection|streaming)\\b[^\\n]{0,160}\\b(?:clos(?:e|ed|es|ing)|onclose|disconnect\\w{0,5}|terminated)\\b[^\\n]{0,40}?(?:code\\W{0,4}|with |\\(|[:=] ?)(${CODES})\\b|\\b(?:CloseEvent|onclose)\\b(?:[^\\n]{0,80}\\bcode)?\\W{0,4}(${CODES})\\b|\\bclose (?:event|frame)\\b[^\\n]{0,40}?(?:code\\W{0,4}|with )(${CODES})\\b|\\bConnectionClosed(?:Error|OK)?\\b[^\\n]{0,80}\\b(${CODES})\\b`,
  "i",
);

/** Matches the close reason that a server may send. */
const REASON = /\breason["']?\s{0,3}[:=]\s{0,3}["']([^"'\n]{3,120})["']/;

/** Recognizes a closed socket and reports its close code as the code of the failure; null for any other text. */
export function readSocketClose(text: string): Failure | null {
  const match = CLOSED.exec(text);
  const code = match?.slice(1).find((group) => group !== undefined);
  if (match === null || code === undefined) return null;
  const [, reason = null] = REASON.exec(text.slice(match.index, match.index + 400)) ?? [];
  return { ...NO_FAILURE_DETAILS, form: "network", code, message: reason };
}
