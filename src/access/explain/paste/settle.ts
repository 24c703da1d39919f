import { asRecord } from "../../../core/json.ts";
import type { Failure, RequestSeen } from "./failure.ts";
import { changesAccess, findRepeated, isPassing, isSettled, lastSuccesses } from "./later-success.ts";
import { findNetworkSign } from "./network/network-signs.ts";
import { canBeSame, isLogin, isNamed, mergeRequests, type Sighting } from "./sighting.ts";
import { fitsTemplate } from "./unique-requests.ts";

/**
 * Splits failures into those that remain and those that are settled. A 429, a 5xx, a 404 for a read or a 409 for a
 * change is settled when the same request succeeded later. So is a 401 or 403 if access changed in between. Merges
 * several copies of one failure.
 */
export function remainingFailures(sightings: readonly Sighting[]): SettledFailures {
  const successes = lastSuccesses(sightings);
  const changes = sightings.flatMap((sighting, index) => (changesAccess(sighting) ? [index] : []));
  const isRepeated = findRepeated(sightings);
  const failures = sightings.flatMap((sighting, index) =>
    sighting.failures.map((failure) => ({
      failure,
      isSettled:
        isSettled(failure, index, successes, changes) || (isRepeated[index] === true && isPassing(failure)),
    })),
  );
  const select = (settled: boolean): readonly Failure[] =>
    uniqueFailures(failures.filter(({ isSettled: is }) => is === settled).map(({ failure }) => failure));
  return { failures: select(false), settled: select(true) };
}

/** The failures of a paste, split by whether the same request succeeded later. */
interface SettledFailures {
  readonly failures: readonly Failure[];
  readonly settled: readonly Failure[];
}

/** Maximum number of characters to compare in each message. */
const LONGEST_MESSAGE = 400;

/** Merges copies of the same failure, such as a JSON object and its text, or a repeated log line. */
function uniqueFailures(failures: readonly Failure[]): readonly Failure[] {
  const seen = new Map<string, Failure>();
  for (const failure of failures) {
    const key = keyOf(failure);
    const earlier = seen.get(key);
    seen.set(key, earlier === undefined ? failure : mergeCopies(earlier, failure));
  }
  const unique = withEarlierStatus(joinHalves([...seen.values()]));
  return unique.filter((failure) => !isShadow(failure, unique));
}

/**
 * Joins the two halves of the only refusal, as a stack trace and the dump of its exception show them: one half has the
 * call, and the other one has the id.
 */
function joinHalves(failures: readonly Failure[]): readonly Failure[] {
  const [one, other] = failures;
  if (one === undefined || other === undefined || failures.length !== 2) return failures;
  const [call, answer] = isNamed(one.request) ? [one, other] : [other, one];
  const areHalves =
    isNamed(call.request) && call.contextId === null && !isNamed(answer.request) && answer.contextId !== null;
  const isSame =
    [null, answer.status].includes(call.status) &&
    [null, answer.code].includes(call.code) &&
    call.message === answer.message;
  if (!areHalves || !isSame || call.message === null) return failures;
  return [{ ...answer, request: mergeRequests(call.request, answer.request) }];
}

/** Whether a failure only repeats the status or reason phrase of another, more detailed failure. */
function isShadow(failure: Failure, all: readonly Failure[]): boolean {
  if (repeatsPhrase(failure, all) || isRepeated(failure, all) || isHeadOf(failure, all)) return true;
  if (isTitleOf(failure, all)) return true;
  return (
    saysOnlyStatus(failure) && all.some((other) => other.status === failure.status && !saysOnlyStatus(other))
  );
}

/**
 * Whether a failure only names the call, or its path template, of a more detailed failure with the same status, as the
 * title of a post does.
 */
function isTitleOf(failure: Failure, all: readonly Failure[]): boolean {
  const { form, status, code, message, contextId, request, headers } = failure;
  const path = request?.path ?? null;
  const isBare = code === null && message === null && contextId === null && Object.keys(headers).length === 0;
  if (form !== "words" || path === null || !isBare) return false;
  return all.some(
    (other) =>
      other.status === status &&
      other.request?.path != null &&
      [null, other.request.method].includes(request?.method ?? null) &&
      (fitsTemplate(path, other.request.path) ||
        (path === other.request.path && (other.code !== null || other.message !== null))),
  );
}

