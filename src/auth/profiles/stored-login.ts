import { StoreError, UsageError } from "../../core/errors.ts";
import type { Secret } from "../../core/secret.ts";
import { parseRegion } from "../../platform/region-parser.ts";
import type { CredentialKey, CredentialKind, CredentialStore } from "../stores/credential-store.ts";
import type { AccessToken } from "../token/access-token.ts";
import type { IssuedTokens } from "../token/issued-tokens.ts";
import { renewalDueMs } from "../token/token-lifetime.ts";
import type { LoginStorage } from "./login-storage.ts";
import type { Profile } from "./profile.ts";

/** Everything a login leaves to be remembered. */
export interface LoginSecrets {
  readonly tokens: IssuedTokens | null;
  readonly clientSecret: Secret | null;
}

/** The refresh token outlives the others and goes first. */
const KINDS: readonly CredentialKind[] = ["refresh-token", "access-token", "client-secret"];

type Memory = Pick<LoginStorage, "profiles">;

/** Under which name the store keeps a secret of the profile: a secret belongs to one login host. */
export function keyOf(profile: Pick<Profile, "name" | "region">, kind: CredentialKind): CredentialKey {
  return { profile: profile.name, host: loginHostOf(profile.region), kind };
}

/**
 * Host of the login service of a region as a profile words it. A gateway that an earlier version accepted and this one
 * refuses keeps its host, so that its secrets can be found and erased.
 */
export function loginHostOf(region: string): string {
  try {
    return new URL(parseRegion(region).region.loginUrl).host;
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    return URL.canParse(region) ? new URL(region).host : region;
  }
}

/** Whether the index says that the store holds anything of this profile. */
export function hasStoredSecrets({ remembered }: Profile): boolean {
  return remembered.refreshToken || remembered.accessToken || remembered.clientSecret;
}

/** The remembered access token; null when none is remembered. @throws StoreError */
export async function readAccessToken(store: CredentialStore, profile: Profile): Promise<AccessToken | null> {
  const secret = profile.remembered.accessToken ? await store.get(keyOf(profile, "access-token")) : null;
  return secret === null ? null : { secret, expiresAtMs: instantMs(profile.accessTokenExpiresAt) };
}

/** Milliseconds since the epoch; null for nothing and for what is no instant. */
export function instantMs(text: string | null): number | null {
  const ms = text === null ? Number.NaN : Date.parse(text);
  return Number.isNaN(ms) ? null : ms;
}

/**
 * Remembers a whole login. What can't be made again comes first, the index last: whoever dies in between
 * leaves a secret that nobody looks for, never an index of secrets that are not there.
 * @throws StoreError, OutputError
 */
export async function storeLogin(
  memory: Memory,
  store: CredentialStore,
  profile: Profile,
  { tokens, clientSecret }: LoginSecrets,
): Promise<Profile> {
  const isRemembering = store.kind !== "none";
  if (isRemembering && clientSecret !== null) {
    await store.set(keyOf(profile, "client-secret"), clientSecret);
  }
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
    return await saveIndex(memory, { ...base, accessTokenExpiresAt: null, accessTokenRenewsAt: null });
  }
  return await storeTokens(memory, store, base, tokens);
}

/**
 * Remembers renewed tokens: the refresh token first, since the one it replaces may be dead already. An access
 * token that the store finds too large is made again in every run.
 * @throws StoreError, OutputError
 */
export async function storeTokens(
  memory: Memory,
  store: CredentialStore,
  profile: Profile,
  { accessToken, issuedAtMs, refreshToken }: IssuedTokens,
): Promise<Profile> {
  if (refreshToken !== null) {
    await store.set(keyOf(profile, "refresh-token"), refreshToken);
  }
  const fits = await setUnlessTooLarge(store, keyOf(profile, "access-token"), accessToken.secret);
  const { expiresAtMs } = accessToken;
  const dueMs = renewalDueMs(issuedAtMs, expiresAtMs);
  return await saveIndex(memory, {
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
 * Erases every secret of the profile, then the index; the profile itself stays. Kinds that the index does not
 * name are erased as well: a run that died between the two may have left one.
 * @returns what was erased
 * @throws StoreError when the store can't be used: then the index still says what is there
 */
export async function forgetSecrets(
  memory: Memory,
  store: CredentialStore,
  profile: Profile,
): Promise<readonly CredentialKind[]> {
  const erased = await eraseSecrets(store, profile);
  await saveIndex(memory, {
    ...profile,
    accessTokenExpiresAt: null,
    accessTokenRenewsAt: null,
    remembered: { accessToken: false, refreshToken: false, clientSecret: false },
  });
  return erased;
}

/** Erases every secret of the profile and leaves the index alone. @throws StoreError */
export async function eraseSecrets(
  store: CredentialStore,
  profile: Profile,
): Promise<readonly CredentialKind[]> {
  const erased: CredentialKind[] = [];
  for (const kind of KINDS) {
    if (await store.delete(keyOf(profile, kind))) {
      erased.push(kind);
    }
  }
  return erased;
}

async function saveIndex(memory: Memory, profile: Profile): Promise<Profile> {
  const saved = { ...profile, generation: profile.generation + 1 };
  await memory.profiles.save(saved);
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
    if (error instanceof StoreError && error.code === "store.too_large") {
      return false;
    }
    throw error;
  }
}
