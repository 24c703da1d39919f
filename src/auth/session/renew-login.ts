import type { Clock } from "../../core/clock.ts";
import { AuthError } from "../../core/errors.ts";
import type { Random } from "../../core/random.ts";
import { retryRequests } from "../../http/retry/retry.ts";
import type { Transport } from "../../http/transport/transport.ts";
import type { Wait } from "../../http/transport/wait.ts";
import { parseRegion } from "../../platform/region/region-parser.ts";
import { explainRefreshRefusal } from "../pkce/code-refusal.ts";
import type { Profile } from "../profiles/profile.ts";
import { keyOf } from "../profiles/stored-login.ts";
import type { CredentialStore } from "../stores/credential-store.ts";
import type { IssuedTokens } from "../token/issued-tokens.ts";
import { requestClientCredentialsToken, type TokenEndpoint } from "../token/token-endpoint.ts";
import { isTokenThrottle } from "../token/token-throttle.ts";
import { LOGIN_ENDED } from "./profile-session.ts";

/**
 * Longest wait for a throttled token endpoint. Together with the last request, it stays below the time after
 * which a lock becomes stale.
 */
const MAX_WAIT_MS = 12_000;
const REQUEST_TIMEOUT_MS = 10_000;

export interface RenewalOptions {
  /** Transport without a token and without retries. */
  readonly transport: Transport;
  readonly clock: Clock;
  readonly random: Random;
  /** Called before each wait for a throttled or failing token endpoint. */
  readonly onWait?: ((wait: Wait) => void) | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** Returns the command that logs in again with this profile. */
export function loginCommand({ name }: Pick<Profile, "name">): string {
  return `genscope login --profile ${name}`;
}

/**
 * Returns new tokens for a stored login, obtained with the client secret or with the refresh token.
 * @throws AuthError `auth.login_ended` when neither is stored or the refresh token is no longer accepted
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
    throw loginEnded(profile, `${store.describe()} does not contain its client secret`);
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
    throw loginEnded(profile, "its token is no longer valid, and the service issued no refresh token");
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