/** Whether a failure shows only the head of a response that another failure shows too, with the same id. */
function isHeadOf(failure: Failure, all: readonly Failure[]): boolean {
  const { status, code, message, contextId, request, headers } = failure;
  const id = headers["inin-correlation-id"];
  const isHead = code === null && message === null && contextId === null && !isNamed(request);
  if (id === undefined || !isHead) return false;
  return all.some(
    (other) =>
      other !== failure &&
      other.status === status &&
      (other.contextId ?? other.headers["inin-correlation-id"]) === id,
  );
}

/** Matches a code that is only the reason phrase of a status, as tools write it next to a response: `Forbidden`. */
const PHRASE = /^(?:forbidden|unauthori[sz]ed|bad ?request|not ?found|conflict|too ?many ?requests)$/i;

/** Whether a failure is only a reason phrase for the status of another failure at the same path. */
function repeatsPhrase(
  { status, code, message, contextId, request }: Failure,
  all: readonly Failure[],
): boolean {
  return (
    status === null &&
    message === null &&
    contextId === null &&
    PHRASE.test(code ?? "") &&
    all.some((other) => other.status !== null && other.request?.path === request?.path)
  );
}

/**
 * Whether a failure only repeats another one, as the title of a post or a later sentence does. The other failure agrees
 * with it in status, code and message, and also shows a correlation id or a request.
 */
function isRepeated(failure: Failure, all: readonly Failure[]): boolean {
  const { form, status, code, message, contextId, request, headers } = failure;
  if (form === "network" || contextId !== null || Object.keys(headers).length > 0) return false;
  if (code === null && message === null) return false;
  return all.some(
    (other) =>
      other !== failure &&
      (other.contextId !== null || (request === null && isNamed(other.request))) &&
      (status === null || other.status === status) &&
      (code === null || other.code === code) &&
      (request === null || isOfCall(request, other.request)) &&
      (message === null || beginsAlike(message, other.message)),
  );
}

/** Whether a request can be that of another failure. Only an unnamed request fits a failure without one. */
function isOfCall(request: RequestSeen, other: RequestSeen | null): boolean {
  return other === null ? !isNamed(request) : canBeSame(request, other);
}

/**
 * Whether a quoted message equals another message or its beginning. People shorten the messages that they quote.
 */
function beginsAlike(told: string, message: string | null): boolean {
  return message !== null && plain(message).startsWith(plain(told));
}

function plain(message: string): string {
  return message
    .slice(0, LONGEST_MESSAGE)
    .replace(/^API Error: \d{3} - /, "")
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, " ")
    .trim();
}

/**
 * Adds the status from an earlier sentence to a login's only failure when the body shows no status: `The exchange
 * fails with a 400`.
 */
function withEarlierStatus(failures: readonly Failure[]): readonly Failure[] {
  const told = failures.find(
    (failure) =>
      saysOnlyStatus({ ...failure, request: null }) && (failure.request === null || isLogin(failure.request)),
  );
  const open = failures.find(({ form, status }) => form === "token-endpoint" && status === null);
  if (told === undefined || open === undefined || failures.length !== 2) return failures;
  return told.status === 400 || told.status === 401 ? [{ ...open, status: told.status }] : failures;
}

function saysOnlyStatus({ form, code, message, contextId, request, headers }: Failure): boolean {
  return (
    form === "words" &&
    code === null &&
    message === null &&
    contextId === null &&
    request === null &&
    Object.keys(headers).length === 0
  );
}

/**
 * Merges two copies of a failure with the same id, such as a wrapper and its inner cause. Keeps the copy with a
 * code or a message, and takes the request from the other one if necessary.
 */
function mergeCopies(earlier: Failure, later: Failure): Failure {
  const isFuller =
    earlier.code === null && (later.code !== null || (earlier.message === null && later.message !== null));
  const [full, other] = isFuller ? [later, earlier] : [earlier, later];
  return full.form === "network" || isNamed(full.request) || !isNamed(other.request)
    ? full
    : { ...full, request: mergeRequests(other.request, full.request) };
}

function keyOf({ form, contextId, status, code, message, request }: Failure): string {
  if (form === "network" && status === null) return `network ${code ?? findNetworkSign(message ?? "")?.kind}`;
  const { path, method, topics } = asRecord(request);
  return contextId ?? JSON.stringify([status, code, message, path, method, topics]);
}
