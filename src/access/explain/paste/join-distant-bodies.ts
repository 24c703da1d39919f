import { mergeFailures } from "./body/error-envelope.ts";
import { commonTags } from "./common-tags.ts";
import type { Failure } from "./failure.ts";
import { failed, isNamed, isOpen, needsRequest, type Sighting } from "./sighting.ts";

/** Maximum number of failures per status that wait for their bodies. */
const MOST_WAITING = 50;

/**
 * Joins a refused call whose record shows only the status with the error body in a later record: a line
 * `POST /x -> 403`, lines of other workers, and then `gave up: {"code": ...}`. The two records share an id, or no other
 * call can have had this body.
 */
export function joinDistantBodies(given: readonly Sighting[]): readonly Sighting[] {
  const sightings = joinOnlyBody(given);
  const common = commonTags(sightings);
  const waiting = new Map<number, readonly number[]>();
  const joined: Sighting[] = [];
  let isAnyOpen = false;
  for (const sighting of sightings) {
    isAnyOpen ||= isOpen(sighting);
    const [failure, ...others] = sighting.failures;
    const status = failure?.status ?? null;
    if (failure === undefined || status === null || others.length > 0) {
      joined.push(sighting);
      continue;
    }
    const places = waiting.get(status) ?? [];
    const at = isDetail(failure, sighting)
      ? (places.findLast((place) => sharesTag(joined[place], sighting, common)) ??
        (places.length === 1 && !isAnyOpen ? places[0] : undefined))
      : undefined;
    const whole = at === undefined ? null : joinBody(joined[at], failure, sighting);
    if (at !== undefined && whole !== null) {
      joined[at] = whole;
      waiting.set(
        status,
        places.filter((place) => place !== at),
      );
      continue;
    }
    if (showsOnlyStatus(failure) && isNamed(failure.request)) {
      waiting.set(status, [...places.slice(1 - MOST_WAITING), joined.length]);
    }
    joined.push(sighting);
  }
  return joined;
}

/**
 * Joins the only status in prose with the only error body, which has no status: `we get a 400 ...`, then the call, and
 * then the body. With more failures, it is unclear which of them a body belongs to.
 */
function joinOnlyBody(sightings: readonly Sighting[]): readonly Sighting[] {
  const [first, second, ...others] = sightings.filter(({ outcome }) => outcome === "failure");
  const [told, body] = [first?.failures[0], second?.failures[0]];
  const isPair = first !== undefined && second !== undefined && others.length === 0;
  if (!isPair || told === undefined || body === undefined) return sightings;
  const isBare = told.form === "words" && showsOnlyStatus(told) && needsRequest(first);
  const isOpenBody = body.form === "api" && body.status === null && isDetail(body, second);
  const areSingle = first.failures.length === 1 && second.failures.length === 1;
  if (!isBare || !isOpenBody || !areSingle) return sightings;
  const whole = failed([mergeFailures(body, told)], [...first.tags, ...second.tags]);
  return sightings.flatMap((sighting) =>
    sighting === first ? [] : sighting === second ? [whole] : [sighting],
  );
}

/** Whether a record shows an error body, but not the call. */
function isDetail(failure: Failure, sighting: Sighting): boolean {
  return !showsOnlyStatus(failure) && needsRequest(sighting);
}

function showsOnlyStatus({ form, code, message, contextId }: Failure): boolean {
  return (form === "words" || form === "api") && code === null && message === null && contextId === null;
}

function sharesTag(one: Sighting | undefined, other: Sighting, common: ReadonlySet<string>): boolean {
  return one?.tags.some((tag) => other.tags.includes(tag) && !common.has(tag)) === true;
}

/** Joins a bare status with an error body; null when their correlation ids differ. */
function joinBody(earlier: Sighting | undefined, body: Failure, { tags }: Sighting): Sighting | null {
  const [bare] = earlier?.failures ?? [];
  if (earlier === undefined || bare === undefined) return null;
  const [first, second] = [bare, body].map(
    ({ contextId, headers }) => contextId ?? headers["inin-correlation-id"],
  );
  if (first !== undefined && second !== undefined && first !== second) return null;
  return failed([mergeFailures(body, bare)], [...earlier.tags, ...tags]);
}
