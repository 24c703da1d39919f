import { asArray, asRecord, asString, asStrings } from "../core/json.ts";
import type { Api } from "./api.ts";
import { readListing } from "./listing.ts";
import { parseNamed } from "./named.ts";
import type { PermissionPolicy, Role } from "./principal.ts";
import { attemptRead, mapReading, type Reading } from "./reading.ts";
import { READS } from "./reads.ts";

/** All roles of the organization. */
export async function readRoles(api: Api): Promise<Reading<readonly Role[]>> {
  return mapReading(await readListing(api, READS.roles, asRecord), (roles) =>
    roles.flatMap((role) => parseRole(role) ?? []),
  );
}

/** One role with its permissions. */
export function readRole(api: Api, roleId: string): Promise<Reading<Role>> {
  return attemptRead(api, READS.role, { parameters: { roleId }, parse: parseRole });
}

/** A role as the roles endpoints word it (`permissionPolicies`); null without an id. */
export function parseRole(value: unknown): Role | null {
  const named = parseNamed(value);
  return named === null
    ? null
    : { ...named, policies: asArray(asRecord(value)["permissionPolicies"]).flatMap(parsePolicy) };
}

/**
 * A line of a role, by the names of the roles endpoints (`actionSet`, `resourceConditionNode`) or by those
 * of the subjects endpoints (`actions`, `condition`); nothing when it names no domain. An entity that is
 * not named is none, not all of them: a doubt never widens access.
 */
export function parsePolicy(value: unknown): readonly PermissionPolicy[] {
  const policy = asRecord(value);
  const domain = asString(policy["domain"]);
  const actions = [...asStrings(policy["actionSet"]), ...asStrings(policy["actions"])];
  return domain === null
    ? []
    : [{ domain, entity: asString(policy["entityName"]) ?? "", actions, condition: readCondition(policy) }];
}

/** An empty condition is no condition; anything else limits the line, understood or not. */
function readCondition(policy: Readonly<Record<string, unknown>>): unknown {
  const candidates = [policy["resourceConditionNode"], policy["condition"], policy["resourceCondition"]];
  return candidates.find((candidate) => !isEmpty(candidate)) ?? null;
}

function isEmpty(value: unknown): boolean {
  return (
    value === undefined ||
    value === null ||
    value === "" ||
    (typeof value === "object" && Object.keys(value).length === 0)
  );
}
