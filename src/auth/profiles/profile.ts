import type { StoreKind } from "../stores/credential-store.ts";

export type ProfileGrant = "pkce" | "client-credentials";

/**
 * What is remembered of a login in the open: everything but secrets. The index of secrets is part of it,
 * because some stores can't tell "locked" from "absent".
 */
export interface Profile {
  readonly name: string;
  /** As `parseRegion` takes it: an AWS id, or the base URL of a gateway or sandbox. */
  readonly region: string;
  readonly grant: ProfileGrant;
  readonly clientId: string;
  readonly store: StoreKind;
  /** The redirect URI of the last PKCE login, exactly as registered; null for client credentials. */
  readonly redirectUri: string | null;
  /** Of the remembered access token, RFC 3339 UTC; null when nobody said or none is remembered. */
  readonly accessTokenExpiresAt: string | null;
  /** From when on that token is replaced before it is used, RFC 3339 UTC; null when it is kept until refused. */
  readonly accessTokenRenewsAt: string | null;
  /** Which secrets the store holds for this profile. */
  readonly remembered: {
    readonly accessToken: boolean;
    readonly refreshToken: boolean;
    readonly clientSecret: boolean;
  };
  /** Counts the changes of what is remembered, so that a process sees that another was there. */
  readonly generation: number;
  /** Who logged in, to be shown in lists: organization and user or client names. */
  readonly organization: string | null;
  /** Tells a renamed organization from another one; null when not known. */
  readonly organizationId: string | null;
  readonly identity: string | null;
}
