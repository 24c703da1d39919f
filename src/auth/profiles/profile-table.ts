import { UsageError } from "../../core/errors.ts";
import { asNumber, asRecord, asString, asStrings, type JsonRecord } from "../../core/json.ts";
import { oneLine } from "../../core/text.ts";
import { DEFAULT_REGION_ID } from "../../platform/region/region-list.ts";
import { type CredentialKind, STORE_KINDS } from "../stores/credential-store.ts";
import type { Profile, ProfileGrant } from "./profile.ts";

const GRANTS: readonly ProfileGrant[] = ["pkce", "client-credentials"];

/**
 * Returns the profile in a table of the file. Missing keys get the values of a login without flags, so that a
 * table written by hand can be short.
 * @throws UsageError `config.invalid` for an unknown grant or store, or a region with credentials
 */
export function readProfileTable(name: string, value: unknown, path: string): Profile {
  const table = asRecord(value);
  const remembered = new Set(asStrings(table["remembered"]));
  const has = (kind: CredentialKind) => remembered.has(kind);
  const oneOf = <Word extends string>(key: string, words: readonly Word[], fallback: Word): Word => {
    const text = asString(table[key]) ?? fallback;
    const word = words.find((candidate) => candidate === text);
    if (word === undefined) {
      throw new UsageError(
        "config.invalid",
        `\`${key}\` of profile \`${name}\` is \`${oneLine(text, 80)}\` in \`${path}\``,
        {
          hint: `use one of ${words.map((each) => `\`${each}\``).join(", ")}: edit the file, or log in again with \`genscope login --profile ${name}\``,
        },
      );
    }
    return word;
  };
  const region = asString(table["region"]) ?? DEFAULT_REGION_ID;
  // A secret in the region would be printed by every command that lists profiles.
  if (region.includes("@")) {
    throw new UsageError(
      "config.invalid",
      `\`region\` of profile \`${name}\` contains a user name or password in \`${path}\``,
      {
        hint: `write only the region or host: edit the file, or log in again with \`genscope login --profile ${name}\``,
      },
    );
  }
  return {
    name,
    region,
    grant: oneOf("grant", GRANTS, "pkce"),
    clientId: asString(table["client_id"]) ?? "",
    store: oneOf("store", STORE_KINDS, "keychain"),
    redirectUri: asString(table["redirect_uri"]),
    accessTokenExpiresAt: asString(table["access_token_expires_at"]),
    accessTokenRenewsAt: asString(table["access_token_renews_at"]),
    remembered: {
      accessToken: has("access-token"),
      refreshToken: has("refresh-token"),
      clientSecret: has("client-secret"),
    },
    generation: asNumber(table["generation"]) ?? 0,
    organization: asString(table["organization"]),
    organizationId: asString(table["organization_id"]),
    identity: asString(table["identity"]),
  };
}

/** Returns the table of a profile. Unknown keys of `before` are kept. */
export function writeProfileTable(profile: Profile, before: unknown): JsonRecord {
  const kinds: readonly CredentialKind[] = [
    ...(profile.remembered.accessToken ? (["access-token"] as const) : []),
    ...(profile.remembered.refreshToken ? (["refresh-token"] as const) : []),
    ...(profile.remembered.clientSecret ? (["client-secret"] as const) : []),
  ];
  const ours: Readonly<Record<string, unknown>> = {
    region: profile.region,
    grant: profile.grant,
    client_id: profile.clientId,
    store: profile.store,
    redirect_uri: profile.redirectUri,
    access_token_expires_at: profile.accessTokenExpiresAt,
    access_token_renews_at: profile.accessTokenRenewsAt,
    remembered: kinds,
    generation: profile.generation,
    organization: profile.organization,
    organization_id: profile.organizationId,
    identity: profile.identity,
  };
  // TOML has no null, so unknown values are left out.
  return Object.fromEntries(
    Object.entries({ ...asRecord(before), ...ours }).filter(([, value]) => value !== null),
  );
}
