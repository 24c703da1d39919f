import type { LoginPage } from "../../../auth/pkce/authorize-url.ts";
import {
  DEFAULT_REDIRECT_URI,
  parsePort,
  parseRedirectUri,
  type RedirectUri,
} from "../../../auth/pkce/redirect-uri.ts";
import type { Profile, ProfileGrant } from "../../../auth/profiles/profile.ts";
import { chooseStore } from "../../../auth/settings/choose-store.ts";
import { CLIENT_SECRET_VARIABLES, type Settings } from "../../../auth/settings/settings.ts";
import type { StoreKind } from "../../../auth/stores/credential-store.ts";
import { isHeaderSafe } from "../../../auth/token/header-safe.ts";
import { parseDuration } from "../../../core/duration.ts";
import { UsageError } from "../../../core/errors.ts";
import type { Io } from "../../../core/io.ts";
import type { Prompter } from "../../../core/prompter.ts";
import { Secret } from "../../../core/secret.ts";

/** The raw flags of `login`. */
export interface LoginFlags {
  readonly grant?: ProfileGrant | undefined;
  readonly store?: string | undefined;
  readonly clientId?: string | undefined;
  readonly clientSecretStdin?: boolean | undefined;
  readonly port?: string | undefined;
  readonly browser?: boolean | undefined;
  readonly org?: string | undefined;
  readonly provider?: string | undefined;
  readonly loginHint?: string | undefined;
  readonly prompt?: string | undefined;
  readonly timeout?: string | undefined;
  readonly replace?: boolean | undefined;
}

/** Everything that is decided about a login before the first prompt. */
export interface LoginPlan {
  readonly grant: ProfileGrant;
  readonly store: StoreKind;
  readonly redirect: RedirectUri;
  readonly page: LoginPage;
  readonly timeoutMs: number;
  readonly opensBrowser: boolean;
}

/**
 * Default time limit for a login. It is long enough to look up a password, and short enough to notice an abandoned
 * login.
 */
const DEFAULT_WAIT = "5m";
const LARGEST_SECRET_BYTES = 16 * 1024;
const PKCE_FLAGS = ["port", "org", "provider", "loginHint", "prompt"] as const;

/**
 * Checks the flags.
 * @throws UsageError `usage.arguments` for flags that cannot be combined, `usage.port`, `usage.store`, `usage.duration`
 */
export function planLogin(
  flags: LoginFlags,
  profile: Profile | null,
  settings: Settings,
  env: Readonly<Record<string, string | undefined>>,
): LoginPlan {
  const isSecretGiven = flags.clientSecretStdin === true || secretOfEnvironment(flags, settings) !== null;
  // The profile's grant and redirect URI apply only to the profile's own client.
  const clientId = flags.clientId ?? settings.clientId?.value;
  const known = profile !== null && clientId === profile.clientId ? profile : null;
  const grant = flags.grant ?? (isSecretGiven ? "client-credentials" : (known?.grant ?? "pkce"));
  const foreign = PKCE_FLAGS.filter((name) => flags[name] !== undefined);
  if (grant === "client-credentials" && (foreign.length > 0 || flags.browser === false)) {
    throw new UsageError("usage.arguments", "client credentials need no browser", {
      hint: `omit the browser flags, or log in as a user: \`genscope login --grant pkce\``,
    });
  }
  if (grant === "pkce" && flags.clientSecretStdin === true) {
    throw new UsageError("usage.arguments", "a browser login uses no client secret", {
      hint: "omit `--client-secret-stdin`, or use `--grant client-credentials`",
    });
  }
  const redirect = parseRedirectUri(known?.redirectUri ?? "") ?? DEFAULT_REDIRECT_URI;
  return {
    grant,
    store: chooseStore({ flag: flags.store, env, profile: profile ?? undefined }).value,
    redirect: flags.port === undefined ? redirect : { ...redirect, port: parsePort(flags.port) },
    page: {
      organization: flags.org ?? null,
      provider: flags.provider ?? null,
      loginHint: flags.loginHint ?? null,
      prompt: flags.prompt ?? null,
    },
    timeoutMs: parseDuration(flags.timeout ?? DEFAULT_WAIT, "--timeout"),
    opensBrowser: flags.browser !== false,
  };
}

/**
 * Returns the secret of the client that logs in: from standard input, the environment, or a prompt.
 * @throws UsageError `usage.client_secret` when none exists, `usage.secret` when it is invalid
 */
export async function obtainClientSecret(
  flags: LoginFlags,
  clientId: string,
  settings: Settings,
  io: Io,
  prompter: Prompter | null,
): Promise<Secret> {
  if (flags.clientSecretStdin === true) {
    return checkSecret(new Secret((await io.stdin.readText(LARGEST_SECRET_BYTES)).trim()));
  }
  const given = secretOfEnvironment(flags, settings);
  if (given !== null) return given;
  const typed = await prompter?.askSecret(`Secret of OAuth client ${clientId}`);
  if (typed === undefined) {
    throw new UsageError("usage.client_secret", `no secret for OAuth client \`${clientId}\``, {
      hint: `pipe it in: \`genscope login --grant client-credentials --client-secret-stdin < FILE\`, or set \`${CLIENT_SECRET_VARIABLES[0]}\``,
    });
  }
  return checkSecret(typed);
}

/** Returns the secret in the environment for this client; null when it belongs to another client. */
function secretOfEnvironment(flags: LoginFlags, { clientId, clientSecret }: Settings): Secret | null {
  const isForThisClient =
    flags.clientId === undefined || clientId === null || clientId.value === flags.clientId;
  return isForThisClient ? (clientSecret?.value ?? null) : null;
}

function checkSecret(secret: Secret): Secret {
  if (!isHeaderSafe(secret.reveal())) {
    throw new UsageError(
      "usage.secret",
      "the client secret is empty or contains characters that cannot be part of a secret",
      {
        hint: "copy it again, without spaces, line breaks or quotes",
      },
    );
  }
  return secret;
}
