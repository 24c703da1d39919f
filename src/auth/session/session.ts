import type { Secret } from "../../core/secret.ts";
import type { AccessToken } from "../token/access-token.ts";

export interface SessionDescription {
  readonly grant: "client-credentials" | "pkce" | "access-token";
  /** The OAuth client the token is requested for; null when only the service knows. */
  readonly clientId: string | null;
  /** Where the credential came from, e.g. `GENESYSCLOUD_ACCESS_TOKEN`, "profile `work`". */
  readonly source: string;
  /** Where it is remembered between runs, for a person: `OS keychain (Secret Service)`; null when it is not. */
  readonly storedIn: string | null;
}

/** One way to a token. It is lazy: nothing is asked before `accessToken()` is. */
export interface Session {
  describe(): SessionDescription;
  /**
   * A token that is good for a while; the same one until it is close to expiry.
   * @throws AuthError when the token endpoint refuses, UnavailableError when it is throttled, NetworkError when
   * it does not answer.
   */
  accessToken(): Promise<AccessToken>;
  /**
   * A new token in place of one that the service rejected; null when this session can't make one.
   * @throws as `accessToken`
   */
  renew(rejected: Secret): Promise<AccessToken | null>;
}
