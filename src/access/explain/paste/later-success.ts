import type { Failure, RequestSeen } from "./failure.ts";
import { ACCESS_CHANGED, canBeSame, isLogin, isNamed, type Sighting } from "./sighting.ts";

interface Success {
  readonly request: RequestSeen;
  readonly index: number;
}

/** Returns the last successful request for each path and query. */
export function lastSuccesses(sightings: readonly Sighting[]): ReadonlyMap<string, Success> {
  const successes = new Map<string, Success>();
  for (const [index, { outcome, request }] of sightings.entries()) {
    if (outcome === "success" && isNamed(request)) successes.set(addressOf(request), { request, index });
  }
  return successes;
}

export function isSettled(
  failure: Failure,
  index: number,
  successes: ReadonlyMap<string, Success>,
  changes: readonly number[],
): boolean {
  const { request, status } = failure;
  if (!isNamed(request) || status === null) return false;
  const later = successes.get(addressOf(request));
  if (later === undefined || later.index <= index || !canBeSame(later.request, request)) return false;
  if (canPass(status, request.method)) return true;
  const isRefusal = status === 401 || status === 403;
  return isRefusal && changes.some((change) => change > index && change < later.index);
}

/** Whether a record shows a change after which a refused call can succeed: a new role, or a new token. */
export function changesAccess(sighting: Sighting): boolean {
  const { outcome, request } = sighting;
  return sighting === ACCESS_CHANGED || (outcome === "success" && request?.path != null && isLogin(request));
}

/** Whether a later repetition of the same call can succeed without a change. */
export function isPassing({ status, request }: Failure): boolean {
  return status !== null && canPass(status, request?.method ?? "POST");
}

/**
 * Returns for each record whether a later one reports that its repetition succeeded: `page 17 ok after retry`. Records
 * that name an item, such as a page, must name the same one.
 */
export function findRepeated(sightings: readonly Sighting[]): readonly boolean[] {
  const isRepeated = sightings.map(() => false);
  let next: Sighting | null = null;
  for (let index = sightings.length - 1; index >= 0; index -= 1) {
    const sighting = sightings[index];
    if (sighting === undefined) continue;
    if (sighting.isRepetition) next = sighting;
    else if (sighting.outcome === "failure" && next !== null) isRepeated[index] = isSameItem(sighting, next);
  }
  return isRepeated;
}

const ITEM = /^\w+ #?\d+$/;

function isSameItem(one: Sighting, other: Sighting): boolean {
  const items = other.tags.filter((tag) => ITEM.test(tag));
  const isOtherItem = items.length > 0 && one.tags.some((tag) => ITEM.test(tag) && !items.includes(tag));
  const isOtherCall =
    isNamed(one.request) && isNamed(other.request) && !canBeSame(one.request, other.request);
  return !isOtherItem && !isOtherCall;
}

/** Whether the same request can succeed later: after a wait, with a new version, or once the object exists. */
function canPass(status: number, method: string | null): boolean {
  if (status === 409) return method === "PUT" || method === "PATCH";
  return status === 429 || status >= 500 || (status === 404 && (method === null || method === "GET"));
}

function addressOf({ path, query, names }: RequestSeen): string {
  return `${path ?? names[0]}?${query}`;
}
