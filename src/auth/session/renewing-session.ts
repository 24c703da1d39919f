import type { Clock } from "../../core/clock.ts";
import type { AccessToken } from "../token/access-token.ts";
import { renewalDueMs } from "../token/token-lifetime.ts";
import type { Session, SessionDescription } from "./session.ts";

export interface RenewingSessionOptions {
  readonly description: SessionDescription;
  readonly clock: Clock;
  /** Requests a new token; concurrent callers share one call. */
  readonly request: () => Promise<AccessToken>;
}

/**
 * Returns a session that can always obtain another token. The token is fetched once and reused until it is
 * close to expiry.
 */
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
      // When many requests fail with the same token, only the first replaces it.
      if (current?.token.secret.equals(rejected) === true) current = null;
      return accessToken();
    },
  };
}
