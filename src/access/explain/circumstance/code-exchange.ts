import type { Circumstance, CircumstanceFacts } from "./circumstance.ts";

/** Matches the operations that exchange a grant from an identity provider for a visitor's token. */
const EXCHANGE = /^\/api\/v2\/webdeployments\/token\/(?:oauthcodegrantjwtexchange|refresh)$/;

/** Explains a 401 for a visitor's sign-in, which sends no API token; null for any other operation. */
export function findCodeExchange({ status, operation, layer }: CircumstanceFacts): Circumstance | null {
  if (status !== 401 || layer !== "token" || !EXCHANGE.test(operation?.path ?? "")) return null;
  return {
    layer: "credentials",
    meaning:
      "the operation signs a visitor in with what the organization's identity provider issued, and takes no token of the API: the code or the refresh token, or the client of the OpenID Connect integration, is not accepted",
    claims: [],
    remedies: [
      {
        kind: "fix-credentials",
        summary:
          "compare client id, secret and discovery address of the OpenID Connect integration with the client at the identity provider",
        menuPath: "Admin > Integrations > Integrations > the OpenID Connect integration > Configuration",
      },
      {
        kind: "none",
        summary:
          "send a new code, with the redirect URI and the code verifier of the same sign-in: a code works once and for a short time",
      },
    ],
    isWholeRemedy: true,
  };
}
