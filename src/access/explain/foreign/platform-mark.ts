import type { Failure } from "../paste/failure.ts";

/** Whether a response has a correlation id in its body or headers, as platform responses do. */
export function isMarked(failure: Failure): boolean {
  return failure.contextId !== null || hasOwnHeader(failure);
}

/** Whether a response has a header with a correlation id that only the platform sends. */
export function hasOwnHeader({ headers }: Failure): boolean {
  return headers["inin-correlation-id"] !== undefined || headers["genesys-correlation-id"] !== undefined;
}
