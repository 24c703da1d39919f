import type { Failure } from "./failure.ts";
import type { Sighting } from "./sighting.ts";

/**
 * Marks the request of a failure when the paste also reports a success of the same method and path. The path then
 * exists, whatever the catalog lists.
 */
export function markServed(failure: Failure, sightings: readonly Sighting[]): Failure {
  const { request } = failure;
  if (request?.path == null) return failure;
  const isServed = sightings.some(
    ({ outcome, request: other }) =>
      outcome === "success" &&
      other !== null &&
      other.path === request.path &&
      (other.method === request.method || other.method === null || request.method === null) &&
      (other.host === request.host || other.host === null || request.host === null),
  );
  return isServed ? { ...failure, request: { ...request, isServed } } : failure;
}
