import { asRecord, asString } from "../core/json.ts";
import type { Api } from "./api.ts";
import { isNoCondition } from "./condition.ts";
import { readListing } from "./listing.ts";
import { parseNamed } from "./named.ts";
import type { PermissionPolicy, Role } from "./principal.ts";
import { attemptRead, type Reading } from "./reading.ts";
import { READS } from "./reads.ts";
import { parseWhole } from "./whole-list.ts";

/** All roles of the organization, each with its permissions; not read when one of them comes without. */
export function readRoles(api: Api): Promise<Reading<readonly Role[]>> {
  return readListing(api, READS.roles, parseRole);
}

/** One role with its permissions. */
export function readRole(api: Api, roleId: string): Promise<Reading<Role>> {
  return attemptRead(api, READS.role, { parameters: { roleId }, parse: parseRole });
}

/** A role as the roles endpoints word it (`permissionPolicies`); null without an id or with half of its lines. */
function parseRole(value: unknown): Role | null {
  const named = parseNamed(value);
  const policies = parsePolicies(asRecord(value)["permissionPolicies"]);
  return named === null || policies === null ? null : { ...named, policies };
}

/**
 * The lines of a role, by the names of the roles endpoints (`actionSet`, `resourceConditionNode`) or by those
 * of the subjects endpoints (`actions`, `condition`). Null when there are none to be seen or one is not
 * understood: a role that was half read is not a role that grants little.
 */
export function parsePolicies(value: unknown): readonly PermissionPolicy[] | null {
  return parseWhole(value, parsePolicy);
}

function parsePolicy(value: unknown): PermissionPolicy | null {
  const policy = asRecord(value);
  const domain = asString(policy["domain"]);
  const entity = asString(policy["entityName"]);
  const actions = parseActions(policy);
  return domain === null || entity === null || actions === null
    ? null
    : { domain, entity, actions, condition: readCondition(policy) };
}

function parseActions(policy: Readonly<Record<string, unknown>>): readonly string[] | null {
  const said = [policy["actionSet"], policy["actions"]].filter(
    (value) => value !== undefined && value !== null,
  );
  const lists = parseWhole(said, (list) => parseWhole(list, asString));
  return lists === null || lists.length === 0 ? null : lists.flat();
}

/**
 * An empty condition is no condition; anything else limits the line, understood or not. So do named resources
 * (`namedResources` of the published `DomainPermissionPolicy`).
 */
function readCondition(policy: Readonly<Record<string, unknown>>): unknown {
  const { resourceConditionNode, condition, resourceCondition, namedResources } = policy;
  const limits = [resourceConditionNode, condition, resourceCondition].filter(
    (limit) => !isNoCondition(limit),
  );
  return limits[0] ?? (isNoCondition(namedResources) ? null : { namedResources });
}
