import type { Caveat } from "../../catalogue/facts/caveat.ts";
import type { Principal, Unreadable } from "../../platform/reading/principal.ts";
import type { Evidence, Layer, MissingAccess, VerdictName } from "./verdict.ts";
import { anyOf } from "./wording.ts";

/**
 * The part of an objection that remains after one successful call. Nothing remains of an objection that did
 * not depend on the object. The divisions remain when the permission is held in at least one. All of it
 * remains when the call did not test it.
 */
export type AfterSuccess = "settled" | "divisions-open" | "open";

/** The result of one layer's check of a call. */
export interface LayerResult {
  readonly layer: Layer;
  readonly verdict: VerdictName;
  readonly evidence: readonly Evidence[];
  readonly missing: MissingAccess;
  readonly afterSuccess: AfterSuccess;
  /** The caveat that raised the doubt; absent when a layer decided by itself. */
  readonly caveat?: Caveat;
  /** Permissions that remove the caveat's doubt when all of them are held. */
  readonly settledBy?: readonly string[];
}

export const NOTHING_MISSING: MissingAccess = {
  permissions: [],
  scopes: [],
  divisions: [],
};

/** Returns the result of a layer that lets the call pass. */
export function pass(layer: Layer, ...evidence: readonly Evidence[]): LayerResult {
  return { layer, verdict: "allowed", evidence, missing: NOTHING_MISSING, afterSuccess: "settled" };
}

/** Returns the result of a layer that refuses or cannot be decided. */
export function refuse(
  layer: Layer,
  verdict: Exclude<VerdictName, "allowed">,
  evidence: readonly Evidence[],
  details: Partial<MissingAccess> & { readonly afterSuccess?: AfterSuccess } = {},
): LayerResult {
  const { afterSuccess = "settled", ...missing } = details;
  return { layer, verdict, evidence, missing: { ...NOTHING_MISSING, ...missing }, afterSuccess };
}

/** Describes which fact about a principal could not be read, with the permission that would allow it. */
export function unreadableEvidence(
  principal: Principal,
  what: Unreadable["what"],
  description: string,
): Evidence {
  const entries = principal.unreadable.filter((entry) => entry.what === what);
  const permissions = [...new Set(entries.flatMap((entry) => entry.permissions))];
  const reasons = entries.length === 0 ? "" : `: ${entries.map(({ reason }) => reason).join("; ")}`;
  const help = permissions.length === 0 ? "" : `; ${anyOf(permissions)} allows reading it`;
  return {
    kind: "unreadable",
    summary: `${description} could not be read${reasons}${help}`,
    permissions,
    scopes: [...new Set(entries.flatMap((entry) => entry.scopes))],
  };
}
