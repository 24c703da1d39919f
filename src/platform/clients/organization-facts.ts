import type { Api } from "../api/api.ts";
import { readOrganizationPolicies } from "../identity/access-policies.ts";
import { readDivisions } from "../identity/divisions.ts";
import { readOwnedPermissions } from "../identity/permissions.ts";
import { ReadingLog } from "../identity/reading-log.ts";
import { readRoles } from "../identity/roles.ts";
import type {
  AccessPolicy,
  Call,
  Division,
  OwnedPermissions,
  Role,
  Unreadable,
} from "../reading/principal.ts";
import type { Reading } from "../reading/reading.ts";
import { READS } from "../reading/reads.ts";

/**
 * Facts needed to evaluate any identity in an organization, each read once. Null for a fact that could not be
 * read.
 */
export interface OrganizationFacts {
  readonly roles: readonly Role[] | null;
  readonly divisions: readonly Division[] | null;
  readonly ownedPermissions: OwnedPermissions | null;
  /**
   * The access policies, either of one subject or of the whole organization, including those that apply to
   * others.
   */
  readonly accessPolicies: readonly AccessPolicy[] | null;
  readonly unreadable: readonly Unreadable[];
  readonly calls: readonly Call[];
}

/**
 * Reads roles, divisions, permission catalog and access policies of the organization in parallel.
 * @param readPolicies reads the access policies; by default, those of every subject; returns null to read none
 */
export async function readOrganizationFacts(
  api: Api,
  readPolicies: (api: Api) => Promise<Reading<readonly AccessPolicy[]> | null> = readOrganizationPolicies,
): Promise<OrganizationFacts> {
  const log = new ReadingLog();
  const [roles, divisions, permissions, policies] = await Promise.all([
    readRoles(api),
    readDivisions(api),
    readOwnedPermissions(api),
    readPolicies(api),
  ]);
  const owned = log.take("permission catalogue", READS.permissions, permissions);
  return {
    roles: log.take("roles", READS.roles, roles),
    divisions: log.take("divisions", READS.divisions, divisions),
    ownedPermissions: owned === null ? null : new Map(owned.map((each) => [each.permission, each])),
    accessPolicies: log.take("access policies", READS.organizationPolicies, policies),
    unreadable: log.unreadable,
    calls: log.observations.flatMap(({ reading }) => reading.calls),
  };
}
