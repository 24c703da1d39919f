import type { Principal, Unreadable } from "../../platform/principal.ts";
import type { Evidence, Layer, Missing, VerdictName } from "./verdict.ts";
import { anyOf } from "./wording.ts";

/**
 * What one successful call leaves of an objection: nothing (it did not depend on the object), only the
 * question in which divisions (the permission is held somewhere), or all of it (that call did not touch it).
 */
export type AfterSuccess = "settled" | "divisions-open" | "open";

/** What one layer of the platform's checks says to a call. */
export interface LayerResult {
  readonly layer: Layer;
  readonly verdict: VerdictName;
  readonly evidence: readonly Evidence[];
  readonly missing: Missing;
  readonly afterSuccess: AfterSuccess;
}

export const NOTHING_MISSING: Missing = {
  permissions: [],
  scopes: [],
  divisions: [],
};

/** A layer that lets the call pass. */
export function pass(layer: Layer, ...evidence: readonly Evidence[]): LayerResult {
  return { layer, verdict: "allowed", evidence, missing: NOTHING_MISSING, afterSuccess: "settled" };
}

/** A layer that refuses, or that can't be decided. */
export function refuse(
  layer: Layer,
  verdict: Exclude<VerdictName, "allowed">,
  evidence: readonly Evidence[],
  details: Partial<Missing> & { readonly afterSuccess?: AfterSuccess } = {},
): LayerResult {
  const { afterSuccess = "settled", ...missing } = details;
  return { layer, verdict, evidence, missing: { ...NOTHING_MISSING, ...missing }, afterSuccess };
}

/** What could not be read of a principal, as evidence, with what would let us read it. */
export function unreadableEvidence(
  principal: Principal,
  what: Unreadable["what"],
  description: string,
): Evidence {
  const entries = principal.unreadable.filter((entry) => entry.what === what);
  const permissions = [...new Set(entries.flatMap((entry) => entry.permissions))];
  const reasons = entries.length === 0 ? "" : `: ${entries.map(({ reason }) => reason).join("; ")}`;
  const help = permissions.length === 0 ? "" : `; ${anyOf(permissions)} would let us read it`;
  return {
    kind: "unreadable",
    summary: `${description} could not be read${reasons}${help}`,
    permissions,
    scopes: [...new Set(entries.flatMap((entry) => entry.scopes))],
  };
}
