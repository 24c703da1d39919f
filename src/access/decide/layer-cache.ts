import type { PermissionMode } from "../../catalogue/facts/operation.ts";
import type { Principal } from "../../platform/reading/principal.ts";
import type { LayerResult } from "../verdict/layer-result.ts";
import { openMemo } from "../verdict/memoize.ts";
import { checkPermissions, checkRecency } from "./check-permissions.ts";
import { checkAccessPolicies } from "./check-policies.ts";
import { checkToken } from "./check-token.ts";

/** The results of the three layers that depend on a list of permissions. */
export interface PermissionLayers {
  readonly permissions: LayerResult;
  readonly recency: LayerResult;
  readonly policies: LayerResult;
}

/**
 * A principal's layer results that are the same for every operation, or for every operation with the same
 * permissions.
 */
export interface LayerCache {
  readonly token: LayerResult;
  /**
   * Returns the results for a list of permissions.
   * @param divisionId id of the object's division; null when it is unknown
   */
  ofPermissions(
    mode: PermissionMode,
    permissions: readonly string[],
    divisionId: string | null,
  ): PermissionLayers;
}

/**
 * Creates the layer cache of a principal. A policy with thousands of operations contains only a few hundred
 * different lists of permissions.
 */
export function openLayerCache(principal: Principal): LayerCache {
  const cached = openMemo<PermissionLayers>();
  return {
    token: checkToken(principal),
    ofPermissions: (mode, permissions, divisionId) =>
      cached(`${mode} ${divisionId} ${permissions.join(" ")}`, () => ({
        permissions: checkPermissions(principal, mode, permissions, divisionId),
        recency: checkRecency(principal, mode, permissions, divisionId),
        policies: checkAccessPolicies(principal, mode, permissions),
      })),
  };
}
