import type { Evidence, Layer, Missing, VerdictName } from "./verdict.ts";

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

/** What could not be read, as evidence, with what would let us read it. */
export function unreadableEvidence(
  unreadable:
    | {
        readonly what: string;
        readonly reason: string;
        readonly permissions: readonly string[];
        readonly scopes: readonly string[];
      }
    | undefined,
  what: string,
): Evidence {
  const permissions = unreadable?.permissions ?? [];
  const help = permissions.length === 0 ? "" : `; \`${permissions.join("` or `")}\` would let us read it`;
  return {
    kind: "unreadable",
    summary: `${what} could not be read${unreadable === undefined ? "" : `: ${unreadable.reason}`}${help}`,
    permissions,
    scopes: unreadable?.scopes ?? [],
  };
}
