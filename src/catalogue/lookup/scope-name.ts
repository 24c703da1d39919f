import type { Catalogue } from "../facts/catalogue.ts";
import { difference } from "./edit-distance.ts";
import { correctInvented } from "./invented-name.ts";

/** Result of looking up a string as a scope. */
export type ScopeLookup =
  | { readonly kind: "found"; readonly scope: string }
  | { readonly kind: "permission"; readonly permission: string; readonly correction: string }
  | { readonly kind: "unknown"; readonly correction: string; readonly closest: readonly string[] };

const LIMIT = 4;
/**
 * Maximum difference between two spellings of one area. It permits another ending or a typo, but keeps `interaction`
 * and `integrations` apart.
 */
const UNLIKE = 0.2;

/** Looks a scope up, ignoring case. A name of three parts is a permission, never a scope. */
export function lookUpScope(catalogue: Catalogue, text: string): ScopeLookup {
  const name = text.trim();
  const scope = catalogue.scopes().get(name.toLowerCase());
  if (scope !== undefined) return { kind: "found", scope: scope.name };
  const permission = catalogue.permissions().get(name.toLowerCase());
  if (permission !== undefined) {
    return {
      kind: "permission",
      permission,
      correction: `\`${permission}\` is a permission, not an OAuth scope: a role grants it`,
    };
  }
  const closest = closestScopes(catalogue, name);
  return {
    kind: "unknown",
    correction: correctInvented(name) ?? correctionOf(name, closest, catalogue.date),
    closest,
  };
}

/**
 * Returns the scopes whose area is closest to that of a string, best first: `users:readonly` and `users` for
 * `user:read`.
 */
export function closestScopes(catalogue: Catalogue, text: string): readonly string[] {
  const [area = ""] = text.trim().toLowerCase().split(":");
  const scored: { readonly name: string; readonly score: number }[] = [];
  for (const { name, status } of catalogue.scopes().values()) {
    const [knownArea = ""] = name.split(":");
    const score = difference(area, knownArea, UNLIKE);
    if (status === "current" && score <= UNLIKE) scored.push({ name, score });
  }
  const best = Math.min(...scored.map(({ score }) => score));
  return scored
    .filter(({ score }) => score <= best + 0.15)
    .toSorted((left, right) => left.score - right.score || left.name.length - right.name.length)
    .slice(0, LIMIT)
    .map(({ name }) => name);
}

function correctionOf(name: string, closest: readonly string[], date: string): string {
  const parts = name.split(":").length;
  if (parts >= 3) {
    return `\`${name}\` is not a scope: a name of three parts is a permission, and no operation in the catalog of ${date} needs this one`;
  }
  const known = closest.map((scope) => `\`${scope}\``).join(" and ");
  return known === ""
    ? `\`${name}\` is not a scope of the platform`
    : `\`${name}\` is not a scope of the platform, but ${known} ${closest.length === 1 ? "is" : "are"}`;
}
