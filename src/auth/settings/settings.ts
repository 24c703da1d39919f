import { UsageError } from "../../core/errors.ts";
import { Secret } from "../../core/secret.ts";
import type { Region } from "../../platform/region.ts";
import { DEFAULT_REGION_ID } from "../../platform/region-list.ts";
import { parseRegion } from "../../platform/region-parser.ts";
import type { Profile } from "../profiles/profile.ts";
import { hasStoredSecrets } from "../profiles/stored-login.ts";
import { isHeaderSafe } from "../token/header-safe.ts";

/** A value and the place it came from, in words that a person can look up: `--region`, `GENESYSCLOUD_REGION`, `default`. */
export interface Setting<Value> {
  readonly value: Value;
  readonly source: string;
}

/** Everything that decides which service is asked, and as whom. */
export interface Settings {
  readonly region: Setting<Region>;
  readonly clientId: Setting<string> | null;
  readonly clientSecret: Setting<Secret> | null;
  readonly accessToken: Setting<Secret> | null;
  /** The selected profile, whether it is logged in or not; null when there is none. */
  readonly profile: Profile | null;
  /** What was corrected or overridden, one sentence each, for stderr. */
  readonly notes: readonly string[];
}

export interface SettingsSources {
  readonly flags: { readonly region?: string | undefined };
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Contributes region and client id, and its login when nothing else is given. */
  readonly profile?: Profile | undefined;
}

/** Names of the official tools first, then the alias that the SDKs' examples use. */
export const CLIENT_ID_VARIABLES = ["GENESYSCLOUD_OAUTHCLIENT_ID", "GENESYS_CLOUD_CLIENT_ID"] as const;
export const CLIENT_SECRET_VARIABLES = [
  "GENESYSCLOUD_OAUTHCLIENT_SECRET",
  "GENESYS_CLOUD_CLIENT_SECRET",
] as const;
export const ACCESS_TOKEN_VARIABLE = "GENESYSCLOUD_ACCESS_TOKEN";
export const REGION_VARIABLE = "GENESYSCLOUD_REGION";

/**
 * Every setting by precedence: flag, environment, profile, default. Variables that are empty or blank
 * count as not set.
 * @throws UsageError for a region that is none (`usage.region`) and for a secret that no header can carry
 * (`usage.secret`), without showing it
 */
export function resolveSettings({ flags, env, profile }: SettingsSources): Settings {
  const profileSource = `profile \`${profile?.name ?? ""}\``;
  const text = (names: readonly string[], stored: string | undefined): Setting<string> | null => {
    const name = names.find((candidate) => isSet(env[candidate]));
    if (name !== undefined) {
      return { value: (env[name] ?? "").trim(), source: name };
    }
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

/** Returns whether flags and environment name both credential and region, so that no profile contributes to a run. */
export function isSelfSufficient({ flags, env }: Omit<SettingsSources, "profile">): boolean {
  const hasClient = CLIENT_ID_VARIABLES.some((name) => isSet(env[name]));
  const hasSecret = CLIENT_SECRET_VARIABLES.some((name) => isSet(env[name]));
  const hasRegion = isSet(flags.region) || isSet(env[REGION_VARIABLE]);
  return hasRegion && (isSet(env[ACCESS_TOKEN_VARIABLE]) || (hasClient && hasSecret));
}

/** The variable that holds a credential which wins over every login; null when none does. */
export function credentialVariable(env: SettingsSources["env"]): string | null {
  return [ACCESS_TOKEN_VARIABLE, ...CLIENT_SECRET_VARIABLES].find((name) => isSet(env[name])) ?? null;
}

/** Says that a profile was named, is not there, and was not needed. */
export function noteMissingProfile(name: Setting<string>, env: SettingsSources["env"]): string {
  const variable = credentialVariable(env);
  const used = variable === null ? "" : `: ${describeCredential(variable)} is used`;
  return `there is no profile \`${name.value}\` (${name.source})${used}`;
}

/** A credential of the environment in words: `the token of GENESYSCLOUD_ACCESS_TOKEN`. */
export function describeCredential(variable: string): string {
  return `the ${variable === ACCESS_TOKEN_VARIABLE ? "token" : "client secret"} of ${variable}`;
}

/** The environment without its credentials and its region, for the login of a profile at the profile's own host. */
export function withoutCredentials(env: SettingsSources["env"]): SettingsSources["env"] {
  const taken: readonly string[] = [
    ACCESS_TOKEN_VARIABLE,
    REGION_VARIABLE,
    ...CLIENT_ID_VARIABLES,
    ...CLIENT_SECRET_VARIABLES,
  ];
  return Object.fromEntries(Object.entries(env).filter(([name]) => !taken.includes(name)));
}

/** Describes what is given and not used: a credential in the environment wins over a login. */
function noteOverridden(
  { accessToken, clientId, clientSecret }: Pick<Settings, "accessToken" | "clientId" | "clientSecret">,
  profile: Profile | undefined,
): readonly string[] {
  const used = accessToken ?? (clientId === null ? null : clientSecret);
  const winner = used === null ? null : describeCredential(used.source);
  if (winner === null) {
    return [];
  }
  const isClientFromEnvironment = profile === undefined || clientId?.value !== profile.clientId;
  return [
    ...(accessToken !== null && clientId !== null && isClientFromEnvironment
      ? [`${winner} is used, not the client of ${clientId.source}`]
      : []),
    ...(profile !== undefined && hasStoredSecrets(profile)
      ? [`${winner} is used, not the login of profile \`${profile.name}\``]
      : []),
  ];
}

function isSet(value: string | undefined): value is string {
  return value !== undefined && value.trim() !== "";
}

/** A token is often pasted together with the word in front of it. */
function readSecret({ value, source }: Setting<string>): Secret {
  const bare = value.replace(/^bearer\s+/i, "");
  if (!isHeaderSafe(bare)) {
    throw new UsageError(
      "usage.secret",
      `\`${source}\` holds characters that can't be part of a credential`,
      {
        hint: `copy it again, without blanks, line breaks and quotes: \`export ${source}=…\``,
      },
    );
  }
  return new Secret(bare);
}
