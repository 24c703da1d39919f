import { join } from "node:path";
import { type LockOptions, withLock } from "../../core/lock/lock-file.ts";
import type { CredentialStore, StoreKind } from "../stores/credential-store.ts";
import { type Profiles, profilesIn } from "./profiles.ts";

/**
 * Storage for logins between runs: settings in a readable file, secrets in a credential store, and one
 * renewal at a time.
 */
export interface LoginStorage {
  readonly profiles: Profiles;
  /** Opens a credential store on first use, so that a run with its own token never touches the keychain. */
  openStore(kind: StoreKind): Promise<CredentialStore>;
  /**
   * Runs `work` while no other process renews, replaces or erases the login of this profile.
   * @throws the errors of `withLock`
   */
  exclusively<Result>(profileName: string, work: () => Promise<Result>): Promise<Result>;
}

export interface LoginStorageOptions extends LockOptions {
  /** Configuration directory, which holds the profiles and the locks. */
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
