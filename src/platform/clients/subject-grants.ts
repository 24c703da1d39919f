import type { Api } from "../api/api.ts";
import { type OwnGrants, readOwnGrants } from "../identity/own-grants.ts";
import { askPermissions } from "../identity/permission-answers.ts";
import { readSubject } from "../identity/subjects.ts";
import type { OAuthClient, PermissionAnswers, Principal, Unreadable } from "../reading/principal.ts";
import type { OrganizationFacts } from "./organization-facts.ts";

/** The grants of a subject, or instead the results of checking single permissions. */
export interface SubjectHoldings extends Pick<OwnGrants, "grants"> {
  readonly answers: Principal["answers"];
  readonly unreadable: readonly Unreadable[];
}

export interface HoldingsQuestion {
  /** Id of a user, or of an OAuth client that acts for itself. */
  readonly subjectId: string;
  /** The client with its listed roles; not used for a user. */
  readonly client: OAuthClient | null;
  readonly isClient: boolean;
  readonly facts: OrganizationFacts;
  /** Permissions to check when the grants can't be read. */
  readonly permissions: readonly string[];
}

/**
 * Reads all grants of another subject. When that is refused, it checks single permissions, which leaves role
 * conditions open.
 */
export async function readSubjectGrants(
  api: Api,
  { subjectId, client, isClient, facts, permissions }: HoldingsQuestion,
): Promise<SubjectHoldings> {
  const { roles, divisions } = facts;
  const ownSubject = await readSubject(api, subjectId);
  const own = await readOwnGrants(api, { ownSubject, client, isClient, subjectId: null, roles, divisions });
  if (own.grants !== null || permissions.length === 0) return { ...own, answers: null };
  const asked = await askPermissions(api, [subjectId], permissions);
  const answers: PermissionAnswers | null =
    asked.permitted.size === 0 ? null : { permitted: asked.permitted, ofUser: null };
  return { grants: null, answers, unreadable: [...own.unreadable, ...asked.unreadable] };
}
