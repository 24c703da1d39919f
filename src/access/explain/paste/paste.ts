import { parseJson } from "../../../core/json.ts";
import { appendAll } from "../../../core/lists/append-all.ts";
import { withoutConsidered, withoutOver } from "../assertion/doubtful-statuses.ts";
import { assemble } from "./assemble.ts";
import { joinEnvironments } from "./environment-list.ts";
import { sightingsOfExchange } from "./exchange/exchange.ts";
import { isHar, readHar } from "./exchange/har.ts";
import { isApiPath, type Paste, type RequestSeen } from "./failure.ts";
import { isGuide } from "./guide.ts";
import { isCallback } from "./record/callback-error.ts";
import { cutRecords, type TextRecord } from "./record/cut-records.ts";
import { hasMark, maskText } from "./record/masked-text.ts";
import { readRecord, skimRecord } from "./record/read-record.ts";
import { isServedResponse } from "./record/received-request.ts";
import { findMentions, isUnharmed } from "./request/mentions.ts";
import { readTerraformProgress } from "./request/terraform-progress.ts";
import { markServed } from "./served-path.ts";
import { remainingFailures } from "./settle.ts";
import type { Sighting } from "./sighting.ts";
import { withoutAsked } from "./text/asked-statuses.ts";
import { isChronicle } from "./text/chronicle.ts";
import { cleanText } from "./text/clean-text.ts";
import { isManual, withoutDocumented, withoutHypotheticals } from "./text/hypothetical.ts";
import { isTableOfStatuses } from "./text/legend.ts";
import { withCorrections, withoutPast, withoutPastSuccess } from "./text/past-statuses.ts";
import { withoutReplies } from "./text/thread.ts";
import { withoutSecrets } from "./without-secrets.ts";

const LONGEST_WORDS = 400_000;
const DEEPEST_TEXT = 3;
const MOST_FAILURES = 500;
/**
 * Maximum number of characters to search for failures described only in words. Records with a status or a body do not
 * count.
 */
const MOST_WORDS = 1_000_000;

/**
 * Parses a paste of any kind. Removes secrets before anything else reads the text, and again after nested text
 * has been unescaped. Uses only selected fields of a HAR. Never throws; returns an empty result for a paste that
 * it does not recognize.
 */
export function readPaste(raw: string): Paste {
  const document = /^\s*\{/.test(raw) ? parseJson(raw.replace(/^\ufeff/, "")) : undefined;
  if (isHar(document)) return conclude(readHar(document).flatMap(sightingsOfExchange), "");
  const text = joinEnvironments(cleanText(raw));
  const words = text.slice(0, LONGEST_WORDS);
  if (isChronicle(text) || isTableOfStatuses(text) || isGuide(text)) return conclude([], words);
  const opening = withoutReplies(text);
  const asked = opening === text ? null : readTold(opening);
  if (asked === null || (hasNoFailure(asked) && !isQuestion(asked))) return readTold(text);
  return { ...asked, requests: [...asked.requests, ...requestsIn(words)], words };
}

function hasNoFailure({ failures, settled }: Paste): boolean {
  return failures.length + settled.length === 0;
}

/** Whether the first post asks about a request. A failure in the replies then belongs to another person. */
function isQuestion({ requests, opening }: Paste): boolean {
  return requests.length > 0 && opening.includes("?");
}

/** Parses text. Failures that no longer occur count as settled. */
function readTold(told: string): Paste {
  const text = withCorrections(told);
  const present = withoutPast(withoutOver(text));
  const paste = readPresent(present, told.slice(0, LONGEST_WORDS));
  if (present === text || paste.failures.length > 0) return paste;
  const { failures, settled } = readPresent(text, "");
  return { ...paste, settled: [...settled, ...failures] };
}

/** Parses text after blanking out the failures that it only discusses. */
function readPresent(text: string, words: string): Paste {
  const actual = withoutPastSuccess(withoutAsked(withoutDocumented(text)));
  const stated = withoutConsidered(actual);
  const told = withoutHypotheticals(stated);
  if (told === actual) return conclude(readText(actual, 0), words);
  // In a short question, the only status can be a hypothetical one, so it counts unless the text is a manual.
  const paste = conclude(readText(told, 0), words);
  const isOnlyConsidered = stated !== actual && !actual.includes("?");
  return paste.failures.length > 0 || isOnlyConsidered || isManual(actual, told)
    ? paste
    : conclude(readText(actual, 0), words);
}

/** Parses text record by record. JSON values in it can contain more text, which is parsed the same way. */
function readText(
  text: string,
  depth: number,
  blockOf: (error: string) => string | null = readTerraformProgress(text),
): readonly Sighting[] {
  const masked = maskText(text);
  const inner = (words: string): readonly Sighting[] =>
    depth < DEEPEST_TEXT ? assemble(readText(words, depth + 1, blockOf)) : [];
  const sightings: Sighting[] = [];
  const served: Sighting[] = [];
  let failureCount = 0;
  let wordCount = 0;
  for (const record of cutRecords(masked)) {
    const isTold = isRefusal(record);
    if (!isTold) wordCount += record.text.length;
    const found =
      isTold || wordCount <= MOST_WORDS ? readRecord(record, masked, inner, blockOf) : skimRecord(record);
    const failures = found.filter(({ outcome }) => outcome === "failure");
    if (failures.length > 0 && (isServedResponse(record) || failures.every(isOfOwnServer))) {
      appendAll(served, found);
      continue;
    }
    appendAll(sightings, found);
    failureCount += failures.length;
    if (failureCount >= MOST_FAILURES) break;
  }
  // Error responses of the user's own server count only if no call failed. Otherwise, they are a consequence of the
  // failed call.
  if (failureCount === 0) appendAll(sightings, served);
  return sightings;
}

/** Whether a record shows only error bodies of the user's own server. */
function isOfOwnServer({ failures }: Sighting): boolean {
  return failures.every(({ form, isReceived, request }) => {
    return form === "api" && isReceived && !isApiPath(request?.path ?? null);
  });
}

/** Whether a record shows a failure by its status or body, not just in words. */
function isRefusal({ text, status, isExchange }: TextRecord): boolean {
  return isExchange || hasMark(text) || isCallback(text) || (status !== null && status >= 400);
}

function conclude(sightings: readonly Sighting[], words: string): Paste {
  const assembled = assemble(sightings);
  const { failures, settled } = remainingFailures(assembled);
  return {
    failures: failures.map((failure) => withoutSecrets(markServed(failure, assembled))),
    settled: settled.map(withoutSecrets),
    requests: [
      ...assembled.flatMap(({ outcome, request }) =>
        outcome === "failure" || request === null ? [] : [request],
      ),
      ...requestsIn(words),
    ],
    worked: assembled.flatMap(({ outcome, request }) =>
      outcome === "success" && request?.path != null ? [request.path] : [],
    ),
    words,
    opening: words,
  };
}

/** Returns the requests that prose or source code mentions. */
function requestsIn(words: string): readonly RequestSeen[] {
  return findMentions(words)
    .filter((mention) => !isUnharmed(mention, words))
    .map(({ request }) => request);
}
