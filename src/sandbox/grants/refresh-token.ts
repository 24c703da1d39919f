import type { Answer } from "../answer.ts";
import type { AuthorizationCode, RefreshToken } from "../state/login.ts";
import { issueTokenFor } from "../tokens.ts";
import type { World } from "../world.ts";
import {
  authenticationFailed,
  type GrantRequest,
  grantNotAllowed,
  tokenAnswer,
  tokenError,
} from "./token-answer.ts";

/**
 * Refreshes a token (RFC 6749 section 6). The response contains a refresh token too, which is a new one if refresh
 * tokens rotate.
 */
export function grantForRefreshToken(request: GrantRequest): Answer {
  const { world, client, isAuthenticated, form } = request;
  if (client.authorizedGrantType !== "CODE") return grantNotAllowed();
  const refresh = world.logins.refreshTokens.get(form.get("refresh_token") ?? "");
  if (refresh === undefined || refresh.authorization.clientId !== client.id) {
    return tokenError(400, "invalid_grant", "refresh token is invalid");
  }
  const isUsableAlone = !refresh.isConfidential && world.settings.refreshWithoutSecret === "allowed";
  if (!isAuthenticated && !isUsableAlone) return authenticationFailed();
  if (refresh.isReplaced) {
    // A second use means that two parties hold the token, so all tokens of the login are revoked (RFC 9700
    // section 4.14.2).
    refresh.authorization.isRevoked = true;
    return tokenError(400, "invalid_grant", "refresh token was used before");
  }
  if (refresh.authorization.isRevoked || !issuesRefreshTokens(world)) {
    return tokenError(400, "invalid_grant", "refresh token is revoked");
  }
  const next = world.settings.refreshTokens === "rotating" ? replace(world, refresh) : refresh;
  return tokenAnswer(issueTokenFor(world, client, refresh.authorization), next.value);
}

/** Issues the refresh token that accompanies a code's first access token; null when the settings allow none. */
export function issueRefreshToken(
  { world, isAuthenticated }: GrantRequest,
  { authorization }: AuthorizationCode,
): string | null {
  if (!issuesRefreshTokens(world)) return null;
  if (!isAuthenticated && world.settings.refreshWithoutSecret === "absent") return null;
  return remember(world, { authorization, isConfidential: isAuthenticated }).value;
}

/** Returns whether logins get refresh tokens. The platform issues none while the idle timeout is on. */
function issuesRefreshTokens({ settings }: World): boolean {
  return settings.refreshTokens !== "off" && !settings.idleTimeout.enabled;
}

function replace(world: World, refresh: RefreshToken): RefreshToken {
  refresh.isReplaced = true;
  return remember(world, refresh);
}

function remember(
  world: World,
  { authorization, isConfidential }: Pick<RefreshToken, "authorization" | "isConfidential">,
): RefreshToken {
  const refresh = { value: world.sequence.text(86), authorization, isConfidential, isReplaced: false };
  world.logins.refreshTokens.set(refresh.value, refresh);
  return refresh;
}
