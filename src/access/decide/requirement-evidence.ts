import type { Operation, PermissionMode } from "../../catalogue/facts/operation.ts";
import type { Principal } from "../../platform/reading/principal.ts";
import type { Evidence } from "../verdict/verdict.ts";
import { allOf, anyOf, originOf } from "../verdict/wording.ts";

/**
 * Describes what an operation requires, with its source and date.
 * @param scopesBind whether scopes restrict the token; for "no", the description leaves them out
 */
export function requirementEvidence(
  operation: Operation,
  scopesBind: Principal["scopesBind"] = "unknown",
): Evidence {
  const { permissionMode, permissions, scopes, provenance } = operation;
  const lines = [
    describePermissions(permissionMode, permissions),
    ...(scopesBind === "no" ? [] : [describeScopes(operation)]),
  ];
  // The scope comes first, because "no permission and scope X" would read as if neither were needed.
  if (permissionMode === "NONE") lines.reverse();
  return {
    kind: "requirement",
    summary: `needs ${lines.join(joinerOf(operation))} (${originOf(provenance)})`,
    permissionMode,
    permissions,
    scopes,
    source: provenance.source,
    date: provenance.date,
  };
}

/** Returns the words between the permissions and the scopes. A comma separates lists that contain "or" or "and". */
function joinerOf({ permissionMode, permissions, scopes }: Operation): string {
  if (permissionMode === "NONE") return scopes?.length === 0 ? " and " : ", but ";
  return permissionMode === "UNKNOWN" || permissions.length > 1 || (scopes?.length ?? 0) > 1
    ? ", and "
    : " and ";
}

function describeScopes({ scopes, scopeSource }: Operation): string {
  if (scopes === null) return "an unknown scope";
  return scopes.length === 0
    ? "no scope"
    : `scope ${anyOf(scopes)}${scopeSource === "published" ? "" : " (inferred)"}`;
}

function describePermissions(mode: PermissionMode, permissions: readonly string[]): string {
  switch (mode) {
    case "NONE":
      return "no permission";
    case "UNKNOWN":
      return "permissions that are not published";
    case "ANY":
      return `permission ${anyOf(permissions)}`;
    case "ALL":
      return `permission ${allOf(permissions)}`;
  }
}
