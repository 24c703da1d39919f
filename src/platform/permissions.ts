import { asArray, asBoolean, asRecord, asString, type JsonRecord } from "../core/json.ts";
import type { Api } from "./api.ts";
import { readListing } from "./listing.ts";
import type { OwnedPermission } from "./principal.ts";
import { mapReading, type Reading } from "./reading.ts";
import { READS } from "./reads.ts";

/** The organization's own permission catalogue: what its licences let it hand out. */
export async function readOwnedPermissions(api: Api): Promise<Reading<readonly OwnedPermission[]>> {
  return mapReading(await readListing(api, READS.permissions, asRecord), (domains) => domains.flatMap(parseDomain));
}

/** One domain of the catalogue: a map from entity to its permissions. */
function parseDomain(collection: JsonRecord): readonly OwnedPermission[] {
  const domain = asString(collection["domain"]) ?? asString(collection["id"]);
  return Object.entries(asRecord(collection["permissionMap"])).flatMap(([entity, permissions]) =>
    asArray(permissions).flatMap((value) => {
      const permission = asRecord(value);
      const parts = [
        asString(permission["domain"]) ?? domain,
        asString(permission["entityType"]) ?? entity,
        asString(permission["action"]),
      ];
      return parts.includes(null)
        ? []
        : [
            {
              permission: parts.join(":"),
              label: asString(permission["label"]),
              isDivisionAware: asBoolean(permission["divisionAware"]),
              allowsConditions: asBoolean(permission["allowsConditions"]),
            },
          ];
    }),
  );
}
