import type { Secret } from "../../core/secret.ts";
import type { AccessToken } from "../token/access-token.ts";

export interface SessionDescription {
  readonly grant: "client-credentials" | "pkce" | "access-token";
  /** OAuth client that the token is issued to; null when only the service knows it. */
  readonly clientId: string | null;
  /** Origin of the credential, e.g. `GENESYSCLOUD_ACCESS_TOKEN`, "profile `work`". */
  readonly source: string;
  /**
   * Display name of the store that keeps the credential between runs, such as `OS keychain (Secret Service)`; null
   * when it is not stored.
   */
  readonly storedIn: string | null;
}

/** Source of access tokens. It is lazy: no request is made before the first call of `accessToken()`. */
export interface Session {
  describe(): SessionDescription;
  /**
   * Returns a token that is not about to expire; the same one until it is close to expiry.
   * @throws AuthError when the token endpoint refuses, UnavailableError when it is throttled, NetworkError when it
   * does not respond
   */
  accessToken(): Promise<AccessToken>;
  /**
   * Returns a new token in place of one that the service rejected; null when this session can't obtain one.
   * @throws the errors of `accessToken`
   */
  renew(rejected: Secret): Promise<AccessToken | null>;
}
