import type { Failure } from "../failure.ts";

/**
 * Matches a message that repeats the error of the Go SDK, possibly with the words of a tool before it:
 * `Failed to read queue: API Error: 403 - message (id)`.
 */
const API_ERROR =
  /^(?:[^\n]{0,300}?\b)?API\s{1,3}Error: ([45]\d\d) - ([\s\S]{1,4000}?)(?:\s{1,3}\(([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})\))?\s{0,3}$/;

/** Splits the error of the Go SDK in a failure's message into its status, its message and its correlation id. */
export function withoutApiError(failure: Failure): Failure {
  const [, status, message, id = null] = API_ERROR.exec(failure.message ?? "") ?? [];
  if (status === undefined || message === undefined) return failure;
  return {
    ...failure,
    status: failure.status ?? Number(status),
    message: message.trim(),
    contextId: failure.contextId ?? id,
  };
}
