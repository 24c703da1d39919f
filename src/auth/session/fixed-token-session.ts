import type { Profile } from "../profiles/profile.ts";
import type { CredentialStore } from "../stores/credential-store.ts";
import type { AccessToken } from "../token/access-token.ts";
import type { Session, SessionDescription } from "./session.ts";

/**
 * Returns a session that always returns the same token. When the service rejects it, the session can't replace
 * it.
 */
export function fixedTokenSession(description: SessionDescription, token: AccessToken): Session {
  return {
    describe: () => description,
    accessToken: async () => token,
    renew: async () => null,
  };
}

/** Returns a session with one token of a profile, for the requests of `login` and `logout`. */
export function profileTokenSession(profile: Profile, store: CredentialStore, token: AccessToken): Session {
  const description: SessionDescription = {
    grant: profile.grant,
    clientId: profile.clientId,
    source: `profile \`${profile.name}\``,
    storedIn: store.kind === "none" ? null : store.describe(),
  };
  return fixedTokenSession(description, token);
}
