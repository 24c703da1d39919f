import { ApiError } from "../../platform/api/api-error.ts";
import type { ExceededLimit } from "./exceeded-limit.ts";

/** Returns the error for a refused query whose interval can't be divided, with the reason. */
export function unsplittable(
  error: ApiError,
  { summary }: ExceededLimit,
  reason: string,
  hint: string,
): ApiError {
  const { method, path, status, correlationId } = error;
  return new ApiError(
    "query.unsplittable",
    `the platform refuses this query because ${summary}, and the query cannot be divided: ${reason}`,
    { request: { method, path }, answer: { status, correlationId, body: null }, hint },
  );
}
