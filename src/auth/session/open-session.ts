import { AuthError } from "../../core/errors.ts";
import { retryRequests } from "../../http/retry/retry.ts";
import { parseRegion } from "../../platform/region/region-parser.ts";
import type { LoginStorage } from "../profiles/login-storage.ts";
import type { Profile } from "../profiles/profile.ts";
import { hasStoredSecrets } from "../profiles/stored-login.ts";
import { chooseStore } from "../settings/choose-store.ts";
import {
  ACCESS_TOKEN_VARIABLE,
  CLIENT_ID_VARIABLES,
  CLIENT_SECRET_VARIABLES,
  type Setting,
  type Settings,
} from "../settings/settings.ts";
import { requestClientCredentialsToken } from "../token/token-endpoint.ts";
import { isTokenThrottle } from "../token/token-throttle.ts";
import { fixedTokenSession } from "./fixed-token-session.ts";
import { profileSession } from "./profile-session.ts";
import { loginCommand, type RenewalOptions, renewLogin } from "./renew-login.ts";
import { renewingSession } from "./renewing-session.ts";
import type { Session } from "./session.ts";

export interface SessionOptions extends RenewalOptions {
  /** Longest wait for a throttled or failing token endpoint, in milliseconds. */
  readonly maxWaitMs: number;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Stored logins, used only when neither a token nor a secret is given. */
  readonly storage: LoginStorage;
}

/**
 * Returns the session that the settings describe: a ready token, otherwise a client with its secret, as in
 * the official tools, otherwise the login of the profile.
 * @throws AuthError `auth.not_logged_in` for a missing or incomplete credential, `auth.other_region` for a
 * login that belongs to a region other than the selected one
 */
export function openSession(settings: Settings, options: SessionOptions): Session {
  const { accessToken, clientId, clientSecret, profile } = settings;
  if (accessToken !== null) {
    return fixedTokenSession(
      { grant: "access-token", clientId: null, source: accessToken.source, storedIn: null },
      { secret: accessToken.value, expiresAtMs: null },
    );
  }
  if (clientId !== null && clientSecret !== null) {
    return clientSession(settings, clientId, clientSecret, options);
  }
  const isClientOfProfile = clientId === null || clientId.value === profile?.clientId;
  if (profile === null || clientSecret !== null || !isClientOfProfile) {
    throw notLoggedIn(clientId, clientSecret);
  }
  checkLogin(profile, settings, options.env);
  return profileSession({
    profile,
    storage: options.storage,
    clock: options.clock,
    renew: async (current, store) => await renewLogin(current, store, options),
  });
}

function clientSession(
  { region }: Settings,
  clientId: Setting<string>,
  clientSecret: NonNullable<Settings["clientSecret"]>,
  options: SessionOptions,
): Session {
  const transport = retryRequests(options.transport, { ...options, isThrottle: isTokenThrottle });
  return renewingSession({
    description: {
      grant: "client-credentials",
      clientId: clientId.value,
      source: sourceOf(clientId, clientSecret),
      storedIn: null,
    },
    clock: options.clock,
    request: () =>
      requestClientCredentialsToken(
        {
          region: region.value,
          regionSource: region.source,
          transport,
          nowMs: options.clock.now(),
          signal: options.signal,
        },
        { clientId: clientId.value, clientSecret: clientSecret.value },
      ),
  });
}

function sourceOf(clientId: Setting<string>, clientSecret: Setting<unknown>): string {
  return clientId.source === clientSecret.source
    ? clientId.source
    : `${clientId.source} and ${clientSecret.source}`;
}

/**
 * Checks that the login fits the selected region and store. A login works only in its own region and stays in its own
 * store; using it anywhere else would disclose it.
 * @throws AuthError `auth.not_logged_in`, `auth.other_region`
 */
function checkLogin(profile: Profile, { region }: Settings, env: SessionOptions["env"]): void {
  const again = loginCommand(profile);
  if (!hasStoredSecrets(profile)) {
    throw new AuthError("auth.not_logged_in", `profile \`${profile.name}\` is not logged in`, {
      hint: `log in: \`${again}\``,
    });
  }
  const { domain, loginUrl } = parseRegion(profile.region).region;
  if (loginUrl !== region.value.loginUrl) {
    throw new AuthError(
      "auth.other_region",
      `profile \`${profile.name}\` is logged in at \`${domain}\`, not at \`${region.value.domain}\` (${region.source})`,
      {
        hint: `omit ${region.source}, because a token works only in its own region; or log in there with another profile: \`genscope login --profile NAME --region ${region.value.id ?? region.value.apiUrl}\``,
      },
    );
  }
  const store = chooseStore({ env, profile });
  if (store.value !== profile.store) {
    throw new AuthError(
      "auth.not_logged_in",
      `the login of profile \`${profile.name}\` is in the store \`${profile.store}\`, but ${store.source} selects \`${store.value}\``,
      { hint: `unset ${store.source}, or log in again: \`${again} --store ${store.value}\`` },
    );
  }
}

function notLoggedIn(clientId: Setting<unknown> | null, clientSecret: Setting<unknown> | null): AuthError {
  const [idVariable] = CLIENT_ID_VARIABLES;
  const [secretVariable] = CLIENT_SECRET_VARIABLES;
  const present = clientId ?? clientSecret;
  const missing = clientId === null ? idVariable : secretVariable;
  return new AuthError(
    "auth.not_logged_in",
    present === null ? "no credential found" : `\`${present.source}\` is set, but \`${missing}\` is not`,
    {
      hint:
        present === null
          ? `log in with \`genscope login\`; or set \`${idVariable}\` and \`${secretVariable}\`, or \`${ACCESS_TOKEN_VARIABLE}\`, and \`GENESYSCLOUD_REGION\``
          : `set \`${missing}\` as well, or \`${ACCESS_TOKEN_VARIABLE}\` instead of both`,
    },
  );
}
