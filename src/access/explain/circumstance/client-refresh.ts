import { claimOfMisconception } from "../claims/misconception-claims.ts";
import type { Circumstance, CircumstanceFacts } from "./circumstance.ts";

/** Matches a login with client credentials, whose response contains no refresh token. */
const BY_CLIENT = /\bclient[-_ ]?credentials\b|\b(?:two|2)-legged\b|\bmachine[- ]to[- ]machine\b/i;
/** Matches the grants that do return a refresh token. */
const BY_USER = /\b(?:authori[sz]ation|auth)[-_ ]?code\b|\bPKCE\b|\bcode grant\b/i;

/** Recognizes an attempt to renew a client-credentials token with a refresh token; null without evidence of both. */
export function findClientRefresh({ failure, code, words }: CircumstanceFacts): Circumstance | null {
  if (failure.form !== "token-endpoint" || code !== "invalid_grant") return null;
  const sendsRefreshToken =
    failure.request?.grantType === "refresh_token" || /\brefresh[ _]token\b/i.test(failure.message ?? "");
  if (!sendsRefreshToken || !BY_CLIENT.test(words) || BY_USER.test(words)) return null;
  const { claim } = claimOfMisconception("client-credentials-refresh");
  return {
    layer: "credentials",
    meaning:
      "the refresh token is not accepted; a login with client credentials returns none, so this token comes from another grant",
    claims: [claim],
    remedies: [
      {
        kind: "fix-credentials",
        summary: "request a new token with the client id and secret before the old one expires",
      },
    ],
    isWholeRemedy: true,
  };
}
