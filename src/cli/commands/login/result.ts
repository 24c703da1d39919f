import type { ProfileGrant } from "../../../auth/profiles/profile.ts";
import type { StoreKind } from "../../../auth/stores/credential-store.ts";
import type { WhoamiResult } from "../whoami/result.ts";

/** The JSON contract of `login`: the result of `whoami`, and where the login is stored. */
export interface LoginResult extends Omit<WhoamiResult, "schema"> {
  readonly schema: "genscope/login/v1";
  readonly login: {
    readonly profile: string;
    /** Whether this profile is the default. */
    readonly isCurrent: boolean;
    readonly grant: ProfileGrant;
    readonly store: StoreKind;
    /** Display name of the store; null for the store `none`. */
    readonly storedIn: string | null;
    /** The redirect URI that the client must have registered; null for client credentials. */
    readonly redirectUri: string | null;
    /** Whether the token can be renewed without asking the user. */
    readonly isRenewable: boolean;
    /** Variables of the current environment that override this login, one sentence each. */
    readonly overriddenBy: readonly string[];
  };
}
