import { PLATFORM_SENTENCE } from "../body/platform-sentence.ts";
import { isApiPath } from "../failure.ts";
import { findNetworkSign } from "../network/network-signs.ts";
import { isLoginOnTheWay, type Mention } from "../request/mentions.ts";
import type { LineReading } from "./line-marks.ts";
import { saysSuccess } from "./success-words.ts";

const STRONG = /\s(?:while|but|whereas|however|although|though)\s|[;]\s|[.!?]\s(?=[A-Z]|$)/gi;
const WEAK = /\s(?:and|then|when|yet)\s|,\s/gi;

/** Matches what separates two items of a list. */
const LISTED = /^["'`)]{0,2}(?:,| and| or| &|, and|, or)? ["'`(]{0,2}$/;
const SENTENCE_END = /[.!?;]\s{1,3}(?=\p{Lu})/gu;

/**
 * Splits a line about several requests into one clause per request:
 * `GET /a works and returns 200, but GET /b gets a 403`. Returns any other line as a whole.
 */
export function splitClauses(line: string, reading: LineReading): readonly string[] {
  const { mentions: all, statuses } = reading;
  const apart = splitSuccess(line, reading) ?? splitRefusal(line, reading);
  if (apart !== null) return apart;
  if (statuses.length === 0 && !saysSuccess(line, all)) return [line];
  if (all.length === 0) return splitStatuses(line, statuses);
  if (all.length < 2) return splitAnswers(line, reading);
  const mentions = all.filter(
    (mention) => isApiPath(mention.request.path) && !isLoginOnTheWay(mention, line),
  );
  if (mentions.length < 2 || new Set(mentions.map(keyOf)).size < 2) return [line];
  const clauses: string[] = [];
  let done = 0;
  for (const [index, mention] of mentions.entries()) {
    const next = mentions[index + 1];
    if (next === undefined || keyOf(next) === keyOf(mention)) continue;
    // `works for GET /a and GET /b` says the same about both.
    if (
      LISTED.test(line.slice(mention.end, next.start)) &&
      saysSuccess(line.slice(done, mention.end), [since(done, mention)])
    ) {
      continue;
    }
    const cut = mention.end + boundaryIn(line.slice(mention.end, next.start));
    clauses.push(`${line.slice(done, cut)}${sharedRefusal(line, mention, next)}`);
    done = cut;
  }
  clauses.push(line.slice(done));
  return clauses;
}

/** Matches what separates two calls that share a verb: `a POST to A or a PUT to B returns 403`. */
const SHARED = /^["'`)]{0,2},? (?:and|or) (?:with )?(?:an? )?["'`(]{0,2}$/;
/** Matches the refusal after the last of several calls that share it. */
const REFUSAL =
  /^["'`)]{0,2},?(?: both| each| all| always)?(?: (?:returns?|returned|gives?|gave|answers?|answered|fails?|failed|ends?|ended|gets?|got|responds?))(?: with| in| us| me| back)? (?:an? )?(?:HTTP |status )?4\d\d\b/;

/** Returns the words of a refusal that follow the next call and also apply to this one; empty when there are none. */
function sharedRefusal(line: string, mention: Mention, next: Mention): string {
  if (!SHARED.test(line.slice(mention.end, next.start))) return "";
  const [refusal = ""] = REFUSAL.exec(line.slice(next.end, next.end + 80)) ?? [];
  return refusal;
}

/** Returns a mention with its positions relative to `start`. */
function since(start: number, mention: Mention): Mention {
  return { ...mention, start: mention.start - start, end: mention.end - start };
}

/**
 * Splits off a sentence that reports a success when another sentence on the line reports a refusal:
 * `I get a 401. The token is valid for GET /b`. Null for any other line.
 */
function splitSuccess(line: string, { mentions, statuses }: LineReading): readonly string[] | null {
  if (mentions.length === 0) return null;
  const ends = Array.from(line.matchAll(SENTENCE_END), ({ index }) => index + 1);
  if (ends.length === 0) return null;
  const refusal = statuses.find(({ status }) => status >= 400) ?? connectionFailureIn(line);
  if (refusal === null) return null;
  for (const mention of mentions) {
    const start = ends.findLast((end) => end <= mention.start) ?? 0;
    const end = ends.find((each) => each >= mention.end) ?? line.length;
    if (refusal.start >= start && refusal.start < end) continue;
    if (!saysSuccess(line.slice(start, end), [since(start, mention)])) continue;
    return [line.slice(0, start), line.slice(start, end), line.slice(end)].filter(
      (part) => part.trim() !== "",
    );
  }
  return null;
}

/** Returns the position at which a sentence names a connection error; null if it names none. */
function connectionFailureIn(line: string): { readonly start: number } | null {
  if (line.length > LONGEST_SENTENCE) return null;
  const sign = findNetworkSign(line);
  return sign === null ? null : { start: line.search(sign.pattern) };
}

const SUCCESS = /(?<![\w.:-])20[0-46](?![\w.]?\d)/g;
const MISSING = /\bmissing\.(?:any\.)?(?:division\.)?permissions?\b/;

/**
 * Splits off the message of a refusal that follows a successful status: `the token is fine (200), but "You are
 * missing the following permission(s)"`. Null for any other line.
 */
function splitRefusal(line: string, { statuses }: LineReading): readonly string[] | null {
  if (line.length > LONGEST_SENTENCE || statuses.some(({ status }) => status >= 400)) return null;
  const start = (PLATFORM_SENTENCE.exec(line) ?? MISSING.exec(line))?.index ?? 0;
  const success = [...line.slice(0, start).matchAll(SUCCESS)].at(-1);
  if (success === undefined) return null;
  const between = line.slice(success.index, start);
  if (/[={}[\]|<>\ue000]/.test(between)) return null;
  const cut = success.index + (cutOf(between) ?? 3);
  return [line.slice(0, cut), line.slice(cut).trim()];
}

/** Whether a clause contains the message or code of a refusal, even if it does not contain a status. */
export function repeatsRefusal(clause: string): boolean {
  return PLATFORM_SENTENCE.test(clause) || MISSING.test(clause);
}

/** Whether a clause follows one that names a connection error, and is therefore about another call. */
export function followsConnectionFailure(clauses: readonly string[], index: number): boolean {
  return connectionFailureIn(clauses[index - 1] ?? "") !== null;
}

/**
 * Matches characters that separate the statuses of a table, log line or object. They do not occur in running
 * text.
 */
const NO_SENTENCE = /[={}[\]|<>"\ue000]/;
const LONGEST_SENTENCE = 2_000;

/** Splits a sentence that reports several refusals without a URL: `a 403 for the queues, a 429 for the users`. */
function splitStatuses(line: string, statuses: LineReading["statuses"]): readonly string[] {
  const refusals = statuses.filter(({ status }) => status >= 400);
  const [first] = refusals;
  if (first === undefined || line.length > LONGEST_SENTENCE) return [line];
  const clauses: string[] = [];
  let done = 0;
  let last = first;
  for (const next of refusals) {
    if (next.status === last.status) continue;
    const between = line.slice(last.start + 3, next.start);
    const cut = NO_SENTENCE.test(between) ? null : cutOf(between);
    if (cut === null) return [line];
    clauses.push(line.slice(done, last.start + 3 + cut).trim());
    done = last.start + 3 + cut;
    last = next;
  }
  clauses.push(line.slice(done).trim());
  return clauses;
}

/** Returns the position between two statuses at which the first clause ends; null when both are in one clause. */
function cutOf(between: string): number | null {
  const strong = [...between.matchAll(STRONG)].at(0);
  return strong?.index ?? [...between.matchAll(WEAK)].at(-1)?.index ?? null;
}

/** Splits off the sentence about another call: `POST /a answers (200). When we call the API we get a 403`. */
function splitAnswers(line: string, { mentions, statuses }: LineReading): readonly string[] {
  const [mention] = mentions;
  const [first] = statuses;
  const refusal = statuses.find(({ status }) => status >= 400);
  if (mention === undefined || first === undefined || refusal === undefined) return [line];
  const hasOwn = statuses.some(({ start }) => start > mention.end);
  const next = first === refusal ? nextSentence(line, first.start, mention.start, hasOwn) : null;
  if (next !== null) return [line.slice(0, next), line.slice(next)];
  if (first.status >= 400 || first.start < mention.end) return [line];
  const between = line.slice(first.start, refusal.start);
  const end = [...between.matchAll(SENTENCE_END)].at(-1)?.index;
  if (end === undefined) return [line];
  return [line.slice(0, first.start + end + 1), line.slice(first.start + end + 1)];
}

/**
 * Returns the start of the sentence about a request, for a line that begins with the status of the previous
 * request, or whose request is followed by its own status: `403 forbidden. Look at POST /b instead`,
 * `it prints 403. GET /b gives 200`. Null for any other line.
 */
function nextSentence(line: string, status: number, mention: number, hasOwn: boolean): number | null {
  if ((!hasOwn && line.slice(0, status).trim() !== "") || mention < status) return null;
  const end = [...line.slice(status, mention).matchAll(SENTENCE_END)].at(-1)?.index;
  return end === undefined ? null : status + end + 1;
}

function keyOf({ request }: Mention): string {
  return `${request.method} ${request.path}`;
}

/** Returns the position between two requests at which the first clause ends. */
function boundaryIn(between: string): number {
  return cutOf(between) ?? between.length;
}
