import type { Caveat } from "../../catalogue/facts/caveat.ts";
import type { Principal, Unreadable } from "../../platform/reading/principal.ts";
import type { Evidence, Layer, MissingAccess, VerdictName } from "./verdict.ts";
import { allOf, anyOf } from "./wording.ts";

/**
 * How much of an objection remains after one successful call. `settled`: nothing, because it did not depend on
 * the object. `divisions-open`: a doubt about other divisions, because the call proved only one. `open`: all of
 * it, because the call did not test it.
 */
export type AfterSuccess = "settled" | "divisions-open" | "open";

/** The result of one layer's check of a call. */
export interface LayerResult {
  readonly layer: Layer;
  readonly verdict: VerdictName;
  readonly evidence: readonly Evidence[];
  readonly missing: MissingAccess;
  readonly afterSuccess: AfterSuccess;
  /** The caveat that raised the doubt; absent when no caveat was involved. */
  readonly caveat?: Caveat;
  /** Permissions that settle the caveat when all of them are held. */
  readonly settledBy?: readonly string[];
}

export const NOTHING_MISSING: MissingAccess = {
  permissions: [],
  scopes: [],
  divisions: [],
};

/** Returns a result for a layer that lets the call pass. */
export function pass(layer: Layer, ...evidence: readonly Evidence[]): LayerResult {
  return { layer, verdict: "allowed", evidence, missing: NOTHING_MISSING, afterSuccess: "settled" };
}

/** Returns a result for a layer that refuses the call or that cannot be decided. */
export function refuse(
  layer: Layer,
  verdict: Exclude<VerdictName, "allowed">,
  evidence: readonly Evidence[],
  details: Partial<MissingAccess> & { readonly afterSuccess?: AfterSuccess } = {},
): LayerResult {
  const { afterSuccess = "settled", ...missing } = details;
  return { layer, verdict, evidence, missing: { ...NOTHING_MISSING, ...missing }, afterSuccess };
}

/**
 * Describes a fact about a principal that could not be read, and names what would allow reading it: a scope if one
 * was missing, otherwise a permission.
 */
export function unreadableEvidence(
  principal: Principal,
  what: Unreadable["what"],
  description: string,
): Evidence {
  const entries = principal.unreadable.filter((entry) => entry.what === what);
  const [ofScope, others] = [entries.filter(lacksScope), entries.filter((entry) => !lacksScope(entry))];
  const permissions = [...new Set(others.flatMap((entry) => entry.permissions))];
  const missingScopes = [...new Set(ofScope.flatMap((entry) => entry.scopes))];
  const needs = [
    ...(permissions.length === 0 ? [] : [anyOf(permissions)]),
    ...(missingScopes.length === 0 ? [] : [`scope ${anyOf(missingScopes)}`]),
  ];
  const reasons = entries.length === 0 ? "" : `: ${reasonsOf(entries).join("; ")}`;
  const help = needs.length === 0 ? "" : `; ${needs.join(" or ")} allows reading it`;
  return {
    kind: "unreadable",
    summary: `${description} could not be read${reasons}${help}`,
    permissions,
    scopes: [...new Set(entries.flatMap((entry) => entry.scopes))],
    ...(missingScopes.length === 0 ? {} : { missingScopes }),
  };
}

/**
 * Returns why a fact could not be read. When several calls were tried, calls with the same response share one reason,
 * which omits the service's message.
 */
function reasonsOf(entries: readonly Unreadable[]): readonly string[] {
  if (entries.length < 2) return entries.map(({ reason }) => reason);
  const callsOf = new Map<string, string[]>();
  const others: string[] = [];
  for (const { call, reason } of entries) {
    if (call?.status == null || call.code === null) {
      others.push(reason);
    } else {
      const response = `returned ${call.status} \`${call.code}\``;
      callsOf.set(response, [...(callsOf.get(response) ?? []), `${call.method} ${call.path}`]);
    }
  }
  return [...Array.from(callsOf, ([response, calls]) => `${allOf(calls)} ${response}`), ...others];
}

/** Whether a fact could not be read because the token lacks a scope, whatever permissions it holds. */
function lacksScope({ call }: Unreadable): boolean {
  return call?.code === "app.not.authorized.for.scope";
}
