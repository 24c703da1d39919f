import { asRecord, asString } from "../../core/json.ts";
import type { Api } from "../api/api.ts";
import { readListing } from "../reading/listing.ts";
import { parseNamed } from "../reading/named.ts";
import type { PermissionPolicy, Role } from "../reading/principal.ts";
import { attemptRead, type Reading } from "../reading/reading.ts";
import { READS } from "../reading/reads.ts";
import { parseWhole } from "../reading/whole-list.ts";
import { isNoCondition } from "./condition.ts";

/** Reads all roles of the organization with their permissions; fails when a role comes without them. */
export function readRoles(api: Api): Promise<Reading<readonly Role[]>> {
  return readListing(api, READS.roles, parseRole);
}

/** Reads one role with its permissions. */
export function readRole(api: Api, roleId: string): Promise<Reading<Role>> {
  return attemptRead(api, READS.role, { parameters: { roleId }, parse: parseRole });
}

/**
 * Parses a role in the form of the roles endpoints (`permissionPolicies`); null without an id or with
 * incomplete policies.
 */
function parseRole(value: unknown): Role | null {
  const named = parseNamed(value);
  const policies = parsePolicies(asRecord(value)["permissionPolicies"]);
  if (named === null || policies === null) return null;
  const names = parseWhole(asRecord(value)["permissions"], asString);
  return names === null
    ? { ...named, policies }
    : { ...named, policies, legacyPermissions: names.filter((name) => !name.includes(":")) };
}

/**
 * Parses the policies of a role, with the field names of the roles endpoints (`actionSet`,
 * `resourceConditionNode`) or of the subjects endpoints (`actions`, `condition`). Null when they are absent
 * or one cannot be parsed: a partly read role must not look like a role that grants little.
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
 * Returns the condition of a policy; null when it is absent or empty. Any other condition restricts the policy,
 * even if it cannot be parsed. So do named resources (`namedResources` of the published
 * `DomainPermissionPolicy`).
 */
function readCondition(policy: Readonly<Record<string, unknown>>): unknown {
  const { resourceConditionNode, condition, resourceCondition, namedResources } = policy;
  const limits = [resourceConditionNode, condition, resourceCondition].filter(
    (limit) => !isNoCondition(limit),
  );
  return limits[0] ?? (isNoCondition(namedResources) ? null : { namedResources });
}
