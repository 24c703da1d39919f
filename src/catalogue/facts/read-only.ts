import type { CaveatEffect } from "./caveat.ts";
import type { Operation } from "./operation.ts";

/**
 * The effect of a request to an operation: it `reads` only, it `starts-work` (a report, a transcoding, an export)
 * without changing the organization's data, or it `changes` something. Without a review, every request except GET and
 * HEAD counts as a change.
 */
export type RequestImpact = "reads" | "starts-work" | "changes";

const IMPACTS: Readonly<Partial<Record<CaveatEffect, RequestImpact>>> = {
  harmless: "reads",
  "harmless-probably": "starts-work",
  "starts-query": "starts-work",
  "not-harmless": "changes",
};

/**
 * Returns the impact of a request, based on the reviewed lists of POST operations that only read and of GET operations
 * that do more. A name or a read-only scope proves nothing: sending a chat message needs only a read-only scope.
 */
export function impactOf({ method, caveats }: Operation): RequestImpact {
  const reviewed = caveats.map(({ effect }) => IMPACTS[effect]).find((impact) => impact !== undefined);
  return reviewed ?? (method === "GET" || method === "HEAD" ? "reads" : "changes");
}

/** Returns whether a request to an operation only reads. */
export function isReadOnly(operation: Operation): boolean {
  return impactOf(operation) === "reads";
}
