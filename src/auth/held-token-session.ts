import type { Profile } from "./profiles/profile.ts";
import type { AccessToken, Session } from "./session.ts";
import type { CredentialStore } from "./stores/credential-store.ts";

/** The session of one token of a profile that is in hand: when it is rejected there is no other. */
export function heldTokenSession(profile: Profile, store: CredentialStore, token: AccessToken): Session {
  return {
    describe: () => ({
      grant: profile.grant,
      clientId: profile.clientId,
      source: `profile \`${profile.name}\``,
      storedIn: store.kind === "none" ? null : store.describe(),
    }),
    accessToken: async () => token,
    renew: async () => null,
  };
}
