import type { Operation } from "../../catalogue/facts/operation.ts";
import { inLayer, type Refusal, refusal } from "../refusal.ts";
import type { PlacedObject } from "../state/organization.ts";
import type { SandboxSettings } from "../state/settings.ts";
import { denyingPolicies } from "./access-policy.ts";
import type { Caller } from "./caller.ts";
import { type Attributes, conditionHolds } from "./condition.ts";
import { covers, grantedPoliciesOf } from "./holding.ts";

/** The result of the permission layers for one permission, ordered from not held at all to held. */
type PermissionOutcome =
  | { readonly kind: "absent" }
  | { readonly kind: "other-division" }
  | { readonly kind: "condition" }
  | { readonly kind: "policy"; readonly policyIds: readonly string[] }
  | { readonly kind: "held" };

/** The input to the permission layers. */
export interface PermissionQuestion {
  readonly caller: Caller;
  readonly operation: Operation;
  /** The object that the path names. Null for a collection, which is filtered by division instead. */
  readonly object: PlacedObject | null;
  readonly attributes: () => Attributes;
  /** Permissions that this call does not need because of the object's owner or the content of the call. */
  readonly waived: ReadonlySet<string>;
  /** Whether grants limited to teams are ignored for this operation. */
  readonly ignoresTeamGrants: boolean;
  /** Whether the request needs the operation's conditional permissions as well. */
  readonly needsConditional: boolean;
  readonly settings: SandboxSettings;
  readonly nowMs: number;
}

/**
 * Checks permission, division of the object, role condition and access policy, in this order for each permission.
 * With ANY, one permission must pass all four checks; with ALL, every permission must.
 */
export function checkPermissions(question: PermissionQuestion): Refusal | null {
  const { operation, waived } = question;
  const refused =
    operation.permissionMode === "ANY"
      ? checkAny(
          question,
          operation.permissions.some((name) => waived.has(name)) ? [] : operation.permissions,
        )
      : checkAll(
          question,
          operation.permissions.filter((name) => !waived.has(name)),
        );
  if (refused !== null) return refused;
  if (operation.permissionMode === "UNKNOWN" && question.settings.undocumented === "strict") {
    return refusal(403, "missing.permissions", "You are not authorized to perform the requested action.");
  }
  return question.needsConditional ? checkAll(question, operation.conditionalPermissions) : null;
}

function checkAny(question: PermissionQuestion, permissions: readonly string[]): Refusal | null {
  const outcomes = permissions.map((permission) => outcomeOf(question, permission));
  if (outcomes.length === 0 || outcomes.some((each) => each.kind === "held")) return null;
  const denied = deniedBy(outcomes);
  if (denied !== null) return denied;
  if (outcomes.some((each) => each.kind === "other-division")) {
    const refused = refusal(
      403,
      "missing.any.division.permissions",
      "Unable to perform the requested action. You must have at least one of the following permissions assigned: {permissions} in at least one of the following division(s): {divisions}",
      {
        permissions: bracketed(question, permissions),
        divisions: `[${question.object?.divisionId ?? ""}]`,
      },
    );
    return inLayer("division", refused);
  }
  const isConditional = outcomes.some((each) => each.kind === "condition");
  return inLayer(isConditional ? "condition" : "permission", missingAny(question, permissions));
}

/** Checks that every permission passes. Returns null when all of them do. */
export function checkAll(question: PermissionQuestion, permissions: readonly string[]): Refusal | null {
  const reached = permissions.map((permission) => ({ permission, ...outcomeOf(question, permission) }));
  const absent = reached.filter((each) => each.kind === "absent");
  if (absent.length > 0) return missing(question, absent);
  const elsewhere = reached.find((each) => each.kind === "other-division");
  if (elsewhere !== undefined) {
    const refused = refusal(
      403,
      "missing.division.permission",
      "Unable to perform the requested action. You are missing the following permission '{permission}' in the provided division(s).",
      { permission: elsewhere.permission },
    );
    return inLayer("division", refused);
  }
  const conditional = reached.filter((each) => each.kind === "condition");
  return conditional.length > 0 ? inLayer("condition", missing(question, conditional)) : deniedBy(reached);
}

function outcomeOf(question: PermissionQuestion, permission: string): PermissionOutcome {
  const { caller, object, attributes, ignoresTeamGrants, nowMs } = question;
  const holdings = grantedPoliciesOf(caller.organization, caller.subjectId, permission, nowMs).filter(
    ({ policy }) => !ignoresTeamGrants || !/team/i.test(policy.resourceConditionNode?.variableName ?? ""),
  );
  if (holdings.length === 0) return { kind: "absent" };
  const isAware = caller.organization.permissions.get(permission)?.divisionAware ?? false;
  const covering =
    object !== null && isAware ? holdings.filter((each) => covers(each, object.divisionId)) : holdings;
  if (covering.length === 0) return { kind: "other-division" };
  const isHeld = covering.some(
    ({ policy }) =>
      policy.resourceConditionNode === null || conditionHolds(policy.resourceConditionNode, attributes()),
  );
  if (!isHeld) return { kind: "condition" };
  const policyIds =
    caller.organization.policies.size === 0 ? [] : denyingPolicies(caller, permission, attributes());
  return policyIds.length > 0 ? { kind: "policy", policyIds } : { kind: "held" };
}

function deniedBy(outcomes: readonly PermissionOutcome[]): Refusal | null {
  const ids = outcomes.flatMap((each) => (each.kind === "policy" ? each.policyIds : []));
  if (ids.length === 0) return null;
  const refused = refusal(
    403,
    "authz.policy.denied",
    "Unable to perform the requested action. Your organization's security policies have denied access. Policy ID(s): [{policyIds}]",
    { policyIds: [...new Set(ids)].join(", ") },
  );
  return inLayer("policy", refused);
}

function missingAny(question: PermissionQuestion, permissions: readonly string[]): Refusal {
  return refusal(
    403,
    "missing.any.permissions",
    "Unable to perform the requested action. You must have at least one of the following permissions assigned: {permissions}",
    { permissions: bracketed(question, permissions) },
  );
}

function missing(question: PermissionQuestion, lacking: readonly { readonly permission: string }[]): Refusal {
  return refusal(
    403,
    "missing.permissions",
    "Unable to perform the requested action. You are missing the following permission(s): {permissions}",
    {
      permissions: bracketed(
        question,
        lacking.map((each) => each.permission),
      ),
    },
  );
}

/** Returns the list of permissions for the message, in the form that the settings request. */
function bracketed({ settings, object, caller }: PermissionQuestion, permissions: readonly string[]): string {
  const division = object?.divisionId ?? caller.organization.homeDivisionId;
  switch (settings.permissionMessage) {
    case "complete":
      return `[${permissions.join(", ")}]`;
    case "first":
      return `[${permissions[0] ?? ""}]`;
    case "empty":
      return "[]";
    case "with-division":
      return `[${permissions.map((permission) => `${permission}:${division}`).join(", ")}]`;
  }
}
