import type { CredentialStore } from "./credential-store.ts";

/** Returns the store that keeps nothing. Each run needs its own credential, as is usual in CI. */
export function noStore(): CredentialStore {
  return {
    kind: "none",
    describe: () => "nowhere",
    probe: async () => ({ library: null }),
    get: async () => null,
    set: async () => {},
    delete: async () => false,
  };
}
