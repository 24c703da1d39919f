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

/** Error code of a login that only a new login can replace. */
export const LOGIN_ENDED = "auth.login_ended";

/** How long a token that could not be renewed is used before the next attempt, in milliseconds. */
const RESPITE_MS = 5_000;

export interface ProfileSessionOptions {
  readonly profile: Profile;
  readonly storage: LoginStorage;
  readonly clock: Clock;
  /**
   * Obtains new tokens with the stored credentials. It runs under the profile's lock, so it must end well
   * before the lock becomes stale.
   * @throws AuthError `auth.login_ended` when no usable credential is stored
   */
  readonly renew: (profile: Profile, store: CredentialStore) => Promise<IssuedTokens>;
}

/** Token that this process holds. */
interface Held {
  readonly token: AccessToken;
  /** Milliseconds since the epoch until which the token is used without checking the store. */
  readonly goodUntilMs: number;
}

/** Snapshot of the stored login. */
interface Seen {
  readonly profile: Profile;
  readonly held: Held | null;
}

/**
 * Returns the session of a stored login. All commands use its token until it is close to expiry. Then one
 * process renews it, and the others read the new one from the store.
 */
export function profileSession({ profile, storage, clock, renew }: ProfileSessionOptions): Session {
  let held: Held | null = null;
  let underway: Promise<AccessToken> | null = null;
  let opened: CredentialStore | null = null;

  async function openStore(): Promise<CredentialStore> {
    opened ??= await storage.openStore(profile.store);
    return opened;
  }

  /**
   * Returns the current state of the stored login. It reads the index every time, because another process may have
   * changed it.
   * @throws AuthError `auth.login_replaced` when the profile has another store or region, or no longer exists
   */
  async function look(): Promise<Seen> {
    const now = await storage.profiles.find(profile.name);
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
      // This runs before the lock is taken: unlocking a keychain may take longer than a lock may be held.
      const early = await look();
      if (isUsable(early.held, rejected)) return hold(early.held);
      const token = await storage.exclusively(
        profile.name,
        async () => await renewUnlessDone(early, rejected),
      );
      if (token !== null) return token;
    }
  }

  /**
   * Renews the token under the lock. Returns null when another process has renewed it since. That token is
   * then read outside the lock, so that waiting processes read it in parallel.
   */
  async function renewUnlessDone(early: Seen, rejected: Secret | null): Promise<AccessToken | null> {
    const now = await storage.profiles.find(profile.name);
    if (now === null || now.generation !== early.profile.generation) return null;
    try {
      const store = await openStore();
      const tokens = await renew(now, store);
      const saved = await storeTokens(storage, store, now, tokens);
      const dueMs = instantMs(saved.accessTokenRenewsAt) ?? tokens.accessToken.expiresAtMs;
      return hold({ token: tokens.accessToken, goodUntilMs: dueMs ?? Number.POSITIVE_INFINITY });
    } catch (error) {
      return hold(keepCurrent(early.held, rejected, error));
    }
  }

  /** Returns the current token when renewing failed, if it is still valid. Otherwise throws the error. */
  function keepCurrent(current: Held | null, rejected: Secret | null, error: unknown): Held {
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
      if (isUsable(held, rejected)) return held.token;
      const token = await obtainOnce(rejected);
      // The token may come from a request that another caller started before the rejection, so it can be the rejected
      // one.
      return token.secret.equals(rejected) ? await obtainOnce(rejected) : token;
    },
  };
}

function loginReplaced(name: string): AuthError {
  return new AuthError(
    "auth.login_replaced",
    `the login of profile \`${name}\` was changed while this command was running`,
    {
      hint: "run the command again",
    },
  );
}
