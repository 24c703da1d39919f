import type { Catalogue } from "../facts/catalogue.ts";
import { closestPermissions, partsOfName } from "./closest-permissions.ts";
import { correctInvented } from "./invented-name.ts";
import { lookUpScope } from "./scope-name.ts";

/** Result of looking up a string as a permission. */
export type PermissionLookup =
  | {
      readonly kind: "found";
      /** Permission in the platform's spelling. */
      readonly permission: string;
      /** Division that some refusals append as a fourth part: the permission is missing there. */
      readonly divisionId: string | null;
    }
  | { readonly kind: "scope"; readonly scope: string; readonly correction: string }
  | {
      readonly kind: "unknown";
      readonly correction: string;
      readonly closest: readonly string[];
      /** Whether it is certain that the permission does not exist. Otherwise, it is only missing from this catalog. */
      readonly isCertain: boolean;
    };

/** Class of a name that may be a permission or a scope. */
export type NameClass =
  | { readonly kind: "permission"; readonly name: string }
  | { readonly kind: "scope"; readonly name: string }
  | {
      readonly kind: "invented";
      readonly correction: string;
      readonly closestPermissions: readonly string[];
      readonly closestScopes: readonly string[];
      /** Whether it is certain that no permission has this name. Otherwise, it is only missing from this catalog. */
      readonly isCertain: boolean;
    };

/**
 * Looks a permission up, ignoring case: `domain:entity:action`, or one of the few with a single part. The
 * catalog contains the permissions that operations need; an organization may have others for its user
 * interface.
 */
export function lookUpPermission(catalogue: Catalogue, text: string): PermissionLookup {
  const name = text.trim();
  const [domain = "", entity = "", action = "", divisionId] = name.split(":");
  const permissions = catalogue.permissions();
  const whole = permissions.get(name.toLowerCase());
  if (whole !== undefined) return { kind: "found", permission: whole, divisionId: null };
  const threeParts = permissions.get(`${domain}:${entity}:${action}`.toLowerCase());
  if (threeParts !== undefined && divisionId !== undefined) {
    return { kind: "found", permission: threeParts, divisionId };
  }
  const shown = asShown(name);
  const displayed = shown === null ? undefined : permissions.get(shown);
  if (displayed !== undefined) return { kind: "found", permission: displayed, divisionId: null };
  const scope = lookUpScope(catalogue, name);
  if (scope.kind === "found") {
    return {
      kind: "scope",
      scope: scope.scope,
      correction: `\`${scope.scope}\` is an OAuth scope, not a permission: permissions look like \`domain:entity:action\``,
    };
  }
  const known = name.includes("*")
    ? `\`${name}\` is a pattern from a role, not a permission; specify a single permission`
    : correctInvented(name);
  return {
    kind: "unknown",
    correction: known ?? `\`${name}\` is not a permission in the catalog of ${catalogue.date}`,
    closest: closestPermissions(catalogue, name),
    isCertain: known !== null,
  };
}

/**
 * Returns the permission, in lower case, for the form that the admin interface shows:
 * `Analytics > Conversation Detail > View`. Null for any other form.
 */
function asShown(name: string): string | null {
  if (!/[>›»→/]/.test(name)) return null;
  const parts = partsOfName(name);
  return parts.length === 3 ? parts.map((part) => part.replace(/\s+/g, "").toLowerCase()).join(":") : null;
}

/** Returns whether a name is a permission, a scope or neither. If neither, suggests what was probably meant. */
export function classifyName(catalogue: Catalogue, text: string): NameClass {
  const permission = lookUpPermission(catalogue, text);
  if (permission.kind === "found") return { kind: "permission", name: permission.permission };
  if (permission.kind === "scope") return { kind: "scope", name: permission.scope };
  const scope = lookUpScope(catalogue, text);
  const isThreePart = text.trim().split(":").length >= 3;
  return {
    kind: "invented",
    correction: isThreePart || scope.kind === "found" ? permission.correction : scope.correction,
    closestPermissions: permission.closest,
    closestScopes: scope.kind === "unknown" ? scope.closest : [],
    isCertain: permission.isCertain,
  };
}
