import {
  asArray,
  asBoolean,
  asNumber,
  asRecord,
  asString,
  asStrings,
  type JsonRecord,
} from "../../core/json.ts";
import type { ConditionNode, OAuthClient, Organization, Role } from "../state/organization.ts";
import { ALL_DIVISIONS } from "../state/organization.ts";
import { mainOrganization, type World } from "../world.ts";

/** An error of an admin action, returned as a 400 with this message. */
export class ActionError extends Error {}

/** Returns the organization that an action names in `organization` (id or name); by default, the scenario's. */
export function organizationIn(world: World, input: JsonRecord): Organization {
  const wanted = asString(input["organization"]);
  return wanted === null ? mainOrganization(world) : byIdOrName(world.organizations, wanted, "organization");
}

export function roleIn(organization: Organization, input: JsonRecord): Role {
  return byIdOrName(organization.authority.roles, required(input, "role"), "role");
}

export function clientIn(organization: Organization, input: JsonRecord): OAuthClient {
  return byIdOrName(organization.clients, required(input, "client"), "client");
}

/** Returns the id of the user, client or group that `subject` names. */
export function subjectIn(organization: Organization, input: JsonRecord): string {
  const wanted = required(input, "subject");
  const subjects = new Map<string, { readonly id: string; readonly name: string }>([
    ...organization.users,
    ...organization.clients,
    ...organization.authority.groups,
  ]);
  return (subjects.get(wanted) ?? byIdOrName(subjects, wanted, "subject")).id;
}

/** Returns the id of the division that an action names. `*` means all divisions; the default is the home division. */
export function divisionIn(organization: Organization, input: JsonRecord): string {
  const wanted = asString(input["division"]);
  if (wanted === null) return organization.homeDivisionId;
  return wanted === ALL_DIVISIONS ? wanted : byIdOrName(organization.divisions, wanted, "division").id;
}

/**
 * Returns the item with this id or, failing that, with this name.
 * @throws ActionError when neither exists
 */
export function byIdOrName<Thing extends { readonly id: string; readonly name: string }>(
  things: ReadonlyMap<string, Thing>,
  wanted: string,
  noun: string,
): Thing {
  const byId = things.get(wanted);
  if (byId !== undefined) return byId;
  for (const thing of things.values()) {
    if (thing.name === wanted) return thing;
  }
  throw new ActionError(`there is no ${noun} \`${wanted}\``);
}

export function required(input: JsonRecord, field: string): string {
  const value = asString(input[field]);
  if (value === null) throw new ActionError(`\`${field}\` is missing`);
  return value;
}

/** Returns the strings of a field, or null when it is absent. */
export function stringsIn(input: JsonRecord, field: string): readonly string[] | null {
  return Array.isArray(input[field]) ? asStrings(input[field]) : null;
}

export function numberIn(input: JsonRecord, field: string): number | null {
  return asNumber(input[field]);
}

export function booleanIn(input: JsonRecord, field: string): boolean | null {
  return asBoolean(input[field]);
}

/**
 * Returns the value of a field, or `fallback` when the field is absent.
 * @throws ActionError when the value is not one of `values`
 */
export function oneOf<Value extends string>(
  input: JsonRecord,
  field: string,
  values: readonly Value[],
  fallback: Value,
): Value {
  const wanted = asString(input[field]);
  if (wanted === null) return fallback;
  const found = values.find((value) => value === wanted);
  if (found === undefined) throw new ActionError(`\`${field}\` must be one of ${values.join(", ")}`);
  return found;
}

const OPERATORS = ["EQ", "IN", "GE", "GT", "LE", "LT"] as const;
const CONJUNCTIONS = ["AND", "OR"] as const;

/** Returns a condition in the form of the API's `resourceConditionNode`; null when absent. */
export function conditionIn(value: unknown): ConditionNode | null {
  if (typeof value !== "object" || value === null) return null;
  const node = asRecord(value);
  const terms = asArray(node["terms"]).flatMap((term) => conditionIn(term) ?? []);
  return {
    variableName: asString(node["variableName"]) ?? undefined,
    operator: oneOf(node, "operator", OPERATORS, "EQ"),
    operands: asArray(node["operands"]).map((operand) => {
      const { type, value: text } = asRecord(operand);
      return { type: asString(type) ?? "SCALAR", value: String(text ?? "") };
    }),
    conjunction: oneOf(node, "conjunction", CONJUNCTIONS, "AND"),
    terms: terms.length === 0 ? undefined : terms,
  };
}
