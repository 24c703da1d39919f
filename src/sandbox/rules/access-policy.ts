import type { AccessPolicy } from "../state/organization.ts";
import type { Caller } from "./caller.ts";
import { type Attributes, conditionHolds } from "./condition.ts";
import { matchesPattern } from "./holding.ts";

/**
 * Returns the ids of the access policies that deny the caller this permission. A policy with the effect `ALLOW`
 * grants nothing and does not override a denial.
 */
export function denyingPolicies(
  caller: Caller,
  permission: string,
  attributes: Attributes,
): readonly string[] {
  const ids: string[] = [];
  for (const policy of caller.organization.policies.values()) {
    if (
      policy.effect === "DENY" &&
      policy.enabled &&
      concerns(policy, caller) &&
      targets(policy, permission) &&
      (policy.condition === null || conditionHolds(policy.condition, attributes))
    ) {
      ids.push(policy.id);
    }
  }
  return ids;
}

/** Returns whether the policy applies to this caller. It applies to OAuth clients only if `applyToClients` is set. */
function concerns(policy: AccessPolicy, caller: Caller): boolean {
  if (caller.user === null && !policy.applyToClients) return false;
  return policy.subject.type === "ALL" || policy.subject.id === caller.subjectId;
}

function targets(policy: AccessPolicy, permission: string): boolean {
  const [domain = "", entityName = "", action = ""] = policy.targetResource.split(":");
  return matchesPattern({ domain, entityName, actionSet: [action] }, permission);
}
