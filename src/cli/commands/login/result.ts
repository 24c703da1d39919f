import type { ProfileGrant } from "../../../auth/profiles/profile.ts";
import type { StoreKind } from "../../../auth/stores/credential-store.ts";
import type { WhoamiResult } from "../whoami/result.ts";

/** The JSON contract of `login`: what `whoami` says, and what is remembered of it. */
export interface LoginResult extends Omit<WhoamiResult, "schema"> {
  readonly schema: "genscope/login/v1";
  readonly login: {
    readonly profile: string;
    /** Whether this profile is the one that is used when none is named. */
    readonly isCurrent: boolean;
    readonly grant: ProfileGrant;
    readonly store: StoreKind;
    /** For a person; null for the store `none`. */
    readonly storedIn: string | null;
    /** What the client has to have registered; null for client credentials. */
    readonly redirectUri: string | null;
    /** Whether the token can be renewed without a person. */
    readonly isRenewable: boolean;
    /** What wins over this login in the environment it was made in, one sentence each. */
    readonly overriddenBy: readonly string[];
  };
}
