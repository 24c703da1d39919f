import { join } from "node:path";
import { type LockOptions, withLock } from "../../core/lock-file.ts";
import type { CredentialStore, StoreKind } from "../stores/credential-store.ts";
import { type Profiles, profilesIn } from "./profiles.ts";

/** What remembers logins between runs: settings in the open, secrets in a store, one renewal at a time. */
export interface LoginStorage {
  readonly profiles: Profiles;
  /** Opened when it is first needed, so that a run with a token of its own never touches the keychain. */
  openStore(kind: StoreKind): Promise<CredentialStore>;
  /**
   * Does `work` while no other process renews, replaces or forgets the login of this profile.
   * @throws as `withLock`
   */
  exclusively<Result>(profileName: string, work: () => Promise<Result>): Promise<Result>;
}

export interface LoginStorageOptions extends LockOptions {
  /** Of the configuration. */
  readonly directory: string;
  readonly openStore: LoginStorage["openStore"];
}

export function loginStorage({ directory, openStore, ...lock }: LoginStorageOptions): LoginStorage {
  return {
    profiles: profilesIn(directory, lock),
    openStore,
    exclusively: async (profileName, work) =>
      await withLock(join(directory, "locks", `${profileName}.lock`), lock, work),
  };
}
