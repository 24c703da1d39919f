import { createHash } from "node:crypto";
import type { Answer } from "../answer.ts";
import type { AuthorizationCode } from "../state/login.ts";
import { issueTokenFor } from "../tokens.ts";
import { issueRefreshToken } from "./refresh-token.ts";
import {
  authenticationFailed,
  type GrantRequest,
  grantNotAllowed,
  tokenAnswer,
  tokenError,
} from "./token-answer.ts";

/**
 * Exchanges a code for tokens (RFC 6749 section 4.1.3), with the client secret, with PKCE (RFC 7636 section 4.5), or
 * with both. The first request from the code's own client uses the code up, whatever the outcome.
 */
export function grantForCode(request: GrantRequest): Answer {
  const { world, client, isAuthenticated, form } = request;
  if (client.authorizedGrantType !== "CODE") return grantNotAllowed();
  const code = world.logins.codes.get(form.get("code") ?? "");
  if (code === undefined || code.authorization.clientId !== client.id) return invalidGrant("code is invalid");
  if (code.isUsed) {
    // A second use means that the code leaked, so its tokens are revoked (RFC 6749 section 4.1.2).
    code.authorization.isRevoked = true;
    return invalidGrant("code was used before");
  }
  code.isUsed = true;
  if (code.authorization.isRevoked || code.expiresAtMs <= world.clock.now()) {
    return invalidGrant("code has expired");
  }
  if (code.redirectUri !== form.get("redirect_uri")) return invalidGrant("redirect_uri does not match");
  if (!isAuthenticated && code.challenge === null) return authenticationFailed();
  if (!isProved(code, form.get("code_verifier"))) return invalidGrant("code_verifier does not match");
  return tokenAnswer(issueTokenFor(world, client, code.authorization), issueRefreshToken(request, code));
}

/**
 * Checks the PKCE verifier (RFC 7636 section 4.6). A verifier for a code without a challenge is refused as well;
 * otherwise an attacker could strip the challenge from the authorization request (RFC 9700 section 4.8.2).
 */
function isProved({ challenge }: AuthorizationCode, verifier: string | null): boolean {
  if (challenge === null || verifier === null) return challenge === verifier;
  return (
    /^[\w.~-]{43,128}$/.test(verifier) &&
    createHash("sha256").update(verifier, "ascii").digest("base64url") === challenge
  );
}

function invalidGrant(description: string): Answer {
  return tokenError(400, "invalid_grant", description);
}
