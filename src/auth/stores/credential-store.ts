import type { Secret } from "../../core/secret.ts";

/** Values of `--store` and `GENSCOPE_STORE`. */
export const STORE_KINDS = ["keychain", "file", "none"] as const;

/** Kind of credential store, as `--store` and `GENSCOPE_STORE` name it. */
export type StoreKind = (typeof STORE_KINDS)[number];

/**
 * Kinds of secrets that are stored for a profile at one login host. Each has its own entry, so that none
 * overwrites another.
 */
export type CredentialKind = "access-token" | "refresh-token" | "client-secret";

/** Name of one stored secret. It contains nothing secret, because some stores keep names in clear text. */
export interface CredentialKey {
  readonly profile: string;
  /** Host of the login service, including a port if it has one: a secret belongs to one issuer. */
  readonly host: string;
  readonly kind: CredentialKind;
}

/**
 * Store that keeps secrets between runs. Every implementation passes the same contract suite. No store falls
 * back to clear text, and no call waits longer than the contract allows.
 */
export interface CredentialStore {
  readonly kind: StoreKind;
  /**
   * Returns the display name of the store, such as `OS keychain (Secret Service)` or `encrypted file
   * /home/…/credentials.enc`.
   */
  describe(): string;
  /**
   * Checks that the store works before anything depends on it, such as an open browser or a typed secret.
   * Returns the library in use, if the store needs one.
   * @throws StoreError that describes the remedy on this platform
   */
  probe(): Promise<{ readonly library: string | null }>;
  /**
   * Returns the secret, or null when it does not exist.
   * @throws StoreError `store.locked`, `store.absent`, `store.damaged`, `store.too_open`, `store.timeout`,
   * `store.failed`
   */
  get(key: CredentialKey): Promise<Secret | null>;
  /**
   * Adds or replaces a secret.
   * @throws StoreError: the errors of `get`, and `store.too_large`
   */
  set(key: CredentialKey, secret: Secret): Promise<void>;
  /**
   * Deletes a secret and returns whether it existed.
   * @throws StoreError: the errors of `get`
   */
  delete(key: CredentialKey): Promise<boolean>;
}
