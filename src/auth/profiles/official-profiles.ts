import { asRecord, asString, type JsonRecord, parseJson } from "../../core/json.ts";
import { Secret } from "../../core/secret.ts";
import { isHeaderSafe } from "../token/header-safe.ts";
import type { ProfileGrant } from "./profile.ts";
import { isProfileName } from "./profile-name.ts";
import { parseToml } from "./toml.ts";

/** Profile of the official CLI that genscope can import. */
export interface OfficialProfile {
  /** Name of the profile's table, as the file spells it. */
  readonly table: string;
  /** Name in lower case, because the official CLI ignores case. */
  readonly name: string;
  /** AWS id or domain, as the file spells it. */
  readonly region: string | null;
  readonly grant: ProfileGrant;
  readonly clientId: string;
  readonly redirectUri: string | null;
  readonly clientSecret: Secret | null;
  readonly accessToken: Secret | null;
  /** Expiry as the file states it, RFC 3339. */
  readonly accessTokenExpiresAt: string | null;
}

/** Profile that can't be imported, with the reason. */
export interface UnusableProfile {
  readonly table: string;
  readonly reason: string;
}

export interface OfficialProfiles {
  readonly usable: readonly OfficialProfile[];
  readonly unusable: readonly UnusableProfile[];
}

/** Keys that hold secrets in clear text. */
export const SECRET_KEYS = ["client_secret", "access_token", "oauth_token_data"] as const;

/**
 * Returns the profiles of the official CLI's `config.toml`. Its key `client_credentials` is the client's *id*;
 * `grant_type` is a number: 0 none, 1 client credentials, 2 implicit, 3 PKCE. Keys may be in upper or lower case, as
 * in the official CLI.
 * @throws UsageError `config.damaged`
 */
export function readOfficialProfiles(text: string, path: string): OfficialProfiles {
  const usable: OfficialProfile[] = [];
  const unusable: UnusableProfile[] = [];
  for (const [table, value] of Object.entries(parseToml(text, path))) {
    if (typeof value !== "object" || value === null || Array.isArray(value)) continue;
    const read = readTable(table, inLowerCase(asRecord(value)));
    if ("reason" in read) {
      unusable.push(read);
    } else {
      usable.push(read);
    }
  }
  return { usable, unusable };
}

function readTable(table: string, keys: JsonRecord): OfficialProfile | UnusableProfile {
  const name = table.toLowerCase();
  const clientId = asString(keys["client_credentials"]);
  const clientSecret = readSecret(keys["client_secret"]);
  const grant = readGrant(keys["grant_type"], clientSecret !== null);
  if (!isProfileName(name)) return { table, reason: "its name is not a valid profile name" };
  if (typeof grant !== "string") return { table, reason: grant.reason };
  if (clientId === null) {
    return { table, reason: "it contains no OAuth client, and a token alone cannot be renewed" };
  }
  const remembered = asRecord(parseJson(asString(keys["oauth_token_data"]) ?? ""));
  return {
    table,
    name,
    region: asString(keys["environment"]),
    grant,
    clientId,
    redirectUri: asString(keys["redirect_uri"]),
    clientSecret: grant === "client-credentials" ? clientSecret : null,
    accessToken: readSecret(remembered["access_token"]) ?? readSecret(keys["access_token"]),
    accessTokenExpiresAt: asString(remembered["oauth_token_expiry"]),
  };
}

function readGrant(value: unknown, hasSecret: boolean): ProfileGrant | { readonly reason: string } {
  switch (String(value ?? (hasSecret ? "1" : "0"))) {
    case "1":
      return hasSecret
        ? "client-credentials"
        : { reason: "it has no client secret: log in with `genscope login --grant client-credentials`" };
    case "2":
      return { reason: "the implicit grant ends in 2027 and is not supported: create a client for PKCE" };
    case "3":
      return "pkce";
    default:
      return { reason: "it contains no login that can be renewed" };
  }
}

function readSecret(value: unknown): Secret | null {
  const text = asString(value)?.trim() ?? "";
  return isHeaderSafe(text) ? new Secret(text) : null;
}

function inLowerCase(table: JsonRecord): JsonRecord {
  return Object.fromEntries(Object.entries(table).map(([key, value]) => [key.toLowerCase(), value]));
}
