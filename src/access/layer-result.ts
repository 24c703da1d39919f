import type { Principal, Unreadable } from "../platform/principal.ts";
import type { Evidence, Layer, Missing, VerdictName } from "./verdict.ts";
import { anyOf } from "./words.ts";

/** What one layer of the platform's checks says to a call. */
export interface LayerResult {
  readonly layer: Layer;
  readonly verdict: VerdictName;
  readonly evidence: readonly Evidence[];
  readonly missing: Missing;
}

export const NOTHING_MISSING: Missing = {
  permissions: [],
  scopes: [],
  divisions: [],
};

/** A layer that lets the call pass. */
export function pass(layer: Layer, ...evidence: readonly Evidence[]): LayerResult {
  return { layer, verdict: "allowed", evidence, missing: NOTHING_MISSING };
}

/** A layer that refuses, or that can't be decided. */
export function refuse(
  layer: Layer,
  verdict: Exclude<VerdictName, "allowed">,
  evidence: readonly Evidence[],
  missing: Partial<Missing> = {},
): LayerResult {
  return {
    layer,
    verdict,
    evidence,
    missing: { ...NOTHING_MISSING, ...missing },
  };
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
