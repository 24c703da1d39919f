import { StoreError } from "../../core/errors.ts";
import type { CredentialKind, CredentialStore } from "../stores/credential-store.ts";
import type { LoginStorage } from "./login-storage.ts";
import type { Profile } from "./profile.ts";
import {
  eraseSecrets,
  hasStoredSecrets,
  keyOf,
  type LoginSecrets,
  loginHostOf,
  storeLogin,
} from "./stored-login.ts";

export interface ReplacedLogin {
  readonly profile: Profile;
  /** Parts of the earlier login that could not be erased, one sentence each. */
  readonly notes: readonly string[];
}

/**
 * Replaces the login that a profile holds, then erases what remains of the earlier one. That login may be in another
 * store, belong to another region, or have other kinds of secrets.
 * @param check called with the login that the profile holds, before anything changes; an error prevents the
 * replacement
 * @throws StoreError, OutputError: the earlier login then stays intact
 */
export async function replaceLogin(
  storage: LoginStorage,
  store: CredentialStore,
  profile: Profile,
  secrets: LoginSecrets,
  check: (held: Profile) => void = () => {},
): Promise<ReplacedLogin> {
  return await storage.exclusively(profile.name, async () => {
    const before = await storage.profiles.find(profile.name);
    if (before !== null) check(before);
    const generation = before?.generation ?? 0;
    const saved = await storeLogin(storage, store, { ...profile, generation }, secrets);
    if (before === null || !hasStoredSecrets(before)) return { profile: saved, notes: [] };
    // This comes last, so that the earlier login survives when a store fails above.
    if (isSamePlace(before, profile, store)) {
      await eraseLeftovers(store, before, saved);
      return { profile: saved, notes: [] };
    }
    return { profile: saved, notes: await eraseElsewhere(storage, before) };
  });
}

function isSamePlace(before: Profile, profile: Profile, store: CredentialStore): boolean {
  return before.store === store.kind && loginHostOf(before.region) === loginHostOf(profile.region);
}

async function eraseElsewhere(storage: LoginStorage, before: Profile): Promise<readonly string[]> {
  const store = await storage.openStore(before.store);
  try {
    await eraseSecrets(store, before);
    return [];
  } catch (error) {
    if (!(error instanceof StoreError)) throw error;
    return [
      `the earlier login of profile \`${before.name}\` is still in ${store.describe()}: ${error.message}`,
    ];
  }
}

async function eraseLeftovers(store: CredentialStore, before: Profile, saved: Profile): Promise<void> {
  const pairs: readonly (readonly [CredentialKind, keyof Profile["remembered"]])[] = [
    ["refresh-token", "refreshToken"],
    ["access-token", "accessToken"],
    ["client-secret", "clientSecret"],
  ];
  for (const [kind, name] of pairs) {
    if (before.remembered[name] && !saved.remembered[name]) await store.delete(keyOf(before, kind));
  }
}
