import type { SessionDescription } from "../../../auth/session/session.ts";
import type { Division, Named, Principal, Unreadable } from "../../../platform/reading/principal.ts";

/** The JSON contract of `whoami`. All fields are always present; unknown ones are null. */
export interface WhoamiResult {
  readonly schema: "genscope/whoami/v1";
  readonly kind: Principal["kind"];
  readonly user: Principal["user"];
  readonly organization: Named | null;
  /**
   * The organization that the client belongs to. It differs from `organization` when the token works in another
   * organization, which trusts the client's own.
   */
  readonly homeOrganization: Named | null;
  readonly region: {
    readonly id: string | null;
    readonly label: string;
    readonly domain: string;
    readonly loginUrl: string;
    readonly apiUrl: string;
    readonly source: string;
  };
  /** The platform's name for the grant, e.g. `CLIENT-CREDENTIALS`. */
  readonly grant: string | null;
  readonly client:
    | (Named & {
        readonly state: string | null;
        /** Whether the client is one of the platform's own applications, such as its UI. */
        readonly isBuiltIn: boolean;
        readonly dateToDelete: string | null;
      })
    | null;
  readonly scopes: readonly string[] | null;
  readonly scopesBind: Principal["scopesBind"];
  readonly roles: readonly HeldRole[] | null;
  readonly token: {
    /** How genscope obtained the token. */
    readonly obtainedBy: SessionDescription["grant"];
    readonly source: string;
    /** The store that keeps the token between runs; null when it is not stored. */
    readonly storedIn: string | null;
    /** Expiry, RFC 3339. */
    readonly expiresAt: string | null;
    readonly expiresAtEpochSeconds: number | null;
    readonly expiresInSeconds: number | null;
    readonly idlesAt: string | null;
    readonly idlesAtEpochSeconds: number | null;
  };
  readonly idleTimeout: Principal["idleTimeout"];
  readonly unreadable: readonly UnreadableFact[];
}

/** A role with every division in which it is granted. */
export interface HeldRole extends Named {
  readonly divisions: readonly Division[] | "*";
}

/** A fact that is unknown, with the reason and the permissions that would make it readable. */
export interface UnreadableFact {
  readonly what: Unreadable["what"];
  readonly reason: string;
  readonly permissions: readonly string[];
  readonly scopes: readonly string[];
  readonly status: number | null;
  readonly code: string | null;
  readonly correlationId: string | null;
}
