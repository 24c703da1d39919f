import { asBoolean, asNumber, asRecord, asString } from "../../core/json.ts";
import type { Api } from "../api/api.ts";
import { parseNamed } from "../reading/named.ts";
import type { Named, OAuthClient, Principal } from "../reading/principal.ts";
import { attemptRead, type Reading } from "../reading/reading.ts";
import { READS } from "../reading/reads.ts";
import { parseWhole } from "../reading/whole-list.ts";

/** The service's description of the token; it contains no expiry. */
export interface TokenInfo {
  readonly organization: Named | null;
  readonly homeOrganization: Named | null;
  readonly scopes: readonly string[] | null;
  /** Time at which the idle timeout will end the token, RFC 3339. */
  readonly idlesAt: string | null;
  readonly client: OAuthClient | null;
  /** User of the token, which some services send although the published model lacks it; null for a client's token. */
  readonly user: Named | null;
}

/** Reads the owner of the token without resetting its idle timeout. */
export function readTokenInfo(api: Api): Promise<Reading<TokenInfo>> {
  return attemptRead(api, READS.token, { query: { preserveIdleTTL: true }, parse: parseTokenInfo });
}

/** Reads the organization's idle timeout. */
export function readIdleTimeout(api: Api): Promise<Reading<NonNullable<Principal["idleTimeout"]>>> {
  return attemptRead(api, READS.idleTimeout, {
    parse: (body) => {
      const timeout = asRecord(body);
      const isEnabled = asBoolean(timeout["enableIdleTokenTimeout"]);
      return isEnabled === null ? null : { isEnabled, seconds: asNumber(timeout["idleTokenTimeoutSeconds"]) };
    },
  });
}

/** Parses the description of a token; null when no field is recognized, because then the platform did not send it. */
function parseTokenInfo(body: unknown): TokenInfo | null {
  const info = asRecord(body);
  const parsed = {
    organization: parseNamed(info["organization"]),
    // A user from another organization is a clone here; the clone also names its home organization
    // (`TokenInfoClonedUser`).
    homeOrganization:
      parseNamed(info["homeOrganization"]) ?? parseNamed(asRecord(info["clonedUser"])["organization"]),
    scopes: parseWhole(info["authorizedScope"], asString),
    idlesAt: asString(info["dateTokenIdles"]),
    client: parseOAuthClient(info["OAuthClient"]),
    user: parseNamed(info["authenticatedUser"]),
  };
  return Object.values(parsed).every((value) => value === null) ? null : parsed;
}

/** Parses an OAuth client in the form of `tokens/me` and `oauth/clients`; null without an id. */
export function parseOAuthClient(value: unknown): OAuthClient | null {
  const client = asRecord(value);
  const named = parseNamed(client);
  return named === null
    ? null
    : {
        ...named,
        grantType: asString(client["authorizedGrantType"]),
        state: asString(client["state"]),
        scopes: parseWhole(client["scope"], asString),
        roleDivisions: parseRoleDivisions(client["roleDivisions"]),
        organizationId: asString(asRecord(client["organization"])["id"]),
        dateToDelete: asString(client["dateToDelete"]),
      };
}

function parseRoleDivisions(value: unknown): OAuthClient["roleDivisions"] {
  return parseWhole(value, (item) => {
    const roleId = asString(asRecord(item)["roleId"]);
    const divisionId = asString(asRecord(item)["divisionId"]);
    return roleId === null || divisionId === null ? null : { roleId, divisionId };
  });
}
