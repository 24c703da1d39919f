import type { CredentialKey, CredentialStore, StoreKind } from "../../src/auth/stores/credential-store.ts";
import type { Secret } from "../../src/core/secret.ts";

/** A store for one test that records every call in order. */
export interface MemoryStore extends CredentialStore {
  /** Secrets by `profile@host#kind`. */
  readonly entries: Map<string, string>;
  readonly calls: string[];
}

export function memoryStore(kind: StoreKind = "keychain"): MemoryStore {
  const secrets = new Map<string, Secret>();
  const entries = new Map<string, string>();
  const calls: string[] = [];
  const nameOf = ({ profile, host, kind: what }: CredentialKey) => `${profile}@${host}#${what}`;
  return {
    kind,
    entries,
    calls,
    describe: () => "memory of the test",
    probe: async () => {
      calls.push("probe");
      return { library: null };
    },
    get: async (key) => {
      calls.push(`get ${nameOf(key)}`);
      return secrets.get(nameOf(key)) ?? null;
    },
    set: async (key, secret) => {
      calls.push(`set ${nameOf(key)}`);
      secrets.set(nameOf(key), secret);
      entries.set(nameOf(key), secret.reveal());
    },
    delete: async (key) => {
      calls.push(`delete ${nameOf(key)}`);
      entries.delete(nameOf(key));
      return secrets.delete(nameOf(key));
    },
  };
}
