import { StoreError, UsageError } from "../../core/errors.ts";
import type { Secret } from "../../core/secret.ts";
import { parseRegion } from "../../platform/region/region-parser.ts";
import type { CredentialKey, CredentialKind, CredentialStore } from "../stores/credential-store.ts";
import type { AccessToken } from "../token/access-token.ts";
import type { IssuedTokens } from "../token/issued-tokens.ts";
import { renewalDueMs } from "../token/token-lifetime.ts";
import type { LoginStorage } from "./login-storage.ts";
import type { Profile } from "./profile.ts";

/** Everything about a login that can be stored. */
export interface LoginSecrets {
  readonly tokens: IssuedTokens | null;
  readonly clientSecret: Secret | null;
}

/** Order of erasure: the refresh token comes first because it outlives the others. */
const KINDS: readonly CredentialKind[] = ["refresh-token", "access-token", "client-secret"];

type ProfileStorage = Pick<LoginStorage, "profiles">;

/**
 * Returns the key of a profile's secret in the store. It includes the login host, because a secret belongs to
 * one host.
 */
export function keyOf(profile: Pick<Profile, "name" | "region">, kind: CredentialKind): CredentialKey {
  return { profile: profile.name, host: loginHostOf(profile.region), kind };
}

/**
 * Returns the login host of a region as a profile writes it. A gateway that an earlier version accepted and
 * this one refuses keeps its host, so that its secrets can be found and erased.
 */
export function loginHostOf(region: string): string {
  try {
    return new URL(parseRegion(region).region.loginUrl).host;
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    return URL.canParse(region) ? new URL(region).host : region;
  }
}

/** Returns whether the index lists any secret of this profile. */
export function hasStoredSecrets({ remembered }: Profile): boolean {
  return remembered.refreshToken || remembered.accessToken || remembered.clientSecret;
}

/**
 * Returns the stored access token; null when none is stored.
 * @throws StoreError
 */
export async function readAccessToken(store: CredentialStore, profile: Profile): Promise<AccessToken | null> {
  const secret = profile.remembered.accessToken ? await store.get(keyOf(profile, "access-token")) : null;
  return secret === null ? null : { secret, expiresAtMs: instantMs(profile.accessTokenExpiresAt) };
}

/** Returns milliseconds since the epoch; null for null and for an invalid instant. */
export function instantMs(text: string | null): number | null {
  const ms = text === null ? Number.NaN : Date.parse(text);
  return Number.isNaN(ms) ? null : ms;
}

/**
 * Stores a complete login. Secrets that can't be obtained again are written first and the index last. A
 * process that is killed in between leaves an unlisted secret, never an index that lists missing secrets.
 * @throws StoreError, OutputError
 */
export async function storeLogin(
  storage: ProfileStorage,
  store: CredentialStore,
  profile: Profile,
  { tokens, clientSecret }: LoginSecrets,
): Promise<Profile> {
  const isRemembering = store.kind !== "none";
  if (isRemembering && clientSecret !== null) await store.set(keyOf(profile, "client-secret"), clientSecret);
  const base: Profile = {
    ...profile,
    store: store.kind,
    remembered: {
      accessToken: false,
      refreshToken: false,
      clientSecret: isRemembering && clientSecret !== null,
    },
  };
  if (tokens === null || !isRemembering) {
    return await saveIndex(storage, { ...base, accessTokenExpiresAt: null, accessTokenRenewsAt: null });
  }
  return await storeTokens(storage, store, base, tokens);
}

/**
 * Stores renewed tokens, the refresh token first, because the one it replaces may already be invalid. If the
 * access token is too large for the store, every run obtains a new one.
 * @throws StoreError, OutputError
 */
export async function storeTokens(
  storage: ProfileStorage,
  store: CredentialStore,
  profile: Profile,
  { accessToken, issuedAtMs, refreshToken }: IssuedTokens,
): Promise<Profile> {
  if (refreshToken !== null) await store.set(keyOf(profile, "refresh-token"), refreshToken);
  const fits = await setUnlessTooLarge(store, keyOf(profile, "access-token"), accessToken.secret);
  const { expiresAtMs } = accessToken;
  const dueMs = renewalDueMs(issuedAtMs, expiresAtMs);
  return await saveIndex(storage, {
    ...profile,
    accessTokenExpiresAt: fits && expiresAtMs !== null ? new Date(expiresAtMs).toISOString() : null,
    accessTokenRenewsAt: fits && Number.isFinite(dueMs) ? new Date(dueMs).toISOString() : null,
    remembered: {
      ...profile.remembered,
      accessToken: fits,
      refreshToken: profile.remembered.refreshToken || refreshToken !== null,
    },
  });
}

/**
 * Erases every secret of the profile, then the index, and keeps the profile. It also erases kinds that the index does
 * not list, because a run that was killed after writing a secret and before writing the index may have left one.
 * @returns the kinds that were erased
 * @throws StoreError when the store can't be used; the index is then unchanged
 */
export async function forgetSecrets(
  storage: ProfileStorage,
  store: CredentialStore,
  profile: Profile,
): Promise<readonly CredentialKind[]> {
  const erased = await eraseSecrets(store, profile);
  await saveIndex(storage, {
    ...profile,
    accessTokenExpiresAt: null,
    accessTokenRenewsAt: null,
    remembered: { accessToken: false, refreshToken: false, clientSecret: false },
  });
  return erased;
}

/**
 * Erases every secret of the profile and leaves the index unchanged.
 * @throws StoreError
 */
export async function eraseSecrets(
  store: CredentialStore,
  profile: Profile,
): Promise<readonly CredentialKind[]> {
  const erased: CredentialKind[] = [];
  for (const kind of KINDS) {
    if (await store.delete(keyOf(profile, kind))) erased.push(kind);
  }
  return erased;
}

async function saveIndex(storage: ProfileStorage, profile: Profile): Promise<Profile> {
  const saved = { ...profile, generation: profile.generation + 1 };
  await storage.profiles.save(saved);
  return saved;
}

async function setUnlessTooLarge(
  store: CredentialStore,
  key: CredentialKey,
  secret: Secret,
): Promise<boolean> {
  try {
    await store.set(key, secret);
    return true;
  } catch (error) {
    if (error instanceof StoreError && error.code === "store.too_large") return false;
    throw error;
  }
}
