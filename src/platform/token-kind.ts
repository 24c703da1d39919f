import type { Api } from "./api.ts";
import { ApiError } from "./api-error.ts";
import type { Call, Principal, TokenRefusal } from "./principal.ts";
import type { FailedReading, Reading } from "./reading.ts";
import { isScopeRefusal } from "./scope-enforcement.ts";
import { readTokenInfo, type TokenInfo } from "./tokens.ts";

export interface TokenAnswer {
  readonly outcome: Reading<TokenInfo> | TokenRefusal;
  readonly calls: readonly Call[];
}

const USER_GRANTS = new Set(["CODE", "TOKEN", "SAML2-BEARER", "PASSWORD"]);

/**
 * The first question to the service. A 401 is an answer: the token is refused, or the address it comes from.
 * @throws what went wrong when the service did not answer as the platform does: nothing else would be true
 */
export async function readTokenOrRefusal(api: Api): Promise<TokenAnswer> {
  const reading = await readTokenInfo(api);
  const { calls } = reading;
  if (reading.isRead) {
    return { outcome: reading, calls };
  }
  if (!isInPlatformWords(reading)) {
    throw reading.error;
  }
  return reading.status === 401 ? { outcome: toRefusal(reading), calls } : { outcome: reading, calls };
}

/** User or client by the grant of the token's OAuth client; only users' tokens are refused for a scope. */
export function judgeKind(outcome: Reading<TokenInfo>): Principal["kind"] {
  if (!outcome.isRead) {
    return isScopeRefusal(outcome) ? "user" : "unknown";
  }
  const { client, user } = outcome.value;
  if (client?.grantType === "CLIENT-CREDENTIALS") {
    return "client";
  }
  return user !== null || USER_GRANTS.has(client?.grantType ?? "") ? "user" : "unknown";
}

/** The same by asking for the user: a client is told that it is none. */
export function judgeKindByUser(user: Reading<unknown> | null): Principal["kind"] {
  if (user === null) {
    return "unknown";
  }
  if (user.isRead || isScopeRefusal(user)) {
    return "user";
  }
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
