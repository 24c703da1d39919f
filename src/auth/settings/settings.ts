import { UsageError } from "../../core/errors.ts";
import { Secret } from "../../core/secret.ts";
import type { Region } from "../../platform/region/region.ts";
import { DEFAULT_REGION_ID } from "../../platform/region/region-list.ts";
import { parseRegion } from "../../platform/region/region-parser.ts";
import type { Profile } from "../profiles/profile.ts";
import { hasStoredSecrets } from "../profiles/stored-login.ts";
import { isHeaderSafe } from "../token/header-safe.ts";

/** Value and its source, named so that the user can find it: `--region`, `GENESYSCLOUD_REGION`, `default`. */
export interface Setting<Value> {
  readonly value: Value;
  readonly source: string;
}

/** Settings that determine which service receives the requests, and which identity sends them. */
export interface Settings {
  readonly region: Setting<Region>;
  readonly clientId: Setting<string> | null;
  readonly clientSecret: Setting<Secret> | null;
  readonly accessToken: Setting<Secret> | null;
  /** Selected profile, logged in or not; null when no profile is selected. */
  readonly profile: Profile | null;
  /** Corrections and overrides to report on stderr, one sentence each. */
  readonly notes: readonly string[];
}

export interface SettingsSources {
  readonly flags: { readonly region?: string | undefined };
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Profile that provides the region, the client id and, when no other credential is given, the login. */
  readonly profile?: Profile | undefined;
}

/** Variables of the client id: the official tools' name, then the alias in the SDKs' examples. */
export const CLIENT_ID_VARIABLES = ["GENESYSCLOUD_OAUTHCLIENT_ID", "GENESYS_CLOUD_CLIENT_ID"] as const;
export const CLIENT_SECRET_VARIABLES = [
  "GENESYSCLOUD_OAUTHCLIENT_SECRET",
  "GENESYS_CLOUD_CLIENT_SECRET",
] as const;
export const ACCESS_TOKEN_VARIABLE = "GENESYSCLOUD_ACCESS_TOKEN";
export const REGION_VARIABLE = "GENESYSCLOUD_REGION";

/**
 * Returns every setting by precedence: flag, environment, profile, default. Empty and blank variables count
 * as not set.
 * @throws UsageError for an invalid region (`usage.region`) and for a secret that no header can carry
 * (`usage.secret`), without showing it
 */
export function resolveSettings({ flags, env, profile }: SettingsSources): Settings {
  const profileSource = `profile \`${profile?.name ?? ""}\``;
  const text = (names: readonly string[], stored: string | undefined): Setting<string> | null => {
    const name = names.find((candidate) => isSet(env[candidate]));
    if (name !== undefined) return { value: (env[name] ?? "").trim(), source: name };
    return isSet(stored) ? { value: stored, source: profileSource } : null;
  };
  const secret = (names: readonly string[]): Setting<Secret> | null => {
    const found = text(names, undefined);
    return found === null ? null : { value: readSecret(found), source: found.source };
  };

  const region = (isSet(flags.region) ? { value: flags.region, source: "--region" } : null) ??
    text([REGION_VARIABLE], profile?.region) ?? { value: DEFAULT_REGION_ID, source: "default" };
  const parsed = parseRegion(region.value);
  const clientId = text(CLIENT_ID_VARIABLES, profile?.clientId);
  if (clientId !== null) refusePlaceholder(clientId);
  const clientSecret = secret(CLIENT_SECRET_VARIABLES);
  const accessToken = secret([ACCESS_TOKEN_VARIABLE]);
  return {
    region: { value: parsed.region, source: region.source },
    clientId,
    clientSecret,
    accessToken,
    profile: profile ?? null,
    notes: [
      ...(parsed.note === null ? [] : [parsed.note]),
      ...noteOverridden({ accessToken, clientId, clientSecret }, profile),
    ],
  };
}

/**
 * Refuses the placeholder of an example, which no server knows.
 * @throws UsageError `usage.client_id`
 */
