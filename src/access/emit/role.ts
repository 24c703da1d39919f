import type { LeastPrivilege } from "../least/least-privilege.ts";
import { policiesOf } from "./permission-policy.ts";

/** Name and description of an emitted role. */
export interface RoleNaming {
  readonly name: string;
  /** Null or absent: a description that lists the needs. */
  readonly description?: string | null;
}

/** The body of `POST /api/v2/authorization/roles` (DomainOrganizationRoleCreate). */
export interface RoleBody {
  readonly name: string;
  readonly description: string;
  readonly permissionPolicies: readonly {
    readonly domain: string;
    readonly entityName: string;
    readonly actionSet: readonly string[];
    readonly allowConditions: false;
  }[];
}

/** Renders the least-privilege role as the JSON body that creates it, with a final line feed. */
export function emitRole(least: LeastPrivilege, naming: RoleNaming): string {
  return `${JSON.stringify(roleBody(least, naming), null, 2)}\n`;
}

/** Builds the body that creates the least-privilege role. */
export function roleBody({ permissions }: LeastPrivilege, naming: RoleNaming): RoleBody {
  return {
    name: naming.name,
    description: naming.description ?? describeRole({ permissions }),
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

/** Describes a role: `Least privilege for GET /api/v2/routing/queues and 4 more`. */
export function describeRole({ permissions }: Pick<LeastPrivilege, "permissions">): string {
  const needs = [...new Set(permissions.flatMap(({ neededFor }) => neededFor))].toSorted();
  const named = needs.slice(0, MOST_NAMED).join(", ");
  const rest = needs.length - MOST_NAMED;
  return `Least privilege for ${needs.length === 0 ? "nothing" : named}${rest > 0 ? ` and ${rest} more` : ""}`;
}
