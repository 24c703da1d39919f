import { NetworkError } from "../../core/errors.ts";
import { Secret } from "../../core/secret.ts";
import type { AccessToken } from "./access-token.ts";
import { isHeaderSafe } from "./header-safe.ts";

/** Tokens from the token endpoint, with the time of the request. */
export interface IssuedTokens {
  readonly accessToken: AccessToken;
  /** Time of the request in milliseconds since the epoch. */
  readonly issuedAtMs: number;
  /** Refresh token that replaces the one in the request; null when the response has none. */
  readonly refreshToken: Secret | null;
}

/** Longest lifetime to believe, in seconds: ten years. A longer one may exceed the range of dates. */
const LONGEST_SECONDS = 10 * 365 * 86_400;

/**
 * Converts a token of the endpoint's response. An implausibly long lifetime counts as unknown.
 * @param expiresInSeconds only recommended by RFC 6749 section 5.1; null when absent
 * @throws NetworkError `network.invalid_response` for a token that would break the header that carries it
 */
export function toAccessToken(
  token: string,
  expiresInSeconds: number | null,
  issuedAtMs: number,
): AccessToken {
  if (!isHeaderSafe(token)) {
    throw new NetworkError(
      "network.invalid_response",
      "the token endpoint returned a token with characters that a header cannot contain",
    );
  }
  return {
    secret: new Secret(token),
    expiresAtMs:
      expiresInSeconds === null || expiresInSeconds > LONGEST_SECONDS
        ? null
        : issuedAtMs + expiresInSeconds * 1_000,
  };
}