export function refusePlaceholder({ value, source }: Setting<string>): void {
  const id = value.trim();
  const isPlaceholder =
    !/[\p{L}\p{N}]/u.test(id) || /^[<{[$].*[>}\]]$/.test(id) || /^(?:your|my)[-_ ].*id$/i.test(id);
  if (!isPlaceholder) return;
  throw new UsageError(
    "usage.client_id",
    `the value of ${source} is a placeholder, not the id of an OAuth client`,
    {
      hint: "copy the id of your client: ids are listed at Admin > Integrations > OAuth",
    },
  );
}

/**
 * Returns whether flags and environment provide both a credential and a region, so that the run does not need a
 * profile.
 */
export function isSelfSufficient({ flags, env }: Omit<SettingsSources, "profile">): boolean {
  const hasClient = CLIENT_ID_VARIABLES.some((name) => isSet(env[name]));
  const hasSecret = CLIENT_SECRET_VARIABLES.some((name) => isSet(env[name]));
  const hasRegion = isSet(flags.region) || isSet(env[REGION_VARIABLE]);
  return hasRegion && (isSet(env[ACCESS_TOKEN_VARIABLE]) || (hasClient && hasSecret));
}

/** Returns the variable whose credential takes precedence over every login; null when none is set. */
export function credentialVariable(env: SettingsSources["env"]): string | null {
  return [ACCESS_TOKEN_VARIABLE, ...CLIENT_SECRET_VARIABLES].find((name) => isSet(env[name])) ?? null;
}

/** Returns a note that a named profile does not exist and was not needed. */
export function noteMissingProfile(name: Setting<string>, env: SettingsSources["env"]): string {
  const variable = credentialVariable(env);
  const used = variable === null ? "" : `; using ${describeCredential(variable)}`;
  return `profile \`${name.value}\` does not exist (${name.source})${used}`;
}

/** Describes a credential of the environment: `the token in GENESYSCLOUD_ACCESS_TOKEN`. */
export function describeCredential(variable: string): string {
  return `the ${variable === ACCESS_TOKEN_VARIABLE ? "token" : "client secret"} in ${variable}`;
}

/** Returns the environment without credentials and region, so that a profile's login is used at its own host. */
export function withoutCredentials(env: SettingsSources["env"]): SettingsSources["env"] {
  const taken: readonly string[] = [
    ACCESS_TOKEN_VARIABLE,
    REGION_VARIABLE,
    ...CLIENT_ID_VARIABLES,
    ...CLIENT_SECRET_VARIABLES,
  ];
  return Object.fromEntries(Object.entries(env).filter(([name]) => !taken.includes(name)));
}

/** Describes unused credentials. A credential in the environment takes precedence over a login. */
function noteOverridden(
  { accessToken, clientId, clientSecret }: Pick<Settings, "accessToken" | "clientId" | "clientSecret">,
  profile: Profile | undefined,
): readonly string[] {
  const used = accessToken ?? (clientId === null ? null : clientSecret);
  const winner = used === null ? null : describeCredential(used.source);
  if (winner === null) return [];
  const isClientFromEnvironment = profile === undefined || clientId?.value !== profile.clientId;
  return [
    ...(accessToken !== null && clientId !== null && isClientFromEnvironment
      ? [`using ${winner}, not the client from ${clientId.source}`]
      : []),
    ...(profile !== undefined && hasStoredSecrets(profile)
      ? [`using ${winner}, not the login of profile \`${profile.name}\``]
      : []),
  ];
}

function isSet(value: string | undefined): value is string {
  return value !== undefined && value.trim() !== "";
}

/**
 * Returns the secret without the word `Bearer`, which is often pasted along with a token.
 * @throws UsageError `usage.secret` for characters that cannot be part of a secret
 */
function readSecret({ value, source }: Setting<string>): Secret {
  const bare = value.replace(/^bearer\s+/i, "");
  if (!isHeaderSafe(bare)) {
    throw new UsageError(
      "usage.secret",
      `\`${source}\` contains characters that cannot be part of a credential`,
      {
        hint: `copy it again, without spaces, line breaks or quotes: \`export ${source}=…\``,
      },
    );
  }
  return new Secret(bare);
}
