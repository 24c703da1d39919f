import { oneLine } from "../../core/text.ts";
import { CLIENT_MENU, type ExplainRefusal, regionHint } from "./token-refusal.ts";

/** Explains why a client gets no token. An inactive client is checked first, because no other fix would help it. */
export const explainClientRefusal: ExplainRefusal = (error, said, facts) => {
  const explained = explainByCode(error, said, facts);
  if (!/\b(?:disabled|inactive|not active)\b/i.test(said ?? "")) return explained;
  return {
    ...explained,
    hint: `set the client's state to Active, or use another client: ${CLIENT_MENU} > the client`,
  };
};

/**
 * Only the description distinguishes an unknown id from a wrong secret, and even the description does so unreliably.
 */
const explainByCode: ExplainRefusal = (error, said, facts) => {
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
        // Other servers send "client authentication failed" (RFC 6749 section 5.2) for an unknown client too.
        ...(words.startsWith("authentication failed")
          ? { code: "auth.wrong_secret", summary: `the secret for OAuth client ${client} is not accepted` }
          : {
              code: "auth.client_rejected",
              summary: `OAuth client ${client} or its secret is not accepted`,
            }),
        hint: `${regionHint(facts)}; then copy the secret again or create a new one: ${CLIENT_MENU} > the client; its state must be Active`,
      };
    case "unauthorized_client":
    case "unsupported_grant_type":
      return {
        code: "auth.grant_not_allowed",
        summary: `OAuth client ${client} is not allowed to log in with client credentials`,
        hint: `use a client with the grant type Client Credentials and the state Active: ${CLIENT_MENU}; the grant type of an existing client cannot be changed`,
      };
    case "invalid_scope":
      return {
        code: "auth.scope_rejected",
        summary: `the token endpoint refuses the scopes of OAuth client ${client}`,
        hint: `remove the scopes, because client credentials need none, and give the client roles instead: ${CLIENT_MENU} > the client > Roles`,
      };
    default:
      return {
        code: error === "invalid_request" ? "auth.invalid_request" : "auth.client_rejected",
        summary: `the token endpoint issued no token for OAuth client ${client}`,
        hint: regionHint(facts),
      };
  }
};
