import type { Catalogue } from "../facts/catalogue.ts";
import { difference } from "./edit-distance.ts";
import { correctInvented } from "./invented-name.ts";
import { lookUpScope } from "./scope-name.ts";

/** Result of looking a text up as a permission. */
export type PermissionLookup =
  | {
      readonly kind: "found";
      /** Permission in the platform's spelling. */
      readonly permission: string;
      /** Division that some refusals append as a fourth part: the permission is missing there. */
      readonly divisionId: string | null;
    }
  | { readonly kind: "scope"; readonly scope: string; readonly correction: string }
  | { readonly kind: "unknown"; readonly correction: string; readonly closest: readonly string[] };

/** Class of a name that may be a permission or a scope. */
export type NameClass =
  | { readonly kind: "permission"; readonly name: string }
  | { readonly kind: "scope"; readonly name: string }
  | {
      readonly kind: "invented";
      readonly correction: string;
      readonly closestPermissions: readonly string[];
      readonly closestScopes: readonly string[];
    };

const LIMIT = 5;
const UNLIKE = 1;
const UNLIKE_DOMAIN = 0.4;
/** Far longer than any permission: nothing is close to such a text. */
const LONGEST_NAME = 300;

/**
 * Looks a permission up in any case: `domain:entity:action`, or one of the few with a single part. The
 * catalogue knows the permissions that operations need; an organization may have others for its user
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
  const scope = lookUpScope(catalogue, name);
  if (scope.kind === "found") {
    return {
      kind: "scope",
      scope: scope.scope,
      correction: `\`${scope.scope}\` is an OAuth scope, not a permission: permissions look like \`domain:entity:action\``,
    };
  }
  return {
    kind: "unknown",
    correction: name.includes("*")
      ? `\`${name}\` is a pattern of a role, not a permission; give one permission`
      : (correctInvented(name) ??
        `\`${name}\` is not a permission that an operation of the platform API asks for`),
    closest: closestPermissions(catalogue, name),
  };
}

/** Returns whether a name is a permission, a scope or neither. For neither, adds what was probably meant. */
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
  };
}

/** Returns the permissions closest to a text, best first; the domain weighs most and the action least. */
export function closestPermissions(catalogue: Catalogue, text: string): readonly string[] {
  const name = text.trim();
  if (name.length > LONGEST_NAME) return [];
  const wanted = name.toLowerCase().split(":");
  const scored: { readonly permission: string; readonly score: number }[] = [];
  for (const [key, permission] of catalogue.permissions()) {
    const score = unlikeness(wanted, key.split(":"));
    if (score <= UNLIKE) scored.push({ permission, score });
  }
  return scored
    .toSorted((left, right) => left.score - right.score || (left.permission < right.permission ? -1 : 1))
    .slice(0, LIMIT)
    .map(({ permission }) => permission);
}

function unlikeness(wanted: readonly string[], known: readonly string[]): number {
  const [domain = "", entity = "", action = ""] = wanted;
  const [knownDomain = "", knownEntity = "", knownAction = ""] = known;
  const ofDomain = difference(domain, knownDomain, UNLIKE_DOMAIN);
  if (ofDomain > UNLIKE_DOMAIN) return Number.POSITIVE_INFINITY;
  const startsAlike = entity !== "" && (knownEntity.startsWith(entity) || entity.startsWith(knownEntity));
  const ofEntity = difference(entity, knownEntity) * (startsAlike ? 0.5 : 1);
  return ofDomain * 1.5 + ofEntity + difference(action, knownAction) * 0.5;
}
