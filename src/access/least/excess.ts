import { nameOf } from "../../catalogue/lookup/operation-lookup.ts";
import type { Named, Principal, Role, Unreadable } from "../../platform/reading/principal.ts";
import { covers, splitPermission } from "../verdict/holdings.ts";
import { unreadableEvidence } from "../verdict/layer-result.ts";
import type { Evidence } from "../verdict/verdict.ts";
import { allOf, describeHolder } from "../verdict/wording.ts";
import { findLeastCover } from "./cover.ts";
import { type Need, optionsOf, sometimesNeeded, unpublishedOf } from "./need.ts";

/** The permissions of one role, split into needed and excess. */
export interface RoleExcess {
  readonly role: Named;
  /** Names of the divisions where the role is held; `*` for all divisions. */
  readonly divisions: readonly string[];
  /** The needed permissions of the role. If there are none, the whole role can be removed. */
  readonly needed: readonly string[];
  readonly excess: readonly string[];
  /**
   * The role's policies with a wildcard, such as `routing:*:*`. They grant more whenever the organization gets
   * new permissions.
   */
  readonly wildcards: readonly string[];
}

/** The permissions that a token holds beyond its needs. */
export interface Excess {
  /** `unknown` when a fact behind the result could not be read or is not published. */
  readonly verdict: "none" | "excess" | "unknown";
  readonly permissions: readonly string[];
  /** Roles that are not needed at all come first, then those with the most excess. */
  readonly roles: readonly RoleExcess[];
  /** The facts that could not be read or are not published. */
  readonly evidence: readonly Evidence[];
}

/**
 * Finds, role by role, the permissions that the token holds beyond its needs. The needed permissions are the fewest
 * held ones that satisfy the needs, plus every permission that a need mentions, even if only some requests need it.
 * Wildcards are expanded with the organization's permission catalog. A conditional policy counts as held, because it
 * may allow more.
 */
export function findExcess(principal: Principal, needs: readonly Need[]): Excess {
  const unreadable = unreadableFacts(principal);
  const open = [...evidenceOf(principal, unreadable), ...unpublishedEvidence(needs)];
  const unlisted = unlistedEvidence(principal);
  const evidence = [...open, ...unlisted];
  const { grants } = principal;
  if (grants === null) return { verdict: "unknown", permissions: [], roles: [], evidence };

  const roles = new Map(grants.map(({ role }) => [role.id, role]));
  const held = new Map([...roles].map(([id, role]) => [id, permissionsOfRole(role, principal)]));
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
      wildcards: wildcardsOfRole(role),
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
    verdict:
      open.length > 0
        ? "unknown"
        : excessive.length > 0
          ? "excess"
          : unlisted.length > 0
            ? "unknown"
            : "none",
    permissions: [...new Set(excessive.flatMap(({ excess }) => excess))].toSorted(),
    roles: excessive,
    evidence,
  };
}

function unreadableFacts(principal: Principal): readonly Unreadable["what"][] {
  return [
    ...(principal.grants === null ? (["grants"] as const) : []),
    ...(principal.ownedPermissions === null ? (["permission catalogue"] as const) : []),
  ];
}

function evidenceOf(principal: Principal, facts: readonly Unreadable["what"][]): readonly Evidence[] {
  return facts.map((what) =>
    unreadableEvidence(principal, what, `what ${describeHolder(principal)} holds: its ${what}`),
  );
}

/**
 * Returns evidence for roles whose legacy names, such as `admin`, could not be read. These permissions may be excess as
 * well; the excess that was found remains certain.
 */
function unlistedEvidence(principal: Principal): readonly Evidence[] {
  const roles = (principal.grants ?? []).flatMap(({ role }) =>
    role.legacyPermissions === undefined ? [`"${role.name ?? role.id}"`] : [],
  );
  const [first, ...others] = new Set(roles);
  if (first === undefined) return [];
  const subject =
    others.length === 0 ? `role ${first} also lists` : `roles ${[first, ...others].join(", ")} also list`;
  return [unreadableEvidence(principal, "roles", `whether ${subject} legacy names such as \`admin\``)];
}

/**
 * Returns evidence for operations whose permissions are not published. Such an operation may need any permission, so no
 * permission is certain to be excess.
 */
function unpublishedEvidence(needs: readonly Need[]): readonly Evidence[] {
  const names = [...new Set(needs.flatMap(unpublishedOf).map(({ operation }) => nameOf(operation)))];
  if (names.length === 0) return [];
  const summary = `the permissions of ${allOf(names)} are not published yet`;
  return [{ kind: "note", summary }];
}

/**
 * Expands a role to its permissions, including legacy permissions such as `admin`. Without the permission
 * catalog, returns only those that the role lists without a wildcard.
 */
export function permissionsOfRole(
  { policies, legacyPermissions = [] }: Role,
  { ownedPermissions }: Principal,
): readonly string[] {
  const candidates =
    (ownedPermissions === null ? null : [...ownedPermissions.keys()]) ??
    policies.flatMap(({ domain, entity, actions }) =>
      actions.map((action) => `${domain}:${entity}:${action}`).filter((name) => !name.includes("*")),
    );
  const covered = candidates.filter((permission) => {
    const parts = splitPermission(permission);
    return parts !== null && policies.some((policy) => covers(policy, parts));
  });
  return [...new Set([...covered, ...legacyPermissions])].toSorted();
}

/** Lists the policies of a role that contain a wildcard, such as `routing:*:*`. */
export function wildcardsOfRole({ policies }: Role): readonly string[] {
  const names = policies.flatMap(({ domain, entity, actions }) =>
    actions.map((action) => `${domain}:${entity}:${action}`),
  );
  return [...new Set(names.filter((name) => name.includes("*")))].toSorted();
}

/** Returns the held permissions that are needed: the chosen ones, and every one that a need mentions. */
function neededOf(held: ReadonlySet<string>, needs: readonly Need[]): ReadonlySet<string> {
  const clauses = needs.map((need) => {
    const options = optionsOf(need);
    const complete = options.filter((option) => option.every((permission) => held.has(permission)));
    return { all: options.flat(), complete };
  });
  const { chosen } = findLeastCover(
    clauses.map(({ complete }) => complete).filter(({ length }) => length > 0),
    { weightOf: () => 1, rankOf: () => 0 },
  );
  return new Set([
    ...chosen,
    ...clauses.filter(({ complete }) => complete.length === 0).flatMap(({ all }) => all),
    ...needs.flatMap(sometimesNeeded),
  ]);
}
