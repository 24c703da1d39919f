import type { CaveatEffect } from "./caveat.ts";
import type { Operation } from "./operation.ts";

/**
 * What a request of an operation does: `reads` only, `starts-work` on the platform that changes no data of the
 * organization (a report, a transcoding, an export), or `changes` something, as far as anyone has reviewed.
 */
export type RequestImpact = "reads" | "starts-work" | "changes";

const IMPACTS: Readonly<Partial<Record<CaveatEffect, RequestImpact>>> = {
  harmless: "reads",
  "harmless-probably": "starts-work",
  "starts-query": "starts-work",
  "not-harmless": "changes",
};

/**
 * Returns the impact of a request, from the reviewed list of POST operations that only read and of GET operations that
 * do more. A read-only scope or a name proves nothing: sending a chat message needs no more than one.
 */
export function impactOf({ method, caveats }: Operation): RequestImpact {
  const reviewed = caveats.map(({ effect }) => IMPACTS[effect]).find((impact) => impact !== undefined);
  return reviewed ?? (method === "GET" || method === "HEAD" ? "reads" : "changes");
}

/** Returns whether a request of an operation is a reviewed read. */
export function isReadOnly(operation: Operation): boolean {
  return impactOf(operation) === "reads";
}
