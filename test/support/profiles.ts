import type { LoginStorage } from "../../src/auth/profiles/login-storage.ts";
import type { Profile } from "../../src/auth/profiles/profile.ts";

export const NOTHING: Profile["remembered"] = {
  accessToken: false,
  refreshToken: false,
  clientSecret: false,
};

/** A profile `work` with a client's login in the keychain; tests say only what differs. */
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

/** The memory of a session that has a credential of its own: whatever touches it fails the test. */
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
