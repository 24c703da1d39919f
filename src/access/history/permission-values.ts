import { asArray, asRecord, asString, asStrings, parseJson } from "../../core/json.ts";
import { appendAll } from "../../core/lists/append-all.ts";
import type { PermissionPolicy, Role } from "../../platform/reading/principal.ts";

const TRIPLE = /^[\w*-]+:[\w*-]+:[\w*-]+$/;
/** Matches a legacy permission without colons, such as `admin`. */
const LEGACY = /^[a-z][\w-]*$/i;

/**
 * Parses the permissions in an audited property: names such as `routing:queue:view`, or policies as JSON. The
 * platform does not document the format. Null when a value cannot be parsed or depends on a condition.
 */
export function permissionsInValues(values: readonly string[]): readonly string[] | null {
  const permissions: string[] = [];
  for (const value of values) {
    const found = permissionsInValue(value.trim());
    if (found === null) return null;
    appendAll(permissions, found);
  }
  return [...new Set(permissions)];
}

function permissionsInValue(value: string): readonly string[] | null {
  if (TRIPLE.test(value) || LEGACY.test(value)) return [value];
  const parsed = parseJson(value);
  if (parsed === undefined || typeof parsed !== "object" || parsed === null) return null;
  const items = Array.isArray(parsed) ? asArray(parsed) : [parsed];
  const found = items.map((item) => (typeof item === "string" ? permissionsInValue(item) : policyIn(item)));
  return found.some((each) => each === null) ? null : found.flatMap((each) => each ?? []);
}

function policyIn(value: unknown): readonly string[] | null {
  const policy = asRecord(value);
  const [domain, entity] = [asString(policy["domain"]), asString(policy["entityName"])];
  const actions = asStrings(policy["actionSet"]);
  const isConditional =
    typeof policy["resourceConditionNode"] === "object" && policy["resourceConditionNode"] !== null;
  if (domain === null || entity === null || actions.length === 0 || isConditional) return null;
  return actions.map((action) => `${domain}:${entity}:${action}`);
}

/** Lists the unconditional permissions of a role. Does not expand wildcards. */
export function permissionsOf({ policies, legacyPermissions = [] }: Role): readonly string[] {
  const named = policies
    .filter(({ condition }) => condition === null)
    .flatMap(({ domain, entity, actions }) => actions.map((action) => `${domain}:${entity}:${action}`));
  return [...new Set([...named, ...legacyPermissions])];
}

/** Returns the role with its unconditional permissions replaced. Its conditional policies stay. */
export function withPermissions(role: Role, permissions: readonly string[]): Role {
  const triples = permissions.filter((name) => name.includes(":"));
  return {
    ...role,
    policies: [...role.policies.filter(({ condition }) => condition !== null), ...triples.map(policyOf)],
    legacyPermissions: permissions.filter((name) => !name.includes(":")),
  };
}

function policyOf(permission: string): PermissionPolicy {
  const [domain = "", entity = "", action = ""] = permission.split(":");
  return { domain, entity, actions: [action], condition: null };
}
