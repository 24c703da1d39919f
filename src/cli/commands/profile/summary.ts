import type { Profile, ProfileGrant } from "../../../auth/profiles/profile.ts";
import { hasStoredSecrets, instantMs } from "../../../auth/profiles/stored-login.ts";
import type { StoreKind } from "../../../auth/stores/credential-store.ts";
import { withoutFractions } from "../../../core/text.ts";

/** A profile in the form that every `profile` command shows. */
export interface ProfileSummary {
  readonly name: string;
  readonly isCurrent: boolean;
  readonly region: string;
  readonly grant: ProfileGrant;
  readonly clientId: string | null;
  readonly store: StoreKind;
  readonly isLoggedIn: boolean;
  readonly remembered: Profile["remembered"];
  /** Expiry of the access token, RFC 3339. */
  readonly accessTokenExpiresAt: string | null;
  readonly accessTokenExpiresAtEpochSeconds: number | null;
  readonly redirectUri: string | null;
  readonly organization: string | null;
  readonly identity: string | null;
}

export function summarize(profile: Profile, current: string | null): ProfileSummary {
  const expiresAtMs = instantMs(profile.accessTokenExpiresAt);
  return {
    name: profile.name,
    isCurrent: profile.name === current,
    region: profile.region,
    grant: profile.grant,
    clientId: profile.clientId === "" ? null : profile.clientId,
    store: profile.store,
    isLoggedIn: hasStoredSecrets(profile),
    remembered: profile.remembered,
    accessTokenExpiresAt: profile.accessTokenExpiresAt,
    accessTokenExpiresAtEpochSeconds: expiresAtMs === null ? null : Math.floor(expiresAtMs / 1_000),
    redirectUri: profile.redirectUri,
    organization: profile.organization,
    identity: profile.identity,
  };
}

/** Describes the login state of a profile. Omits the expiry of a token that can be renewed. */
export function describeLogin(summary: ProfileSummary): string {
  if (!summary.isLoggedIn) return "not logged in";
  const { clientSecret, refreshToken } = summary.remembered;
  const isTried = [summary.accessTokenExpiresAt, summary.organization, summary.identity].some(
    (fact) => fact !== null,
  );
  // An imported secret may be wrong or outdated.
  if (clientSecret && !isTried) return "secret stored, not tried yet";
  if (clientSecret || refreshToken) return "logged in, renews automatically";
  return summary.accessTokenExpiresAt === null
    ? "logged in"
    : `logged in until ${withoutFractions(summary.accessTokenExpiresAt)}`;
}
