import type { Clock } from "../../core/clock.ts";
import type { AccessToken } from "../token/access-token.ts";
import { renewalDueMs } from "../token/token-lifetime.ts";
import type { Session, SessionDescription } from "./session.ts";

export interface RenewingSessionOptions {
  readonly description: SessionDescription;
  readonly clock: Clock;
  /** Asks for a new token; called once at a time, however many wait for it. */
  readonly request: () => Promise<AccessToken>;
}

/** A session that can always make another token: fetched once, reused until close to expiry. */
export function renewingSession({ description, clock, request }: RenewingSessionOptions): Session {
  let current: { readonly token: AccessToken; readonly goodUntilMs: number } | null = null;
  let underway: Promise<AccessToken> | null = null;

  async function fetchToken(): Promise<AccessToken> {
    const startMs = clock.now();
    const token = await request();
    current = { token, goodUntilMs: renewalDueMs(startMs, token.expiresAtMs) };
    return token;
  }

  function fetchOnce(): Promise<AccessToken> {
    underway ??= fetchToken().finally(() => {
      underway = null;
    });
    return underway;
  }

  async function accessToken(): Promise<AccessToken> {
    return current !== null && clock.now() < current.goodUntilMs ? current.token : fetchOnce();
  }

  return {
    describe: () => description,
    accessToken,
    renew: async (rejected) => {
      // Of many requests that fail with the same token only the first replaces it.
      if (current?.token.secret.equals(rejected) === true) {
        current = null;
      }
      return accessToken();
    },
  };
}
