import type { Named, Principal, Role, Unreadable } from "../../platform/principal.ts";
import { covers, splitPermission } from "../verdict/holdings.ts";
import { unreadableEvidence } from "../verdict/layer-result.ts";
import type { Evidence } from "../verdict/verdict.ts";
import { findLeastCover } from "./cover.ts";
import { type Need, optionsOf } from "./need.ts";

/** What one role brings beyond the needs. */
export interface RoleExcess {
  readonly role: Named;
  /** Where it is held: names of divisions, `*` for all of them. */
  readonly divisions: readonly string[];
  /** Permissions of it that are needed; empty when the role could be taken away altogether. */
  readonly needed: readonly string[];
  readonly excess: readonly string[];
  /** Its lines with a wildcard, `routing:*:*`: they grow with the organization's permissions. */
  readonly wildcards: readonly string[];
}

/** What a token holds beyond some needs. */
export interface Excess {
  /** `unknown` whenever something it rests on could not be read, whatever the rest shows. */
  readonly verdict: "none" | "excess" | "unknown";
  readonly permissions: readonly string[];
  /** Roles that are not needed at all first, then those with the most to spare. */
  readonly roles: readonly RoleExcess[];
  /** What could not be read. */
  readonly evidence: readonly Evidence[];
}

/**
 * What the token holds beyond the fewest of its own permissions that satisfy the needs, expanded over the
 * organization's permission catalogue, and by role. Lines under a condition count as held: they may allow more.
 * What a need asks for is never excess, held in part or only by some requests.
 */
export function findExcess(principal: Principal, needs: readonly Need[]): Excess {
  const unreadable = unreadableFacts(principal);
  const { grants } = principal;
  if (grants === null)
    return { verdict: "unknown", permissions: [], roles: [], evidence: evidenceOf(principal, unreadable) };

  const roles = new Map(grants.map(({ role }) => [role.id, role]));
  const held = new Map([...roles].map(([id, role]) => [id, permissionsOf(role, principal)]));
  const needed = neededOf(new Set([...held.values()].flat()), needs);
  const found = [...roles.values()].map((role): RoleExcess => {
    const permissions = held.get(role.id) ?? [];
    return {
      role: { id: role.id, name: role.name },
      divisions: grants
        .filter((grant) => grant.role.id === role.id)
        .map(({ division }) => (division === "*" ? "*" : (division.name ?? division.id))),
      needed: permissions.filter((permission) => needed.has(permission)),
      excess: permissions.filter((permission) => !needed.has(permission)),
      wildcards: wildcardsOf(role),
    };
  });
  const excessive = found
    .filter(
      ({ excess, wildcards }) =>
        excess.length > 0 || (principal.ownedPermissions === null && wildcards.length > 0),
    )
    .toSorted(
      (a, b) =>
        Number(a.needed.length > 0) - Number(b.needed.length > 0) ||
        b.excess.length - a.excess.length ||
        ((a.role.name ?? a.role.id) < (b.role.name ?? b.role.id) ? -1 : 1),
    );
  return {
    verdict: unreadable.length > 0 ? "unknown" : excessive.length > 0 ? "excess" : "none",
    permissions: [...new Set(excessive.flatMap(({ excess }) => excess))].toSorted(),
    roles: excessive,
    evidence: evidenceOf(principal, unreadable),
  };
}

function unreadableFacts(principal: Principal): readonly Unreadable["what"][] {
  return [
    ...(principal.grants === null ? (["grants"] as const) : []),
    ...(principal.ownedPermissions === null ? (["permission catalogue"] as const) : []),
  ];
}

function evidenceOf(principal: Principal, facts: readonly Unreadable["what"][]): readonly Evidence[] {
  return facts.map((what) => unreadableEvidence(principal, what, `what this token holds: its ${what}`));
}

/** What a role gives in this organization; without its catalogue the role's own words, wildcards left out. */
function permissionsOf({ policies }: Role, { ownedPermissions }: Principal): readonly string[] {
  const candidates =
    (ownedPermissions === null ? null : [...ownedPermissions.keys()]) ??
    policies.flatMap(({ domain, entity, actions }) =>
      actions.map((action) => `${domain}:${entity}:${action}`).filter((name) => !name.includes("*")),
    );
  return [...new Set(candidates)]
    .filter((permission) => {
      const parts = splitPermission(permission);
      return parts !== null && policies.some((policy) => covers(policy, parts));
    })
    .toSorted();
}

function wildcardsOf({ policies }: Role): readonly string[] {
  const names = policies.flatMap(({ domain, entity, actions }) =>
    actions.map((action) => `${domain}:${entity}:${action}`),
  );
  return [...new Set(names.filter((name) => name.includes("*")))].toSorted();
}

/** The held permissions that the needs account for. */
function neededOf(held: ReadonlySet<string>, needs: readonly Need[]): ReadonlySet<string> {
  const clauses = needs.map((need) => {
    const options = optionsOf(need);
    const complete = options.filter((option) => option.every((permission) => held.has(permission)));
    return { all: options.flat(), complete };
  });
  const { chosen } = findLeastCover(
    clauses.map(({ complete }) => complete).filter(({ length }) => length > 0),
    { weightOf: () => 1, dislikeOf: () => 0 },
  );
  return new Set([
    ...chosen,
    ...clauses.filter(({ complete }) => complete.length === 0).flatMap(({ all }) => all),
    ...needs.flatMap(conditionalPermissionsOf),
  ]);
}

function conditionalPermissionsOf(need: Need): readonly string[] {
  switch (need.kind) {
    case "operation":
      return need.operation.conditionalPermissions;
    case "alternatives":
      return need.alternatives.flatMap(conditionalPermissionsOf);
    case "permission":
      return [];
  }
}
