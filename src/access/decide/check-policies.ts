import type { PermissionMode } from "../../catalogue/facts/operation.ts";
import type { AccessPolicy, Principal } from "../../platform/reading/principal.ts";
import { holdingOf } from "../verdict/holding-of.ts";
import { covers, splitPermission } from "../verdict/holdings.ts";
import { type LayerResult, pass, refuse, unreadableEvidence } from "../verdict/layer-result.ts";
import type { Evidence } from "../verdict/verdict.ts";

/**
 * Checks the attribute-based access policies that target one of the operation's permissions. DENY overrides
 * every grant. A policy that may apply makes the verdict conditional.
 */
export function checkAccessPolicies(
  principal: Principal,
  mode: PermissionMode,
  permissions: readonly string[],
): LayerResult {
  if (mode === "NONE" || permissions.length === 0) return pass("policy");
  if (principal.accessPolicies === null) {
    return refuse("policy", "conditional", [
      unreadableEvidence(principal, "access policies", "which access policies apply"),
    ]);
  }
  const relevant = principal.accessPolicies.filter(
    (policy) =>
      policy.isEnabled && targets(policy, permissions).length > 0 && !isForUsersOnly(policy, principal),
  );
  if (relevant.length === 0) return pass("policy");
  const strict = relevant.filter((policy) => isCertainDenial(policy, principal));
  const denied = new Set(strict.flatMap((policy) => targets(policy, permissions)));
  const usable = permissions.filter(
    (permission) => !["absent", "unowned"].includes(holdingOf(principal, permission, null).state),
  );
  const isDenied =
    mode === "ALL"
      ? denied.size > 0
      : usable.length > 0 && usable.every((permission) => denied.has(permission));
  if (isDenied) return refuse("policy", "denied", strict.map(evidenceOf), { afterSuccess: "open" });
  const doubtful = relevant.filter((policy) => !isHarmless(policy));
  // A policy with a condition may refuse the next object, so one successful call does not settle the doubt.
  return doubtful.length > 0
    ? refuse("policy", "conditional", doubtful.map(evidenceOf), { afterSuccess: "open" })
    : pass("policy");
}

function targets(policy: AccessPolicy, permissions: readonly string[]): readonly string[] {
  const target = splitPermission(policy.target);
  if (target === null) return permissions;
  const [domain, entity, action] = target;
  return permissions.filter((permission) => {
    const parts = splitPermission(permission);
    return parts !== null && covers({ domain, entity, actions: [action], condition: null }, parts);
  });
}

function isForUsersOnly(policy: AccessPolicy, principal: Principal): boolean {
  return principal.kind === "client" && policy.appliesToClients === false;
}

function isCertainDenial(policy: AccessPolicy, principal: Principal): boolean {
  const applies =
    principal.kind === "user" || (principal.kind === "client" && policy.appliesToClients === true);
  return (
    policy.effect.toUpperCase() === "DENY" &&
    !policy.hasCondition &&
    applies &&
    splitPermission(policy.target) !== null
  );
}

/** Whether a policy cannot refuse a call: it is an ALLOW without a condition. */
function isHarmless(policy: AccessPolicy): boolean {
  return policy.effect.toUpperCase() === "ALLOW" && !policy.hasCondition;
}

function evidenceOf(policy: AccessPolicy): Evidence {
  const condition = policy.hasCondition ? ", under a condition that genscope cannot evaluate" : "";
  return {
    kind: "policy",
    summary: `access policy "${policy.name ?? policy.id}" (${policy.effect.toUpperCase()} on \`${policy.target}\`) applies${condition}`,
    policy: { id: policy.id, name: policy.name },
  };
}
