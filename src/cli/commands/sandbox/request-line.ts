import type { SandboxRequest } from "../../context.ts";

/** Formats a request for the log: `GET /api/v2/users/me 400 in 2 ms, refused by context (not.a.user)`. */
export function describeRequest(request: SandboxRequest): string {
  const { method, target, status, refusedBy, fault, durationMs } = request;
  const answer = `${method} ${target} ${status ?? "no response"} in ${Math.round(durationMs)} ms`;
  if (fault !== null) return `${answer}, simulated fault (${fault})`;
  return refusedBy === null ? answer : `${answer}, refused by ${refusedBy.layer} (${refusedBy.code})`;
}
