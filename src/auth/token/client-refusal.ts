import { oneLine } from "../../core/text.ts";
import { CLIENT_MENU, type ExplainRefusal, regionHint } from "./token-refusal.ts";

/**
 * Why a client gets no token of its own. That the id is unknown and that the secret is wrong are told apart by
 * the description alone, as far as it goes.
 */
export const explainClientRefusal: ExplainRefusal = (error, said, facts) => {
  const client = `\`${oneLine(facts.clientId, 80)}\``;
  const words = said?.toLowerCase() ?? "";
  switch (error) {
    case "invalid_client":
      if (words.includes("not found")) {
        return {
          code: "auth.unknown_client",
          summary: `no OAuth client ${client} in this region`,
          hint: `${regionHint(facts)}; then compare the id with ${CLIENT_MENU}`,
        };
      }
      return {
        // Other servers say "client authentication failed" (RFC 6749 section 5.2), of an unknown client too.
        ...(words.startsWith("authentication failed")
          ? { code: "auth.wrong_secret", summary: `the secret of OAuth client ${client} is not accepted` }
          : {
              code: "auth.client_rejected",
              summary: `OAuth client ${client} or its secret is not accepted`,
            }),
        hint: `${regionHint(facts)}; then copy the secret again or make a new one: ${CLIENT_MENU} > the client; its state must be Active`,
      };
    case "unauthorized_client":
    case "unsupported_grant_type":
      return {
        code: "auth.grant_not_allowed",
        summary: `OAuth client ${client} may not get a token of its own`,
        hint: `its grant type must be Client Credentials and its state Active: ${CLIENT_MENU} > the client; a grant type can't be changed later, a new client can have another`,
      };
    case "invalid_scope":
      return {
        code: "auth.scope_rejected",
        summary: `the token endpoint refuses the scopes of OAuth client ${client}`,
        hint: `client credentials need no scope: give the client roles instead, ${CLIENT_MENU} > the client > Roles`,
      };
    default:
      return {
        code: error === "invalid_request" ? "auth.invalid_request" : "auth.client_rejected",
        summary: `no token for OAuth client ${client}`,
        hint: regionHint(facts),
      };
  }
};
