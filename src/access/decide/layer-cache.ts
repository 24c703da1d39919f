import type { PermissionMode } from "../../catalogue/operation.ts";
import type { Principal } from "../../platform/principal.ts";
import type { LayerResult } from "../verdict/layer-result.ts";
import { openMemory } from "../verdict/memoize.ts";
import { checkPermissions, checkRecency } from "./check-permissions.ts";
import { checkAccessPolicies } from "./check-policies.ts";
import { checkToken } from "./check-token.ts";

/** What the layers that look at permissions say to a list of them. */
export interface PermissionLayers {
  readonly permissions: LayerResult;
  readonly recency: LayerResult;
  readonly policies: LayerResult;
}

/** What the layers say to a principal, as far as it does not depend on the operation. */
export interface LayerBook {
  readonly token: LayerResult;
  /** @param divisionId the division of the object the call touches; null when not known */
  ofPermissions(
    mode: PermissionMode,
    permissions: readonly string[],
    divisionId: string | null,
  ): PermissionLayers;
}

/**
 * The layers of a principal. What was worked out is kept, because a policy asks thousands of operations about
 * the same few hundred lists of permissions.
 */
export function openLayerBook(principal: Principal): LayerBook {
  const known = openMemory<PermissionLayers>();
  return {
    token: checkToken(principal),
    ofPermissions: (mode, permissions, divisionId) =>
      known(`${mode} ${divisionId} ${permissions.join(" ")}`, () => ({
        permissions: checkPermissions(principal, mode, permissions, divisionId),
        recency: checkRecency(principal, mode, permissions, divisionId),
        policies: checkAccessPolicies(principal, mode, permissions),
      })),
  };
}
