import type { Organization } from "../state/organization.ts";
import type { World } from "../world.ts";
import { SUMS, type UsageGroup } from "./aggregate.ts";

type Row = Readonly<Record<string, unknown>>;

/** Returns a row of the older queries (`ApiUsageRow`). */
export function queryRowOf(
  world: World,
  organization: Organization,
  group: UsageGroup,
  metrics: readonly string[] | null,
): Row {
  return {
    ...dimensionsOf(group),
    ...(group.clientId === null
      ? {}
      : { clientId: group.clientId, clientName: clientNameOf(world, organization, group.clientId) }),
    ...(group.userId === null ? {} : { userId: group.userId }),
    ...(group.organizationId === null ? {} : { organizationId: group.organizationId }),
    ...sumsOf(group, metrics, "requests"),
  };
}

/** Returns a row of the jobs (`OrganizationPublicApiUsage` and `ClientPublicApiUsage`). */
export function jobRowOf(
  world: World,
  organization: Organization,
  group: UsageGroup,
  metrics: readonly string[] | null,
): Row {
  const { clientId, userId } = group;
  return {
    ...dimensionsOf(group),
    ...(group.isByPlatform ? { platform: "Public API" } : {}),
    ...(clientId === null
      ? {}
      : { oauthClient: { id: clientId, name: clientNameOf(world, organization, clientId) } }),
    ...(userId === null ? {} : { user: { id: userId, name: organization.users.get(userId)?.name ?? "" } }),
    ...(group.organizationId === null ? {} : { organizationId: group.organizationId }),
    ...sumsOf(group, metrics, "requestCount"),
  };
}

function dimensionsOf({ date, method, templateUri }: UsageGroup): Row {
  return {
    date,
    ...(templateUri === null ? {} : { templateUri }),
    ...(method === null ? {} : { httpMethod: method }),
  };
}

function sumsOf({ sums }: UsageGroup, metrics: readonly string[] | null, requests: string): Row {
  const wanted = metrics?.map((name) => name.toLowerCase()) ?? SUMS;
  return Object.fromEntries(
    SUMS.filter((name) => wanted.includes(name)).map((name) => [
      name === "requests" ? requests : name,
      sums[name],
    ]),
  );
}

/** Returns the name of a client, even when the client belongs to another organization. */
function clientNameOf(world: World, organization: Organization, id: string): string {
  if (organization.clients.has(id)) return organization.clients.get(id)?.name ?? "";
  return [...world.organizations.values()].flatMap(({ clients }) => clients.get(id)?.name ?? [])[0] ?? "";
}
