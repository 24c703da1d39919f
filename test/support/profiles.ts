import type { LoginStorage } from "../../src/auth/profiles/login-storage.ts";
import type { Profile } from "../../src/auth/profiles/profile.ts";

export const NOTHING: Profile["remembered"] = {
  accessToken: false,
  refreshToken: false,
  clientSecret: false,
};

/** Returns a profile `work` with a client's login in the keychain. Tests pass only the differences. */
export function loggedIn(differences: Partial<Profile> = {}): Profile {
  return {
    name: "work",
    region: "eu-central-1",
    grant: "client-credentials",
    clientId: "client-1",
    store: "keychain",
    redirectUri: null,
    accessTokenExpiresAt: null,
    accessTokenRenewsAt: null,
    remembered: { ...NOTHING, clientSecret: true },
    generation: 0,
    organization: null,
    organizationId: null,
    identity: null,
    ...differences,
  };
}

/** Login storage for a session that has its own credential. Any access to it fails the test. */
export const untouchedStorage: LoginStorage = {
  get profiles(): never {
    throw new Error("profiles were read");
  },
  openStore: async (kind) => {
    throw new Error(`the store ${kind} was opened`);
  },
  exclusively: async (name) => {
    throw new Error(`profile ${name} was locked`);
  },
};
