import type { Secret } from "../../core/secret.ts";

/** Values of `--store` and `GENSCOPE_STORE`. */
export const STORE_KINDS = ["keychain", "file", "none"] as const;

/** Kind of credential store, as `--store` and `GENSCOPE_STORE` name it. */
export type StoreKind = (typeof STORE_KINDS)[number];

/** What is remembered of a profile at one login host; one entry for each, so that none overwrites another. */
export type CredentialKind = "access-token" | "refresh-token" | "client-secret";

/** Names one remembered secret. Nothing in it is secret: some stores keep names in the open. */
export interface CredentialKey {
  readonly profile: string;
  /** Host of the login service, with a port where it has one: a secret belongs to one issuer. */
  readonly host: string;
  readonly kind: CredentialKind;
}

/**
 * A place that remembers secrets between runs. Every implementation passes the same contract suite.
 * Nothing ever falls back to clear text, and no call waits longer than the contract allows.
 */
export interface CredentialStore {
  readonly kind: StoreKind;
  /** For a person: `OS keychain (Secret Service)`, `encrypted file /home/…/credentials.enc`. */
  describe(): string;
  /**
   * Tells before anything depends on it (a browser opened, a secret typed) whether the store works.
   * @throws StoreError that says what to do on this platform
   */
  probe(): Promise<void>;
  /**
   * The secret, or null when there is none.
   * @throws StoreError `store.locked`, `store.absent`, `store.damaged`, `store.too_open`, `store.timeout`, `store.failed`
   */
  get(key: CredentialKey): Promise<Secret | null>;
  /** @throws StoreError as `get`, and `store.too_large` */
  set(key: CredentialKey, secret: Secret): Promise<void>;
  /** Whether there was one. @throws StoreError as `get` */
  delete(key: CredentialKey): Promise<boolean>;
}
