import { commonTags } from "./common-tags.ts";
import type { RequestSeen } from "./failure.ts";
import { joinDistantBodies } from "./join-distant-bodies.ts";
import { joinParts } from "./join-parts.ts";
import {
  canBeSame,
  failed,
  isLogin,
  isNamed,
  isOpen,
  mergeRequests,
  needsRequest,
  OF_CODE,
  type Sighting,
  succeeded,
} from "./sighting.ts";

/** Maximum number of requests that wait for a response. Beyond that, the oldest one gets none. */
const MOST_OPEN = 200;

/**
 * Combines the records of a paste that show parts of the same call: a request in one line and its response in
 * the next, or a status and then its body. A request that succeeded is never combined with a failure.
 */
export function assemble(sightings: readonly Sighting[]): readonly Sighting[] {
  return completeRequests(attachRequests(joinDistantBodies(joinParts(sightings))));
}

/** Adds to each failure's request the method or host that another record shows for the same path. */
function completeRequests(sightings: readonly Sighting[]): readonly Sighting[] {
  const complete = sightings.filter(
    ({ request }) =>
      request !== null && request.path !== null && (request.method !== null || request.host !== null),
  );
  return sightings.map((sighting) => {
    const { request } = sighting;
    if (
      sighting.outcome !== "failure" ||
      request === null ||
      (request.method !== null && request.host !== null) ||
      request.path === null
    ) {
      return sighting;
    }
    const other = complete.find(
      (candidate) =>
        candidate !== sighting &&
        candidate.request !== null &&
        canBeSame(candidate.request, request) &&
        ((request.method === null && candidate.request.method !== null) ||
          (request.host === null && candidate.request.host !== null)),
    );
    return other === undefined ? sighting : withRequest(sighting, other.request);
  });
}

function withRequest({ failures, tags }: Sighting, request: RequestSeen | null): Sighting {
  return failed(
    failures.map((failure) => ({ ...failure, request: mergeRequests(failure.request, request) })),
    tags,
  );
}

function lend(request: RequestSeen | null): RequestSeen | null {
  return request === null ? null : { ...request, isLent: true };
}

/** Gives each failure without a request the closest request that has no response yet. */
function attachRequests(sightings: readonly Sighting[]): readonly Sighting[] {
  return isAnswerFirst(sightings)
    ? attachClosest(sightings.toReversed()).toReversed()
    : attachNextRequest(attachClosest(sightings));
}

/**
 * Whether the text shows each response before its request, alternating between the two from the first response on.
 */
function isAnswerFirst(sightings: readonly Sighting[]): boolean {
  if (sightings.some(isOfBlock)) return false;
  const kinds = sightings.flatMap((sighting) =>
    needsRequest(sighting) ? ["answer"] : isOpen(sighting) ? ["request"] : [],
  );
  return (
    kinds.length >= 2 &&
    kinds.length % 2 === 0 &&
    kinds.every((kind, index) => kind === (index % 2 === 0 ? "answer" : "request"))
  );
}

function attachClosest(sightings: readonly Sighting[]): readonly Sighting[] {
  const open: Sighting[] = [];
  const common = commonTags(sightings);
  const used = new Set<Sighting>();
  const take = (choose: (sighting: Sighting) => boolean): RequestSeen | null => {
    const index = open.findLastIndex(choose);
    if (index === -1) return null;
    const [taken] = open.splice(index, 1);
    if (taken !== undefined) used.add(taken);
    return taken?.request ?? null;
  };
  const takeFor = (sighting: Sighting): RequestSeen | null => {
    const { request, tags } = sighting;
    if (isNamed(request)) return take((other) => other.request !== null && canBeSame(other.request, request));
    const isOwn = (other: Sighting): boolean => canAnswer(sighting, other);
    return (
      take((other) => isOwn(other) && other.tags.some((tag) => tags.includes(tag) && !common.has(tag))) ??
      take(isOwn)
    );
  };
  const lent = sightings.map((sighting) => {
    if (isOpen(sighting)) {
      open.push(sighting);
      if (open.length > MOST_OPEN) open.shift();
      return sighting;
    }
    if (sighting.outcome === "unseen") return sighting;
    const request = takeFor(sighting);
    if (request === null) return sighting;
    return sighting.outcome === "success"
      ? succeeded(mergeRequests(sighting.request, request), sighting.tags, sighting.isRepetition)
      : withRequest(sighting, lend(request));
  });
  return lent.filter((sighting) => !used.has(sighting));
}

/** Attaches the following request to the only failure in the text. */
function attachNextRequest(sightings: readonly Sighting[]): readonly Sighting[] {
  const failures = sightings.filter(({ outcome }) => outcome === "failure");
  const [only] = failures;
  if (only === undefined || failures.length > 1 || !needsRequest(only) || isOfBlock(only)) return sightings;
  const [after, ...others] = sightings
    .slice(sightings.indexOf(only))
    .filter((sighting) => isOpen(sighting) && canAnswer(only, sighting));
  if (after === undefined) return sightings;
  // When several different paths follow a failure, it is unclear which of them failed.
  if (others.some(({ request }) => request !== null && !canBeSame(request, after.request ?? request))) {
    return sightings;
  }
  return sightings
    .filter((sighting) => sighting !== after)
    .map((sighting) => (sighting === only ? withRequest(only, lend(after.request)) : sighting));
}

/**
 * Whether a failure is a Terraform error that names its block. A path that follows it then belongs to another
 * call.
 */
function isOfBlock({ failures }: Sighting): boolean {
  return failures.some(({ block }) => block !== null);
}

/** Whether a failure can be the response to a request. The token endpoint responds only to logins. */
function canAnswer({ failures, request: own }: Sighting, { request, tags }: Sighting): boolean {
  if (tags.includes(OF_CODE)) return false;
  const isElsewhere = own?.host != null && request?.host != null && own.host !== request.host;
  if (isElsewhere) return false;
  return failures.some(({ form }) => form === "token-endpoint") ? isLogin(request) : true;
}
