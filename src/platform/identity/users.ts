import { asRecord, asString } from "../../core/json.ts";
import type { Api } from "../api/api.ts";
import { parseNamed } from "../reading/named.ts";
import type { Principal, UserPermissions } from "../reading/principal.ts";
import { attemptRead, type Reading } from "../reading/reading.ts";
import { READS } from "../reading/reads.ts";
import { parseWhole } from "../reading/whole-list.ts";
import { parsePolicies } from "./roles.ts";

/** The user behind a token. */
export interface OwnUser {
  readonly user: NonNullable<Principal["user"]>;
  /** Permissions of the user's roles; null unless requested, and when the service omits them. */
  readonly permissions: UserPermissions | null;
}

/**
 * Reads the user behind a token, with the permissions of all of the user's roles when requested. A client's
 * token is refused with 400 `not.a.user`.
 */
export function readOwnUser(
  api: Api,
  { withPermissions }: { withPermissions: boolean },
): Promise<Reading<OwnUser>> {
  return attemptRead(api, READS.user, {
    ...(withPermissions ? { query: { expand: "authorization" } } : {}),
    parse: (body) => {
      const named = parseNamed(body);
      if (named === null) return null;
      const { email, authorization } = asRecord(body);
      return {
        user: { ...named, email: asString(email) },
        permissions: withPermissions ? parsePermissions(authorization) : null,
      };
    },
  });
}

/**
 * Parses a user's permissions; null without the list of names, because an absent permission would look like one
 * that is not held.
 */
function parsePermissions(value: unknown): UserPermissions | null {
  const { permissions, permissionPolicies } = asRecord(value);
  const names = parseWhole(permissions, asString);
  return names === null ? null : { names, policies: parsePolicies(permissionPolicies) };
}
