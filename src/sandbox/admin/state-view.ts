import { watermarkOf } from "../jobs/watermark.ts";
import type { Organization } from "../state/organization.ts";
import type { World } from "../world.ts";

/**
 * Returns the state for `GET /sandbox/state`. It includes secrets, so that tests can log in. The secrets are
 * worthless outside the sandbox.
 */
export function describeState(world: World): Readonly<Record<string, unknown>> {
  return {
    seed: world.seed,
    startedAt: new Date(world.startedAtMs).toISOString(),
    now: new Date(world.clock.now()).toISOString(),
    settings: world.settings,
    conversations: describeConversations(world),
    organizationId: world.organizationId,
    organizations: [...world.organizations.values()].map(describeOrganization),
    tokenCount: world.tokens.size,
    faults: world.faults,
    operationCount: world.definition.operations.length,
  };
}

function describeConversations(world: World): Readonly<Record<string, unknown>> {
  const { firstMs, lastMs } = world.archive().days(world.dataTimeMs);
  return {
    firstDay: new Date(firstMs).toISOString().slice(0, 10),
    lastDay: new Date(lastMs).toISOString().slice(0, 10),
    dataTime: new Date(world.dataTimeMs).toISOString(),
    watermark: new Date(watermarkOf(world)).toISOString(),
  };
}

function describeOrganization(organization: Organization): Readonly<Record<string, unknown>> {
  return {
    id: organization.id,
    name: organization.name,
    domain: organization.domain,
    divisions: [...organization.divisions.values()],
    homeDivisionId: organization.homeDivisionId,
    users: [...organization.users.values()],
    clients: [...organization.clients.values()],
    roles: [...organization.authority.roles.values()],
    grants: Object.fromEntries(organization.authority.grants),
    groups: [...organization.authority.groups.values()],
    policies: [...organization.policies.values()],
    objects: [...organization.objects.values()],
    products: [...organization.products],
    permissionCount: organization.permissions.size,
    enrolledPreviews: [...organization.enrolledPreviews],
  };
}
