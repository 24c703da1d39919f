import type { StoreKind } from "../stores/credential-store.ts";

export type ProfileGrant = "pkce" | "client-credentials";

/**
 * Everything stored about a login except its secrets. It includes an index of the secrets, because some
 * stores can't distinguish "locked" from "absent".
 */
export interface Profile {
  readonly name: string;
  /** Value that `parseRegion` accepts: an AWS id, or the base URL of a gateway or sandbox. */
  readonly region: string;
  readonly grant: ProfileGrant;
  readonly clientId: string;
  readonly store: StoreKind;
  /** Redirect URI of the last PKCE login, exactly as registered; null for client credentials. */
  readonly redirectUri: string | null;
  /** Expiry of the stored access token, RFC 3339 UTC; null when unknown or when no token is stored. */
  readonly accessTokenExpiresAt: string | null;
  /**
   * Time after which that token is replaced before it is used, RFC 3339 UTC; null when it is used until the
   * service rejects it.
   */
  readonly accessTokenRenewsAt: string | null;
  /** Index of the secrets that the store holds for this profile. */
  readonly remembered: {
    readonly accessToken: boolean;
    readonly refreshToken: boolean;
    readonly clientSecret: boolean;
  };
  /** Counter of changes to the login, so that a process notices changes made by another one. */
  readonly generation: number;
  /** Organization name, shown in lists. */
  readonly organization: string | null;
  /** Organization id, which distinguishes a renamed organization from another one; null when unknown. */
  readonly organizationId: string | null;
  /** Name of the user or client that logged in, shown in lists. */
  readonly identity: string | null;
}

/** Returns a profile that has no tokens yet and whose organization and identity are still unknown. */
export function emptyProfile(
  login: Pick<Profile, "name" | "region" | "grant" | "clientId" | "store" | "redirectUri">,
): Profile {
  return {
    ...login,
    accessTokenExpiresAt: null,
    accessTokenRenewsAt: null,
    remembered: { accessToken: false, refreshToken: false, clientSecret: false },
    generation: 0,
    organization: null,
    organizationId: null,
    identity: null,
  };
}
