import { asArray, asBoolean, asNumber, asRecord, asString, asStrings } from "../core/json.ts";
import type { Api } from "./api.ts";
import { parseNamed } from "./named.ts";
import type { Named, OAuthClient, Principal } from "./principal.ts";
import { attemptRead, type Reading } from "./reading.ts";
import { READS } from "./reads.ts";

/** What the service says about the token itself; there is no expiry in it. */
export interface TokenInfo {
  readonly organization: Named | null;
  readonly homeOrganization: Named | null;
  readonly scopes: readonly string[] | null;
  /** RFC 3339: when the idle timeout will end the token. */
  readonly idlesAt: string | null;
  readonly client: OAuthClient | null;
  /** Said by some services, absent from the published model; null for a client's token. */
  readonly user: Named | null;
}

/** Who the token belongs to, without keeping an idle token alive by asking. */
export function readTokenInfo(api: Api): Promise<Reading<TokenInfo>> {
  return attemptRead(api, READS.token, { query: { preserveIdleTTL: true }, parse: parseTokenInfo });
}

/** The organization's idle timeout. */
export function readIdleTimeout(api: Api): Promise<Reading<NonNullable<Principal["idleTimeout"]>>> {
  return attemptRead(api, READS.idleTimeout, {
    parse: (body) => {
      const timeout = asRecord(body);
      const isEnabled = asBoolean(timeout["enableIdleTokenTimeout"]);
      return isEnabled === null ? null : { isEnabled, seconds: asNumber(timeout["idleTokenTimeoutSeconds"]) };
    },
  });
}

function parseTokenInfo(body: unknown): TokenInfo {
  const info = asRecord(body);
  return {
    organization: parseNamed(info["organization"]),
    homeOrganization: parseNamed(info["homeOrganization"]),
    scopes: Array.isArray(info["authorizedScope"]) ? asStrings(info["authorizedScope"]) : null,
    idlesAt: asString(info["dateTokenIdles"]),
    client: parseOAuthClient(info["OAuthClient"]),
    user: parseNamed(info["authenticatedUser"]),
  };
}

/** An OAuth client as `tokens/me` and `oauth/clients` word it; null without an id. */
export function parseOAuthClient(value: unknown): OAuthClient | null {
  const client = asRecord(value);
  const named = parseNamed(client);
  return named === null
    ? null
    : {
        ...named,
        grantType: asString(client["authorizedGrantType"]),
        state: asString(client["state"]),
        scopes: Array.isArray(client["scope"]) ? asStrings(client["scope"]) : null,
        roleDivisions: parseRoleDivisions(client["roleDivisions"]),
        organizationId: asString(asRecord(client["organization"])["id"]),
        dateToDelete: asString(client["dateToDelete"]),
      };
}

function parseRoleDivisions(value: unknown): OAuthClient["roleDivisions"] {
  return Array.isArray(value)
    ? asArray(value).flatMap((item) => {
        const { roleId, divisionId } = asRecord(item);
        return typeof roleId === "string" && typeof divisionId === "string" ? [{ roleId, divisionId }] : [];
      })
    : null;
}
