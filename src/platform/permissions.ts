import { asBoolean, asRecord, asString } from "../core/json.ts";
import type { Api } from "./api.ts";
import { readListing } from "./listing.ts";
import type { OwnedPermission } from "./principal.ts";
import { failIncomplete, mapReading, type Reading } from "./reading.ts";
import { READS } from "./reads.ts";
import { parseWhole } from "./whole-list.ts";

/**
 * The organization's own permission catalogue: what its licences let it hand out. What is absent from it counts
 * as not owned, so that a catalogue without a single permission has not been read.
 */
export async function readOwnedPermissions(api: Api): Promise<Reading<readonly OwnedPermission[]>> {
  const reading = mapReading(await readListing(api, READS.permissions, parseDomain), (domains) =>
    domains.flat(),
  );
  return reading.isRead && reading.value.length === 0
    ? failIncomplete(READS.permissions, reading.calls, "without a single permission")
    : reading;
}

/** One domain of the catalogue: a map from entity to its permissions; null unless all of it is understood. */
function parseDomain(value: unknown): readonly OwnedPermission[] | null {
  const collection = asRecord(value);
  const domain = asString(collection["domain"]) ?? asString(collection["id"]);
  const map = asRecord(collection["permissionMap"]);
  if (domain === null || map !== collection["permissionMap"]) {
    return null;
  }
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
  // The few legacy permissions are one word: no entity and no action, and that is said.
  const isOneWord = entity === "" && action === "";
  if (typeof action !== "string" || (parts.includes("") && !isOneWord)) {
    return null;
  }
  return {
    permission: parts.filter((part) => part !== "").join(":"),
    label: asString(permission["label"]),
    isDivisionAware: asBoolean(permission["divisionAware"]),
    allowsConditions: asBoolean(permission["allowsConditions"]),
  };
}
