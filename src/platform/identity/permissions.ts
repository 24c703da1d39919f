import { asBoolean, asRecord, asString } from "../../core/json.ts";
import type { Api } from "../api/api.ts";
import { readListing } from "../reading/listing.ts";
import type { OwnedPermission } from "../reading/principal.ts";
import { failIncomplete, mapReading, type Reading } from "../reading/reading.ts";
import { READS } from "../reading/reads.ts";
import { parseWhole } from "../reading/whole-list.ts";

/**
 * Reads the organization's own permission catalog: the permissions that its licenses allow it to grant. An
 * absent permission counts as not owned, so an empty catalog counts as unread.
 */
export async function readOwnedPermissions(api: Api): Promise<Reading<readonly OwnedPermission[]>> {
  const reading = mapReading(await readListing(api, READS.permissions, parseDomain), (domains) =>
    domains.flat(),
  );
  return reading.isRead && reading.value.length === 0
    ? failIncomplete(READS.permissions, reading.calls, "no permission")
    : reading;
}

/**
 * Parses one domain of the catalog, a map from entity to permissions; null unless all of it can be parsed.
 */
function parseDomain(value: unknown): readonly OwnedPermission[] | null {
  const collection = asRecord(value);
  const domain = asString(collection["domain"]) ?? asString(collection["id"]);
  const map = asRecord(collection["permissionMap"]);
  if (domain === null || map !== collection["permissionMap"]) return null;
  const byEntity = Object.entries(map).map(([entity, permissions]) =>
    parseWhole(permissions, (value) => parsePermission(value, domain, entity)),
  );
  return byEntity.includes(null) ? null : byEntity.flatMap((permissions) => permissions ?? []);
}

function parsePermission(value: unknown, domain: string, entity: string): OwnedPermission | null {
  const permission = asRecord(value);
  const { action } = permission;
  const parts = [
    asString(permission["domain"]) ?? domain,
    asString(permission["entityType"]) ?? entity,
    action,
  ];
  // The few legacy permissions consist of one word, without entity and action.
  const isOneWord = entity === "" && action === "";
  if (typeof action !== "string" || (parts.includes("") && !isOneWord)) return null;
  return {
    permission: parts.filter((part) => part !== "").join(":"),
    label: asString(permission["label"]),
    isDivisionAware: asBoolean(permission["divisionAware"]),
  };
}
