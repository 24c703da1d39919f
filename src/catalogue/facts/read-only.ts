import type { CaveatEffect } from "./caveat.ts";
import type { Operation } from "./operation.ts";

/**
 * The effect of a request to an operation: `reads` only, `starts-work` on the platform without changing the
 * organization's data (a report, a transcoding, an export), or `changes` something, unless a review showed
 * otherwise.
 */
export type RequestImpact = "reads" | "starts-work" | "changes";

const IMPACTS: Readonly<Partial<Record<CaveatEffect, RequestImpact>>> = {
  harmless: "reads",
  "harmless-probably": "starts-work",
  "starts-query": "starts-work",
  "not-harmless": "changes",
};

/**
 * Returns the impact of a request, from the reviewed list of POST operations that only read and GET operations
 * that do more. Neither a name nor a read-only scope proves anything: sending a chat message needs only a
 * read-only scope.
 */
export function impactOf({ method, caveats }: Operation): RequestImpact {
  const reviewed = caveats.map(({ effect }) => IMPACTS[effect]).find((impact) => impact !== undefined);
  return reviewed ?? (method === "GET" || method === "HEAD" ? "reads" : "changes");
}

/** Returns whether a request to an operation is a reviewed read. */
export function isReadOnly(operation: Operation): boolean {
  return impactOf(operation) === "reads";
}
