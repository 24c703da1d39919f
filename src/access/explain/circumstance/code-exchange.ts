import type { Circumstance, CircumstanceFacts } from "./circumstance.ts";

/** Matches the operations that give a visitor a token, for an identity provider's code or for a refresh token. */
const EXCHANGE = /^\/api\/v2\/webdeployments\/token\/(?:oauthcodegrantjwtexchange|refresh)$/;

/** Explains a 401 for a visitor's sign-in, which sends no API token; null for any other operation. */
export function findCodeExchange({ status, operation, layer }: CircumstanceFacts): Circumstance | null {
  if (status !== 401 || layer !== "token" || !EXCHANGE.test(operation?.path ?? "")) return null;
  return {
    layer: "credentials",
    meaning:
      "this operation signs a visitor in with a code or refresh token from the organization's identity provider, not with an API token; the platform or the provider rejected that code or token, or the client of the OpenID Connect integration",
    claims: [],
    remedies: [
      {
        kind: "fix-credentials",
        summary:
          "compare the client id, secret and discovery address in the OpenID Connect integration with those at the identity provider",
        menuPath: "Admin > Integrations > Integrations > the OpenID Connect integration > Configuration",
      },
      {
        kind: "none",
        summary:
          "send a new code, with the redirect URI and the code verifier of the same sign-in: a code works only once and for a short time",
      },
    ],
    isWholeRemedy: true,
  };
}
