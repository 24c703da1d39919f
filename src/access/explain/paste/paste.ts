import { asRecord, parseJson } from "../../../core/json.ts";
import { redactSecrets } from "../redaction.ts";
import { decodeRawBodies } from "./encoded-body.ts";
import { readEnvelopes } from "./error-envelope.ts";
import { type Exchange, failuresOfExchange } from "./exchange.ts";
import type { Failure, Paste, RequestSeen } from "./failure.ts";
import { removeFrame } from "./frame.ts";
import { isHar, readHar } from "./har.ts";
import { isTranscript, readCurlCommand, readTranscript } from "./http-transcript.ts";
import { findNetworkSign } from "./network-signs.ts";
import { findRequestMentions } from "./request-line.ts";
import { readRunningText } from "./running-text.ts";
import { withoutSecrets } from "./without-secrets.ts";

/** Longer texts are truncated to this length, except for a HAR, which is read whole. */
const LONGEST_TEXT = 8_000_000;
const LONGEST_WORDS = 400_000;

/**
 * Reads a paste of any kind. Secrets are removed before anything else reads the text, and once more from
 * unescaped parts; only selected fields of a HAR are taken. Never throws; an unrecognized paste gives an
 * empty result.
 */
export function readPaste(raw: string): Paste {
  const { failures, requests, words } = readParts(raw);
  return { failures: failures.map(withoutSecrets), requests, words };
}

function readParts(raw: string): Paste {
  const document = /^\s*\{/.test(raw) ? parseJson(raw.replace(/^\ufeff/, "")) : undefined;
  if (isHar(document)) return ofExchanges(readHar(document), "");
  const text = redactSecrets(decodeRawBodies(removeFrame(raw.slice(0, LONGEST_TEXT))));
  if (isTranscript(text)) {
    const paste = ofExchanges(readTranscript(text), text);
    if (paste.failures.length > 0 || paste.requests.length > 0) return withUnanswered(paste, text);
  }
  const value = parseJson(text);
  const failures = value === undefined ? [] : readEnvelopes(value);
  return {
    failures: removeRepetitions(failures.length > 0 ? failures : readRunningText(text)),
    requests: requestsIn(text),
    words: text.slice(0, LONGEST_WORDS),
  };
}

function ofExchanges(exchanges: readonly Exchange[], text: string): Paste {
  return {
    failures: removeRepetitions(exchanges.flatMap(failuresOfExchange)),
    requests: exchanges.flatMap(({ request, status }) =>
      request !== null && (status === null || status < 400) ? [request] : [],
    ),
    words: text.slice(0, LONGEST_WORDS),
  };
}

/** A transcript that ends in a connection error has no answer; its words give the reason. */
function withUnanswered(paste: Paste, text: string): Paste {
  const sign = paste.failures.length === 0 ? findNetworkSign(text) : null;
  const [request = null] = paste.requests;
  return sign === null
    ? paste
    : {
        ...paste,
        failures: readRunningText(text).map((failure) => ({
          ...failure,
          request: failure.request ?? request,
        })),
      };
}

/** Requests of `curl` commands and URLs in prose or source code. */
function requestsIn(text: string): readonly RequestSeen[] {
  const commands = text
    .replace(/[ \t]{0,20}[\\^`]\n[ \t]{0,200}/g, " ")
    .split("\n")
    .filter((line) => /\bcurl\s/.test(line) && /https?:\/\//.test(line) && line.length < 50_000)
    .slice(0, 50)
    .map(readCurlCommand);
  return [...commands, ...findRequestMentions(text.slice(0, LONGEST_WORDS)).map(({ request }) => request)];
}

/** Merges copies of one failure, such as an object and its text, or a log line and its copy. */
function removeRepetitions(failures: readonly Failure[]): readonly Failure[] {
  const seen = new Map<string, Failure>();
  for (const failure of failures) {
    const key =
      failure.contextId ??
      JSON.stringify([failure.status, failure.code, failure.message, asRecord(failure.request)["path"]]);
    const earlier = seen.get(key);
    // A wrapper and its inner cause share the id; the one with a code contains more.
    if (earlier === undefined || (earlier.code === null && failure.code !== null)) seen.set(key, failure);
  }
  return [...seen.values()];
}
