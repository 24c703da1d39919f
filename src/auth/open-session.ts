import type { Clock } from "../core/clock.ts";
import { AuthError } from "../core/errors.ts";
import type { Random } from "../core/random.ts";
import { retryRequests } from "../http/retry.ts";
import type { Transport } from "../http/transport.ts";
import { renewingSession } from "./renewing-session.ts";
import type { AccessToken, Session } from "./session.ts";
import {
  ACCESS_TOKEN_VARIABLE,
  CLIENT_ID_VARIABLES,
  CLIENT_SECRET_VARIABLES,
  type Setting,
  type Settings,
} from "./settings.ts";
import { requestClientCredentialsToken } from "./token-endpoint.ts";
import { isTokenThrottle } from "./token-throttle.ts";

export interface SessionOptions {
  /** Without a token and without retries: the token endpoint throttles in its own way. */
  readonly transport: Transport;
  readonly clock: Clock;
  readonly random: Random;
  /** How long to wait for a throttled or failing token endpoint. */
  readonly maxWaitMs: number;
  readonly signal?: AbortSignal | undefined;
}

/**
 * The session that the settings describe. A ready token wins over a client, as in the official tools.
 * @throws AuthError `auth.not_logged_in` when there is no credential, or half of one
 */
export function openSession(settings: Settings, options: SessionOptions): Session {
  const { accessToken, clientId, clientSecret } = settings;
  if (accessToken !== null) {
    return readyTokenSession(accessToken.source, { secret: accessToken.value, expiresAtMs: null });
  }
  if (clientId === null || clientSecret === null) {
    throw notLoggedIn(clientId, clientSecret);
  }
  const transport = retryRequests(options.transport, { ...options, isThrottle: isTokenThrottle });
  return renewingSession({
    description: {
      grant: "client-credentials",
      clientId: clientId.value,
      source: sourceOf(clientId, clientSecret),
    },
    clock: options.clock,
    request: () =>
      requestClientCredentialsToken(
        {
          region: settings.region.value,
          regionSource: settings.region.source,
          transport,
          nowMs: options.clock.now(),
          signal: options.signal,
        },
        { clientId: clientId.value, clientSecret: clientSecret.value },
      ),
  });
}

/** A token that somebody else made: when it is rejected there is no other. */
function readyTokenSession(source: string, token: AccessToken): Session {
  return {
    describe: () => ({ grant: "access-token", clientId: null, source }),
    accessToken: async () => token,
    renew: async () => null,
  };
}

function sourceOf(clientId: Setting<string>, clientSecret: Setting<unknown>): string {
  return clientId.source === clientSecret.source
    ? clientId.source
    : `${clientId.source} and ${clientSecret.source}`;
}

function notLoggedIn(clientId: Setting<unknown> | null, clientSecret: Setting<unknown> | null): AuthError {
  const [idVariable] = CLIENT_ID_VARIABLES;
  const [secretVariable] = CLIENT_SECRET_VARIABLES;
  const present = clientId ?? clientSecret;
  const missing = clientId === null ? idVariable : secretVariable;
  return new AuthError(
    "auth.not_logged_in",
    present === null ? "no credential" : `\`${present.source}\` is set, but \`${missing}\` is not`,
    {
      hint:
        present === null
          ? `set \`${idVariable}\` and \`${secretVariable}\`, or \`${ACCESS_TOKEN_VARIABLE}\`, and \`GENESYSCLOUD_REGION\``
          : `set \`${missing}\` as well, or \`${ACCESS_TOKEN_VARIABLE}\` instead of both`,
    },
  );
}
