import { oneLine } from "../../core/text.ts";
import { CLIENT_MENU, type ExplainRefusal, regionHint } from "../token/token-refusal.ts";

/** Why a code was not exchanged for a token (RFC 6749 section 5.2, RFC 7636 section 4.6). */
export const explainCodeRefusal: ExplainRefusal = (error, _said, facts) => {
  const client = `\`${oneLine(facts.clientId, 80)}\``;
  switch (error) {
    case "invalid_grant":
      return {
        code: "auth.code_rejected",
        summary: "the code of this login is not accepted",
        hint: "a code is good once and for moments, and for the redirect URI it was asked with: log in again with `genscope login`",
      };
    case "invalid_client":
    case "unauthorized_client":
    case "unsupported_grant_type":
      return {
        code: "auth.grant_not_allowed",
        summary: `OAuth client ${client} may not exchange a code without its secret`,
        hint: `its grant type must be Code Authorization and its state Active: ${CLIENT_MENU} > the client`,
      };
    default:
      return {
        code: "auth.client_rejected",
        summary: `no token for OAuth client ${client}`,
        hint: regionHint(facts),
      };
  }
};

/**
 * Why a refresh token was not taken (RFC 6749 section 6). Whatever the reason, the way out is the browser: the
 * platform's word on refreshing without a secret is not settled.
 * @param again the command that logs in again
 */
export function explainRefreshRefusal(again: string): ExplainRefusal {
  return () => ({
    code: "auth.login_ended",
    summary: "the login has ended and can't be renewed",
    hint: `log in again: \`${again}\``,
  });
}
