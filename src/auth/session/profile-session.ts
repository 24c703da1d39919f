import type { Clock } from "../../core/clock.ts";
import { AuthError, NetworkError, UnavailableError } from "../../core/errors.ts";
import type { Secret } from "../../core/secret.ts";
import type { LoginStorage } from "../profiles/login-storage.ts";
import type { Profile } from "../profiles/profile.ts";
import { instantMs, readAccessToken, storeTokens } from "../profiles/stored-login.ts";
import type { CredentialStore } from "../stores/credential-store.ts";
import type { AccessToken } from "../token/access-token.ts";
import type { IssuedTokens } from "../token/issued-tokens.ts";
import type { Session } from "./session.ts";

/** The code of an error that only another login mends. */
export const LOGIN_ENDED = "auth.login_ended";

/** How long a token that should have been renewed, but could not be, is used before the next attempt. */
const RESPITE_MS = 5_000;

export interface ProfileSessionOptions {
  readonly profile: Profile;
  readonly memory: LoginStorage;
  readonly clock: Clock;
  /**
   * Makes new tokens with what the store holds; called under the profile's lock, so it must end well before
   * that becomes stale.
   * @throws AuthError `auth.login_ended` when there is nothing to make them with
   */
  readonly renew: (profile: Profile, store: CredentialStore) => Promise<IssuedTokens>;
}

/** A token as this process holds it. */
interface Held {
  readonly token: AccessToken;
  /** Until then it is used without looking anywhere. */
  readonly goodUntilMs: number;
}

/** What is remembered at one moment. */
interface Seen {
  readonly profile: Profile;
  readonly held: Held | null;
}

/**
 * The session of a remembered login. Its token serves all commands until it is close to expiry; then one of
 * all processes renews it, and the others find what that one has written.
 */
export function profileSession({ profile, memory, clock, renew }: ProfileSessionOptions): Session {
  let held: Held | null = null;
  let underway: Promise<AccessToken> | null = null;
  let opened: CredentialStore | null = null;

  async function openStore(): Promise<CredentialStore> {
    opened ??= await memory.openStore(profile.store);
    return opened;
  }

  /** What is remembered now, by whichever process: the index is read again every time. */
  async function look(): Promise<Seen> {
    const now = await memory.profiles.find(profile.name);
    if (now === null || now.store !== profile.store || now.region !== profile.region) {
      throw loginReplaced(profile.name);
    }
    const token = await readAccessToken(await openStore(), now);
    const dueMs = instantMs(now.accessTokenRenewsAt) ?? token?.expiresAtMs ?? Number.POSITIVE_INFINITY;
    return { profile: now, held: token === null ? null : { token, goodUntilMs: dueMs } };
  }

  function isUsable(candidate: Held | null, rejected: Secret | null): candidate is Held {
    return (
      candidate !== null &&
      clock.now() < candidate.goodUntilMs &&
      (rejected === null || !candidate.token.secret.equals(rejected))
    );
  }

  async function obtain(rejected: Secret | null): Promise<AccessToken> {
    for (;;) {
      // Before the lock: a keychain that asks to be unlocked may take longer than a lock may be held.
      const early = await look();
      if (isUsable(early.held, rejected)) {
        return hold(early.held);
      }
      const token = await memory.exclusively(
        profile.name,
        async () => await renewUnlessDone(early, rejected),
      );
      if (token !== null) {
        return token;
      }
    }
  }

  /**
   * Under the lock. Null when another process has renewed since: its token is then read outside, so that many
   * who waited do not read one after the other.
   */
  async function renewUnlessDone(early: Seen, rejected: Secret | null): Promise<AccessToken | null> {
    const now = await memory.profiles.find(profile.name);
    if (now === null || now.generation !== early.profile.generation) {
      return null;
    }
    try {
      const store = await openStore();
      const tokens = await renew(now, store);
      const saved = await storeTokens(memory, store, now, tokens);
      const dueMs = instantMs(saved.accessTokenRenewsAt) ?? tokens.accessToken.expiresAtMs;
      return hold({ token: tokens.accessToken, goodUntilMs: dueMs ?? Number.POSITIVE_INFINITY });
    } catch (error) {
      return hold(makeDo(early.held, rejected, error));
    }
  }

  /** A token that should be renewed but can't be now is still better than none, as long as it lives. */
  function makeDo(current: Held | null, rejected: Secret | null, error: unknown): Held {
    const isEnded = error instanceof AuthError && error.code === LOGIN_ENDED;
    const isPassing = error instanceof NetworkError || error instanceof UnavailableError;
    const expiresAtMs = current?.token.expiresAtMs ?? null;
    if (
      current === null ||
      rejected !== null ||
      expiresAtMs === null ||
      clock.now() >= expiresAtMs ||
      !(isEnded || isPassing)
    ) {
      throw error;
    }
    return {
      token: current.token,
      goodUntilMs: isEnded ? expiresAtMs : Math.min(expiresAtMs, clock.now() + RESPITE_MS),
    };
  }

  function hold(next: Held): AccessToken {
    held = next;
    return next.token;
  }

  function obtainOnce(rejected: Secret | null): Promise<AccessToken> {
    underway ??= obtain(rejected).finally(() => {
      underway = null;
    });
    return underway;
  }

  return {
    describe: () => ({
      grant: profile.grant,
      clientId: profile.clientId,
      source: `profile \`${profile.name}\``,
      storedIn: opened === null ? null : opened.describe(),
    }),
    accessToken: async () => (isUsable(held, null) ? held.token : await obtainOnce(null)),
    renew: async (rejected) => {
      if (isUsable(held, rejected)) {
        return held.token;
      }
      const token = await obtainOnce(rejected);
      // What was under way may have been asked for by somebody who did not know yet that it is rejected.
      return token.secret.equals(rejected) ? await obtainOnce(rejected) : token;
    },
  };
}

function loginReplaced(name: string): AuthError {
  return new AuthError("auth.login_replaced", `the login of profile \`${name}\` was changed meanwhile`, {
    hint: "run the command again",
  });
}
