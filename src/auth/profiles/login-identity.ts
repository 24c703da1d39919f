import { oneLine } from "../../core/text.ts";
import type { Profile } from "./profile.ts";
import { hasStoredSecrets, loginHostOf } from "./stored-login.ts";

/** Known facts that identify a login. */
export type LoginIdentity = Pick<
  Profile,
  "region" | "clientId" | "grant" | "organization" | "organizationId"
>;

/**
 * Returns whether a login as `next` would replace another organization, client or grant in the profile. The
 * same organization name at another host is another organization. An organization that is not yet known
 * counts as the same.
 */
export function isReplacement(held: Profile, next: LoginIdentity): boolean {
  return (
    holdsLogin(held) &&
    (!isSameHost(held, next) ||
      held.clientId.toLowerCase() !== next.clientId.toLowerCase() ||
      held.grant !== next.grant ||
      isOtherOrganization(held, next))
  );
}

/** Describes a login for a person, for example: client `ID` (pkce) in organization `Acme` at `mypurecloud.de`. */
export function describeLogin({ region, clientId, grant, organization }: LoginIdentity): string {
  const where = organization === null ? "" : ` in organization \`${oneLine(organization, 80)}\``;
  return `client \`${oneLine(clientId, 80)}\` (${grant})${where} at \`${oneLine(hostOf(region), 80)}\``;
}

/**
 * Returns whether the profile holds a login. A profile without secrets holds one only if its store is `none`; otherwise
 * it was logged out.
 */
function holdsLogin(profile: Profile): boolean {
  return profile.clientId !== "" && (hasStoredSecrets(profile) || profile.store === "none");
}

function isOtherOrganization(held: LoginIdentity, next: LoginIdentity): boolean {
  // An organization may be renamed, but its id stays. Profiles of earlier versions have no id.
  const [before, after] =
    held.organizationId !== null && next.organizationId !== null
      ? [held.organizationId, next.organizationId]
      : [held.organization, next.organization];
  return before !== null && after !== null && before !== after;
}

function isSameHost(held: LoginIdentity, next: LoginIdentity): boolean {
  return hostOf(held.region) === hostOf(next.region);
}

/** Returns the login host of a region, or the text itself when it is not a valid region. */
function hostOf(region: string): string {
  try {
    return loginHostOf(region);
  } catch {
    return region;
  }
}
