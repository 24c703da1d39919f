import { plural } from "../../core/text.ts";
import type { Grant, Principal, Role } from "../../platform/reading/principal.ts";
import {
  coverEveryDivision,
  covers,
  grantsHolding,
  legacyGrants,
  reaches,
  splitPermission,
} from "../verdict/holdings.ts";
import type { Remedy } from "../verdict/verdict.ts";
import { anyOf, describeSubject, divisionName } from "../verdict/wording.ts";
import { rolesMenu } from "./menu-path.ts";
import type { RemedyQuestion } from "./question.ts";

const MOST_ROLES_SHOWN = 3;

/**
 * Suggests extending roles that grant the permission in other divisions to the object's division. Roles with the
 * fewest other permissions come first.
 */
export function addDivision(
  principal: Principal,
  { permissions, divisionId, roles }: RemedyQuestion,
): readonly Remedy[] {
  return roles.changes(`extend ${divisionId} ${permissions.join(" ")}`, () => {
    const holding = new Map(heldGrants(principal, permissions).map(({ role }) => [role.id, role]));
    const target =
      divisionId === null
        ? "every division whose objects it needs"
        : `division ${divisionName(principal, divisionId)}`;
    if (
      principal.grants === null &&
      permissions.some((each) => Array.isArray(principal.answers?.permitted.get(each)))
    ) {
      return [
        {
          kind: "add-division" as const,
          summary: `extend the role through which ${describeSubject(principal)} holds ${anyOf(permissions)} to ${target}`,
          menuPath: `${rolesMenu(principal)} > Divisions`,
          division: divisionId,
        },
      ];
    }
    return [...holding.values()]
      .map((role) => ({ role, count: countExtended(principal, role, { permissions, divisionId }) }))
      .toSorted((a, b) => (a.count ?? Number.POSITIVE_INFINITY) - (b.count ?? Number.POSITIVE_INFINITY))
      .slice(0, MOST_ROLES_SHOWN)
      .map(({ role, count }) => ({
        kind: "add-division" as const,
        summary: `extend role "${role.name ?? role.id}" of ${describeSubject(principal)} to ${target}${count === null || count === 0 ? "" : `; this also extends ${plural(count, "other permission")} of the role`}`,
        menuPath: `${rolesMenu(principal)} > Divisions`,
        ...(count === null ? {} : { extraPermissions: count }),
        role: { id: role.id, name: role.name },
        division: divisionId,
      }));
  });
}

/**
 * Counts the other permissions that the token would gain in that division; null when the catalog could not be
 * read.
 */
function countExtended(
  { ownedPermissions, grants, divisions }: Principal,
  role: Role,
  { permissions, divisionId }: Pick<RemedyQuestion, "permissions" | "divisionId">,
): number | null {
  if (ownedPermissions === null) return null;
  return [...ownedPermissions.values()].filter(({ permission, isDivisionAware }) => {
    const parts = splitPermission(permission);
    if (parts === null || isDivisionAware === false || permissions.includes(permission)) return false;
    if (!role.policies.some((policy) => covers(policy, parts))) return false;
    const { grants: held } = grantsHolding(grants ?? [], parts);
    return divisionId === null
      ? !coverEveryDivision(held, divisions)
      : !held.some((grant) => reaches(grant, divisionId));
  }).length;
}

function heldGrants(principal: Principal, permissions: readonly string[]): readonly Grant[] {
  return permissions.flatMap((permission) => {
    const parts = splitPermission(permission);
    if (parts === null) return legacyGrants(principal.grants ?? [], permission);
    const { grants, conditionalGrants } = grantsHolding(principal.grants ?? [], parts);
    return [...grants, ...conditionalGrants];
  });
}
