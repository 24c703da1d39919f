import type { Clock } from "../../core/clock.ts";
import { AuthError } from "../../core/errors.ts";
import type { Random } from "../../core/random.ts";
import { retryRequests } from "../../http/retry.ts";
import type { Transport } from "../../http/transport.ts";
import { parseRegion } from "../../platform/region-parser.ts";
import { explainRefreshRefusal } from "../pkce/code-refusal.ts";
import type { Profile } from "../profiles/profile.ts";
import { keyOf } from "../profiles/stored-login.ts";
import type { CredentialStore } from "../stores/credential-store.ts";
import type { IssuedTokens } from "../token/issued-tokens.ts";
import { requestClientCredentialsToken, type TokenEndpoint } from "../token/token-endpoint.ts";
import { isTokenThrottle } from "../token/token-throttle.ts";
import { LOGIN_ENDED } from "./profile-session.ts";

/**
 * What one renewal may take in all stays below what makes a lock stale: patience with throttling, and on top
 * of it one last request.
 */
const MAX_WAIT_MS = 12_000;
const REQUEST_TIMEOUT_MS = 10_000;

export interface RenewalOptions {
  /** Without a token and without retries. */
  readonly transport: Transport;
  readonly clock: Clock;
  readonly random: Random;
  readonly signal?: AbortSignal | undefined;
}

/** The command that logs in again with this profile. */
export function loginCommand({ name }: Pick<Profile, "name">): string {
  return `genscope login --profile ${name}`;
}

/**
 * New tokens of a remembered login: with the client's secret, or with the refresh token where one was given.
 * @throws AuthError `auth.login_ended` when neither is remembered or the refresh token is not taken any more
 */
export async function renewLogin(
  profile: Profile,
  store: CredentialStore,
  options: RenewalOptions,
): Promise<IssuedTokens> {
  const endpoint: TokenEndpoint = {
    region: parseRegion(profile.region).region,
    regionSource: `profile \`${profile.name}\``,
    transport: retryRequests(options.transport, {
      ...options,
      maxWaitMs: MAX_WAIT_MS,
      isThrottle: isTokenThrottle,
    }),
    nowMs: options.clock.now(),
    signal: options.signal,
    timeoutMs: REQUEST_TIMEOUT_MS,
  };
  return profile.grant === "client-credentials"
    ? await renewWithSecret(profile, store, endpoint)
    : await renewWithRefreshToken(profile, store, endpoint);
}

async function renewWithSecret(
  profile: Profile,
  store: CredentialStore,
  endpoint: TokenEndpoint,
): Promise<IssuedTokens> {
  const clientSecret = await store.get(keyOf(profile, "client-secret"));
  if (clientSecret === null) {
    throw loginEnded(profile, `${store.describe()} holds no secret of its client`);
  }
  const { clientId } = profile;
  const accessToken = await requestClientCredentialsToken(endpoint, { clientId, clientSecret });
  return { accessToken, issuedAtMs: endpoint.nowMs, refreshToken: null };
}

async function renewWithRefreshToken(
  profile: Profile,
  store: CredentialStore,
  endpoint: TokenEndpoint,
): Promise<IssuedTokens> {
  const refreshToken = profile.remembered.refreshToken
    ? await store.get(keyOf(profile, "refresh-token"))
    : null;
  if (refreshToken === null) {
    throw loginEnded(
      profile,
      "its token is not good any more, and the service gave nothing to renew it with",
    );
  }
  const { refreshTokens } = await import("../pkce/oauth-protocol.ts");
  return await refreshTokens(
    endpoint,
    { clientId: profile.clientId, refreshToken },
    explainRefreshRefusal(loginCommand(profile)),
  );
}

function loginEnded(profile: Profile, reason: string): AuthError {
  return new AuthError(LOGIN_ENDED, `the login of profile \`${profile.name}\` has ended: ${reason}`, {
    hint: `log in again: \`${loginCommand(profile)}\``,
  });
}
