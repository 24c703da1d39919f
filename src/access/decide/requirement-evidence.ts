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
    summary: `needs ${lines.join(" and ")} (${originOf(provenance)})`,
    permissionMode,
    permissions,
    scopes,
    source: provenance.source,
    date: provenance.date,
  };
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
      return "unpublished permissions";
    case "ANY":
      return `permission ${anyOf(permissions)}`;
    case "ALL":
      return `permission ${allOf(permissions)}`;
  }
}
