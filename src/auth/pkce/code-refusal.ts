import { oneLine } from "../../core/text.ts";
import { CLIENT_MENU, type ExplainRefusal, regionHint } from "../token/token-refusal.ts";

/** Explains why a code was not exchanged for a token (RFC 6749 section 5.2, RFC 7636 section 4.6). */
export const explainCodeRefusal: ExplainRefusal = (error, _said, facts) => {
  const client = `\`${oneLine(facts.clientId, 80)}\``;
  switch (error) {
    case "invalid_grant":
      return {
        code: "auth.code_rejected",
        summary: "the login host did not accept the authorization code",
        hint: "log in again with `genscope login`; a code expires quickly, works once, and only with the redirect URI that it was issued for",
      };
    case "invalid_client":
    case "unauthorized_client":
    case "unsupported_grant_type":
      return {
        code: "auth.grant_not_allowed",
        summary: `OAuth client ${client} is not allowed to exchange a code without its secret`,
        hint: `use a client with the grant type Code Authorization and the state Active: ${CLIENT_MENU}`,
      };
    default:
      return {
        code: "auth.client_rejected",
        summary: `the token endpoint issued no token for OAuth client ${client}`,
        hint: regionHint(facts),
      };
  }
};

/**
 * Explains why a refresh token was not accepted (RFC 6749 section 6). For every reason, the remedy is a new login in
 * the browser, because it is unknown whether the platform refreshes a token without a secret.
 * @param again the command that logs in again
 */
export function explainRefreshRefusal(again: string): ExplainRefusal {
  return () => ({
    code: "auth.login_ended",
    summary: "the login has ended and cannot be renewed",
    hint: `log in again: \`${again}\``,
  });
}
