import { oneLine } from "../../core/text.ts";
import type { Profile } from "./profile.ts";
import { hasStoredSecrets, loginHostOf } from "./stored-login.ts";

/** What identifies a login, as far as it is known. */
export type LoginIdentity = Pick<
  Profile,
  "region" | "clientId" | "grant" | "organization" | "organizationId"
>;

/**
 * Returns whether a login as `next` would replace another organization, client or grant in the profile. The same
 * organization name at another host is another organization. An organization that is not known yet differs from none.
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

/** Describes a login for a person: client `ID` (pkce) in organization `Acme` at `mypurecloud.de`. */
export function describeLogin({ region, clientId, grant, organization }: LoginIdentity): string {
  const where = organization === null ? "" : ` in organization \`${oneLine(organization, 80)}\``;
  return `client \`${oneLine(clientId, 80)}\` (${grant})${where} at \`${oneLine(hostOf(region), 80)}\``;
}

/** A profile without secrets holds a login only when its store is `none`; any other was logged out. */
function holdsLogin(profile: Profile): boolean {
  return profile.clientId !== "" && (hasStoredSecrets(profile) || profile.store === "none");
}

function isOtherOrganization(held: LoginIdentity, next: LoginIdentity): boolean {
  // An organization may be renamed; its id stays. Profiles of earlier versions have no id.
  const [before, after] =
    held.organizationId !== null && next.organizationId !== null
      ? [held.organizationId, next.organizationId]
      : [held.organization, next.organization];
  return before !== null && after !== null && before !== after;
}

function isSameHost(held: LoginIdentity, next: LoginIdentity): boolean {
  return hostOf(held.region) === hostOf(next.region);
}

/** Login host of a region; the text itself when the file holds something that is no region. */
function hostOf(region: string): string {
  try {
    return loginHostOf(region);
  } catch {
    return region;
  }
}
