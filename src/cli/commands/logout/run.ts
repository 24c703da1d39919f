import type { LoginStorage } from "../../../auth/profiles/login-storage.ts";
import type { Profile } from "../../../auth/profiles/profile.ts";
import {
  forgetSecrets,
  hasStoredSecrets,
  instantMs,
  readAccessToken,
} from "../../../auth/profiles/stored-login.ts";
import { profileTokenSession } from "../../../auth/session/fixed-token-session.ts";
import { noSuchProfile, selectProfile } from "../../../auth/settings/select-profile.ts";
import type { CredentialKind, CredentialStore } from "../../../auth/stores/credential-store.ts";
import { type Revocation, revokeToken } from "../../../auth/token/revoke-token.ts";
import { StoreError, UsageError } from "../../../core/errors.ts";
import { writeNote } from "../../../output/present.ts";
import { noteGateway } from "../../../platform/region/gateway.ts";
import type { Region } from "../../../platform/region/region.ts";
import { parseRegion } from "../../../platform/region/region-parser.ts";
import type { Context, GlobalOptions } from "../../context.ts";

/** The JSON contract of `logout`. */
export interface LogoutResult {
  readonly schema: "genscope/logout/v1";
  readonly profiles: readonly LoggedOut[];
}

export interface LoggedOut {
  readonly profile: string;
  readonly revocation: Revocation["outcome"];
  readonly reason: string | null;
  readonly correlationId: string | null;
  readonly forgotten: readonly CredentialKind[];
}

const NOTHING_TO_REVOKE: Revocation = { outcome: "none", reason: null, correlationId: null };

/**
 * Asks the service to revoke the token and erases every secret of the profile, or of all profiles. Revoking may
 * fail, but erasing must not.
 * @throws StoreError when secrets are still stored, with the result of revoking; UsageError for a profile that
 * does not exist
 */
export async function logout(
  context: Context,
  options: GlobalOptions & { readonly all?: boolean | undefined },
): Promise<LogoutResult> {
  const storage = await context.openLoginStorage(options);
  const profiles =
    options.all === true ? (await storage.profiles.list()).profiles : await one(context, storage, options);
  const done: LoggedOut[] = [];
  const failures: StoreError[] = [];
  for (const profile of profiles) {
    try {
      done.push(await logOutOf(profile, storage, context, options));
    } catch (error) {
      if (!(error instanceof StoreError)) throw error;
      failures.push(error);
    }
  }
  const [first] = failures;
  if (first === undefined) return { schema: "genscope/logout/v1", profiles: done };
  throw failures.length === 1
    ? first
    : new StoreError(first.code, failures.map(({ message }) => message).join("; "), {
        hint: first.hint ?? undefined,
        cause: first,
      });
}

async function one(
  context: Context,
  storage: LoginStorage,
  options: GlobalOptions,
): Promise<readonly Profile[]> {
  const selection = { flag: options.profile, env: context.env };
  const { name, profile } = await selectProfile(storage.profiles, selection);
  if (profile === null && name.source !== "default") throw await noSuchProfile(storage.profiles, name, false);
  return profile === null ? [] : [profile];
}

async function logOutOf(
  profile: Profile,
  storage: LoginStorage,
  context: Context,
  options: GlobalOptions,
): Promise<LoggedOut> {
  const { name } = profile;
  const nothing = {
    profile: name,
    revocation: "none",
    reason: null,
    correlationId: null,
    forgotten: [],
  } as const;
  if (!hasStoredSecrets(profile)) return nothing;
  const store = await storage.openStore(profile.store);
  const { outcome, reason, correlationId } = await revoke(profile, store, context, options);
  try {
    const forgotten = await storage.exclusively(name, async () => {
      return await forgetSecrets(storage, store, (await storage.profiles.find(name)) ?? profile);
    });
    return { profile: name, revocation: outcome, reason, correlationId, forgotten };
  } catch (error) {
    throw error instanceof StoreError ? stillStored(profile, store, outcome, error) : error;
  }
}

/**
 * Revokes the stored token. If the store cannot be read, revokes nothing; erasing the secrets then reports the error.
 */
async function revoke(
  profile: Profile,
  store: CredentialStore,
  context: Context,
  options: GlobalOptions,
): Promise<Revocation> {
  let token: Awaited<ReturnType<typeof readAccessToken>>;
  try {
    token = await readAccessToken(store, profile);
  } catch (error) {
    if (error instanceof StoreError) return NOTHING_TO_REVOKE;
    throw error;
  }
  if (token === null) return NOTHING_TO_REVOKE;
  const expiresAtMs = instantMs(profile.accessTokenExpiresAt);
  if (expiresAtMs !== null && expiresAtMs <= context.clock.now()) {
    return { ...NOTHING_TO_REVOKE, outcome: "ended" };
  }
  const region = readRegion(profile);
  if (region instanceof UsageError) {
    return { outcome: "unreachable", reason: region.message, correlationId: null };
  }
  const gateway = noteGateway(region, `profile \`${profile.name}\``);
  if (gateway !== null) await writeNote(context.io, {}, gateway);
  const session = profileTokenSession(profile, store, token);
  const wire = await context.loginTransport(options);
  return await revokeToken(await context.openApi(region, session, wire));
}

/**
 * Returns the region in which to revoke the token. A refused region is no reason to keep the profile's secrets, so the
 * error is returned instead of thrown.
 */
function readRegion({ region }: Profile): Region | UsageError {
  try {
    return parseRegion(region).region;
  } catch (error) {
    if (error instanceof UsageError) return error;
    throw error;
  }
}

function stillStored(
  { name }: Profile,
  store: CredentialStore,
  outcome: Revocation["outcome"],
  error: StoreError,
): StoreError {
  const token = {
    revoked: "its token was revoked",
    ended: "its token was no longer valid",
    refused: "its token was not revoked",
    unreachable: "its token was not revoked",
    none: "its token could not be read, and was not revoked",
  }[outcome];
  return new StoreError(
    error.code,
    `the login of profile \`${name}\` is still stored in ${store.describe()}: ${error.message}; ${token}`,
    { hint: error.hint ?? undefined, cause: error },
  );
}
