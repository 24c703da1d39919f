import { NetworkError } from "../../core/errors.ts";
import { Secret } from "../../core/secret.ts";
import type { AccessToken } from "./access-token.ts";
import { isHeaderSafe } from "./header-safe.ts";

/** What the token endpoint gave, and when it was asked. */
export interface IssuedTokens {
  readonly accessToken: AccessToken;
  /** Milliseconds since the epoch. */
  readonly issuedAtMs: number;
  /** Replaces the one it was asked with; null when none came. */
  readonly refreshToken: Secret | null;
}

/**
 * A token as the endpoint sent it.
 * @param expiresInSeconds only recommended by RFC 6749 section 5.1; null when absent
 * @throws NetworkError `network.invalid_response` for one that would break the header it goes into
 */
export function toAccessToken(
  token: string,
  expiresInSeconds: number | null,
  issuedAtMs: number,
): AccessToken {
  if (!isHeaderSafe(token)) {
    throw new NetworkError(
      "network.invalid_response",
      "the token endpoint sent a token that no header can carry",
    );
  }
  return {
    secret: new Secret(token),
    expiresAtMs: expiresInSeconds === null ? null : issuedAtMs + expiresInSeconds * 1_000,
  };
}
