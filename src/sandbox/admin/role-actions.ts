import { asArray, asRecord, asString, asStrings, type JsonRecord } from "../../core/json.ts";
import { grantAudit, policyAudit, roleAudit } from "../state/audited-changes.ts";
import { addGrant, changeAuthority, removeGrant } from "../state/authority.ts";
import { policiesOf } from "../state/build.ts";
import type { AccessPolicy, Authority, Organization, PermissionPolicy, Role } from "../state/organization.ts";
import type { World } from "../world.ts";
import type { Action } from "./action.ts";
import { auditedAt, record } from "./audited.ts";
import {
  booleanIn,
  byIdOrName,
  conditionIn,
  divisionIn,
  oneOf,
  organizationIn,
  required,
  roleIn,
  stringsIn,
  subjectIn,
} from "./input.ts";

/** Actions on roles, grants and access policies. */
export const ROLE_ACTIONS: Readonly<Record<string, Action>> = {
  "role.upsert": {
    summary:
      "name, id?, permissions? [a:b:c], condition?, policies? [{domain, entityName, actionSet, resourceConditionNode?}], by? (the actor that the audit records: a user, a client or `system`): creates the role, or replaces the one with this id or name",
    run: upsertRole,
  },
  "role.delete": {
    summary: "role, by?: deletes the role; its grants then have no effect",
    run: (world, input) => {
      const organization = organizationIn(world, input);
      const role = roleIn(organization, input);
      change(world, organization, (authority) => authority.roles.delete(role.id));
      record(world, roleAudit(auditedAt(world, organization, input), role, null));
      return { id: role.id };
    },
  },
  "role.grant": {
    summary:
      "subject (user, client or group), role, division? (id, name, `*`; home when absent), by?: grants the role",
    run: (world, input) => {
      const organization = organizationIn(world, input);
      const subjectId = subjectIn(organization, input);
      const role = roleIn(organization, input);
      const divisionId = divisionIn(organization, input);
      const grant = { roleId: role.id, divisionId, grantedAtMs: world.clock.now() };
      const held = organization.authority.grants.get(subjectId) ?? [];
      const wasHeld = held.some((each) => each.roleId === role.id && each.divisionId === divisionId);
      change(world, organization, (authority) => addGrant(authority, subjectId, grant));
      if (!wasHeld) {
        const at = auditedAt(world, organization, input);
        record(world, grantAudit(at, "MemberAdd", { subjectId, roleId: role.id, divisionId }));
      }
      return { subjectId, roleId: role.id, divisionId };
    },
  },
  "role.revoke": {
    summary: "subject, role, division?, by?: revokes what role.grant granted",
    run: (world, input) => {
      const organization = organizationIn(world, input);
      const subjectId = subjectIn(organization, input);
      const role = roleIn(organization, input);
      const divisionId = divisionIn(organization, input);
      let wasHeld = false;
      change(world, organization, (authority) => {
        wasHeld = removeGrant(authority, subjectId, role.id, divisionId);
      });
      if (wasHeld) {
        const at = auditedAt(world, organization, input);
        record(world, grantAudit(at, "MemberRemove", { subjectId, roleId: role.id, divisionId }));
      }
      return { subjectId, roleId: role.id, divisionId, wasHeld };
    },
  },
  "policy.upsert": {
    summary:
      "name, effect? (DENY), target (a:b:c), subject? (absent: everyone), applyToClients?, enabled?, condition?, id?, by?: creates the policy, or replaces the one with this id or name",
    run: upsertPolicy,
  },
  "policy.delete": {
    summary: "policy (id or name), by?: deletes the policy",
    run: (world, input) => {
      const organization = organizationIn(world, input);
      const policy = byIdOrName(organization.policies, required(input, "policy"), "policy");
      organization.policies.delete(policy.id);
      record(world, policyAudit(auditedAt(world, organization, input), policy, "Delete"));
      return { id: policy.id };
    },
  },
};

function change(world: World, organization: Organization, edit: (authority: Authority) => void): void {
  changeAuthority(organization, world.clock.now(), world.settings.propagationDelayMs, edit);
}

function upsertRole(world: World, input: JsonRecord): unknown {
  const organization = organizationIn(world, input);
  const name = required(input, "name");
  const sameName = [...organization.authority.roles.values()].find((each) => each.name === name);
  const permissions = stringsIn(input, "permissions") ?? [];
  const role: Role = {
    id: asString(input["id"]) ?? sameName?.id ?? world.sequence.uuid(),
    name,
    permissionPolicies: [
      ...policiesOf(
        permissions.filter((permission) => permission.includes(":")),
        conditionIn(input["condition"]),
      ),
      ...asArray(input["policies"]).map((each) => policyIn(asRecord(each))),
    ],
    legacyPermissions: permissions.filter((permission) => !permission.includes(":")),
  };
  const before = organization.authority.roles.get(role.id) ?? null;
  change(world, organization, (authority) => authority.roles.set(role.id, role));
  record(world, roleAudit(auditedAt(world, organization, input), before, role));
  return role;
}

function policyIn(input: JsonRecord): PermissionPolicy {
  return {
    domain: required(input, "domain"),
    entityName: asString(input["entityName"]) ?? "*",
    actionSet: asStrings(input["actionSet"]),
    resourceConditionNode: conditionIn(input["resourceConditionNode"]),
  };
}

function upsertPolicy(world: World, input: JsonRecord): unknown {
  const organization = organizationIn(world, input);
  const subjectId = input["subject"] === undefined ? null : subjectIn(organization, input);
  const name = required(input, "name");
  const sameName = [...organization.policies.values()].find((each) => each.name === name);
  const policy: AccessPolicy = {
    id: asString(input["id"]) ?? sameName?.id ?? world.sequence.uuid(),
    name,
    effect: oneOf(input, "effect", ["ALLOW", "DENY"], "DENY"),
    subject: {
      type: subjectId === null ? "ALL" : organization.clients.has(subjectId) ? "CLIENT" : "USER",
      id: subjectId,
    },
    targetResource: required(input, "target"),
    applyToClients: booleanIn(input, "applyToClients") ?? false,
    enabled: booleanIn(input, "enabled") ?? true,
    condition: conditionIn(input["condition"]),
  };
  const action = organization.policies.has(policy.id) ? "Update" : "Create";
  organization.policies.set(policy.id, policy);
  record(world, policyAudit(auditedAt(world, organization, input), policy, action));
  return policy;
}
