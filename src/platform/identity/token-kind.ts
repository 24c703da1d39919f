import type { Api } from "../api/api.ts";
import { ApiError } from "../api/api-error.ts";
import type { Call, Principal, TokenRefusal } from "../reading/principal.ts";
import type { FailedReading, Reading } from "../reading/reading.ts";
import type { KnownLogin } from "./known-login.ts";
import { isScopeRefusal } from "./scope-enforcement.ts";
import { readTokenInfo, type TokenInfo } from "./tokens.ts";

export interface TokenAnswer {
  readonly outcome: Reading<TokenInfo> | TokenRefusal;
  readonly calls: readonly Call[];
}

/** Grant types of OAuth clients that users log in to. */
export const USER_GRANTS: ReadonlySet<string> = new Set(["CODE", "TOKEN", "SAML2-BEARER", "PASSWORD"]);

/**
 * Asks the service for the token's identity. A 401 is a result, because it means that the service refuses the token or
 * the address it is used from.
 * @throws the error of any other response that is not the platform's, because no later fact could be trusted
 */
export async function readTokenOrRefusal(api: Api): Promise<TokenAnswer> {
  const reading = await readTokenInfo(api);
  const { calls } = reading;
  if (reading.isRead) return { outcome: reading, calls };
  if (!isInPlatformWords(reading)) throw reading.error;
  return reading.status === 401 ? { outcome: toRefusal(reading), calls } : { outcome: reading, calls };
}

/**
 * Distinguishes user and client by the grant of the token's OAuth client, or by the grant of the login if the service
 * does not name the client. A refusal for a missing scope also identifies a user, because only users' tokens get one.
 */
export function judgeKind(outcome: Reading<TokenInfo>, login: KnownLogin | null = null): Principal["kind"] {
  if (!outcome.isRead) return isScopeRefusal(outcome) ? "user" : kindOfLogin(login);
  const { client, user } = outcome.value;
  if (client?.grantType === "CLIENT-CREDENTIALS") return "client";
  if (user !== null || USER_GRANTS.has(client?.grantType ?? "")) return "user";
  return client === null ? kindOfLogin(login) : "unknown";
}

function kindOfLogin(login: KnownLogin | null): Principal["kind"] {
  if (login?.grant === "client-credentials") return "client";
  return login?.grant === "pkce" ? "user" : "unknown";
}

/** Distinguishes user and client by requesting the user: a client is refused with `not.a.user`. */
export function judgeKindByUser(user: Reading<unknown> | null): Principal["kind"] {
  if (user === null) return "unknown";
  if (user.isRead || isScopeRefusal(user)) return "user";
  return user.code === "not.a.user" ? "client" : "unknown";
}

function isInPlatformWords({ error }: FailedReading): boolean {
  return error instanceof ApiError && error.refusal !== null && error.status < 500;
}

function toRefusal({ status, code, message, error }: FailedReading): TokenRefusal {
  return {
    layer: code === "ip.not.authorized" ? "ip" : "token",
    status: status ?? 401,
    code,
    message: message ?? error.message,
    correlationId: error.correlationId,
  };
}
