import { mergeFailures } from "./body/error-envelope.ts";
import type { Failure } from "./failure.ts";
import { LOGIN_FOLLOWS } from "./record/text-tags.ts";
import {
  canBeSame,
  failed,
  isLogin,
  isNamed,
  isOpen,
  mergeRequests,
  needsRequest,
  type Sighting,
} from "./sighting.ts";

/** Joins a bare status with the error body in the record before or after it. */
export function joinParts(sightings: readonly Sighting[]): readonly Sighting[] {
  const joined: Sighting[] = [];
  // Counts the calls that were refused with each status and still lack a body. A body without a status can belong to
  // any of them, so null counts all.
  const bare = new Map<number | null, number>();
  const count = (call: Sighting, change: number): void => {
    if (!isBareCall(call)) return;
    for (const status of new Set([call.failures[0]?.status ?? null, null])) {
      bare.set(status, (bare.get(status) ?? 0) + change);
    }
  };
  for (const sighting of sightings) {
    if (repeatsAnswer(joined, sighting)) continue;
    const [body] = sighting.failures;
    const at = partBefore(joined, sighting, (bare.get(body?.status ?? null) ?? 0) > 1);
    const before = joined[at];
    const one = before === undefined ? null : joinFailures(before, sighting);
    if (before !== undefined && one !== null) {
      count(before, -1);
      joined.splice(at, 1, one);
      count(one, 1);
    } else {
      joined.push(sighting);
      count(sighting, 1);
    }
  }
  return joined;
}

/** Whether a record shows only the status of a refused call. */
function isBareCall({ request, failures }: Sighting): boolean {
  const [first] = failures;
  return first !== undefined && failures.length === 1 && isBare(first) && isNamed(request);
}

/**
 * Whether a failure that is only a status repeats the only response so far. Test runners print the error first,
 * then the calls that led to it.
 */
function repeatsAnswer(joined: readonly Sighting[], { outcome, failures }: Sighting): boolean {
  // Checks the number of records first, because listing the others for every record would take quadratic time.
  if (joined.length !== 2 || failures.length !== 1 || outcome !== "failure") return false;
  const [answer, request] = joined;
  const [own] = failures;
  if (answer === undefined || request === undefined || own === undefined) return false;
  return (
    needsRequest(answer) &&
    isOpen(request) &&
    isBare(own) &&
    own.request === null &&
    answer.failures.every((failure) => !isBare(failure) && failure.status === own.status)
  );
}

/**
 * Returns the index of the record that may contain the first part of this failure. It is normally the last one,
 * but a body may also follow a successful call, which is then skipped. Returns -1 if the body can then belong to
 * several refused calls.
 */
function partBefore(
  joined: readonly Sighting[],
  { outcome, request }: Sighting,
  areSeveral: boolean,
): number {
  const last = joined.length - 1;
  const isBody = outcome === "failure" && !isNamed(request);
  if (!isBody || joined[last]?.outcome !== "success") return last;
  return areSeveral ? -1 : last - 1;
}

function joinFailures(before: Sighting, after: Sighting): Sighting | null {
  const [first, ...firstOthers] = before.failures;
  const [second, ...secondOthers] = after.failures;
  if (first === undefined || second === undefined) return null;
  const isBareFirst = isHeadOf(first, second) && firstOthers.length === 0;
  const isBareSecond = isBare(second) && secondOthers.length === 0;
  if (!isBareFirst && !isBareSecond) return null;
  // A closed socket with its close code is always a failure of its own. So is a failed connection next to an HTTP
  // status, because it received none.
  const hasStatus = first.status !== null || second.status !== null;
  const isApart = ({ form, code }: Failure): boolean => form === "network" && (code !== null || hasStatus);
  if ([first, second].some(isApart)) return null;
  // The response to a token request is not the body of the refused call before it.
  if (second.form === "token-endpoint" && before.tags.includes(LOGIN_FOLLOWS)) return null;
  if (first.status !== null && second.status !== null && first.status !== second.status) return null;
  const isOther =
    first.request !== null && second.request !== null && !canBeSame(first.request, second.request);
  if (isOther) return null;
  const [bare, full] = isBareFirst ? [first, after.failures] : [second, before.failures];
  return failed(
    full.map((failure) => ({
      ...mergeFailures(failure, bare),
      request: mergeRequests(failure.request, bare.request),
    })),
    [...before.tags, ...after.tags],
  );
}

/**
 * Whether a failure is the status of another one. The headers of the token endpoint have an id, which its body does not
 * repeat.
 */
function isHeadOf(failure: Failure, { form }: Failure): boolean {
  return isBare(failure) || (form === "token-endpoint" && isLogin(failure.request) && isStatus(failure));
}

/** Whether a failure is only a status, without an id that would show to which response it belongs. */
function isBare(failure: Failure): boolean {
  return isStatus(failure) && failure.headers["inin-correlation-id"] === undefined;
}

function isStatus({ form, code, message, messageParams, contextId }: Failure): boolean {
  return (
    (form === "words" || form === "api") &&
    Object.keys(messageParams).length === 0 &&
    code === null &&
    message === null &&
    contextId === null
  );
}
