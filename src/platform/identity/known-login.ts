import type { OAuthClient } from "../reading/principal.ts";

/** The login that issued a token, as far as this computer knows. */
export interface KnownLogin {
  readonly grant: "client-credentials" | "pkce" | "access-token";
  /** OAuth client of the login; null when only the service knows it. */
  readonly clientId: string | null;
}

/** Returns the OAuth client of a login, for a token whose client the service does not name. */
export function clientOf(login: KnownLogin | null): OAuthClient | null {
  if (login === null || login.clientId === null) return null;
  return {
    id: login.clientId,
    name: null,
    grantType: login.grant === "client-credentials" ? "CLIENT-CREDENTIALS" : "CODE",
    state: null,
    scopes: null,
    roleDivisions: null,
    organizationId: null,
    dateToDelete: null,
  };
}
