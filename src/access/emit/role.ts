import type { LeastPrivilege } from "../least/least-privilege.ts";
import type { Emission, PlacedRole } from "./emission.ts";
import { legacyOf, policiesOf } from "./permission-policy.ts";

/** The body of `POST /api/v2/authorization/roles` (DomainOrganizationRoleCreate). */
interface RoleBody {
  readonly name: string;
  readonly description: string;
  /**
   * Legacy permissions without colons, such as `admin`, which are not part of any policy. Absent when there are
   * none.
   */
  readonly permissions?: readonly string[];
  readonly permissionPolicies: readonly {
    readonly domain: string;
    readonly entityName: string;
    readonly actionSet: readonly string[];
    readonly allowConditions: false;
  }[];
}

/** Renders the request body for each role: a JSON object for one role, a list for several. */
export function emitRoles({ roles }: Pick<Emission, "roles">): string {
  const bodies = roles.map(bodyOf);
  return `${JSON.stringify(bodies.length === 1 ? bodies[0] : bodies, null, 2)}\n`;
}

/** Describes where a role applies: `division "Sales"` or `every division`. */
export function describePlace(division: string | null): string {
  return division === null ? "every division" : `division "${division}"`;
}

/** Builds the body that creates a role. */
function bodyOf({ name, division, least }: PlacedRole): RoleBody {
  const { permissions } = least;
  const legacy = legacyOf(permissions.map(({ permission }) => permission));
  return {
    name,
    description: `${describeRole(least)}; grant in ${describePlace(division)}`,
    ...(legacy.length === 0 ? {} : { permissions: legacy }),
    permissionPolicies: policiesOf(permissions.map(({ permission }) => permission)).map(
      ({ domain, entity, actions }) => ({
        domain,
        entityName: entity,
        actionSet: actions,
        allowConditions: false,
      }),
    ),
  };
}

const MOST_NAMED = 3;

/** Describes a role: `Least privilege for GET /api/v2/routing/queues and 4 more`, or why it is empty. */
export function describeRole({
  permissions,
  unmet,
  conditional,
}: Pick<LeastPrivilege, "permissions" | "unmet" | "conditional">): string {
  if (permissions.length === 0) {
    return unmet.length === 0 && conditional.length === 0
      ? "Empty role: no operation needs a permission"
      : "Empty role: what the operations need is unknown or cannot be granted";
  }
  const needs = [...new Set(permissions.flatMap(({ neededFor }) => neededFor))].toSorted();
  const named = needs.slice(0, MOST_NAMED).join(", ");
  const rest = needs.length - MOST_NAMED;
  return `Least privilege for ${named}${rest > 0 ? ` and ${rest} more` : ""}`;
}
