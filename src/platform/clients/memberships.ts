import { asRecord, asString } from "../../core/json.ts";
import type { Api } from "../api/api.ts";
import { readSubject, type SubjectGrant } from "../identity/subjects.ts";
import type { Grant, Role } from "../reading/principal.ts";
import { attemptRead, failIncomplete, type Reading } from "../reading/reading.ts";
import { READS } from "../reading/reads.ts";
import { parseWhole } from "../reading/whole-list.ts";

/** The groups of a user, and the user's grants with the group that each comes through. */
export interface GroupedGrants {
  readonly groupIds: readonly string[];
  readonly grants: readonly Grant[];
}

/**
 * Reads the groups of a user, and which of the user's grants come through a group. A role that the user holds
 * both directly and through a group is listed twice.
 * @param roles the roles that the user holds, with their permissions
 */
export async function readGroupedGrants(
  api: Api,
  userId: string,
  roles: readonly Role[],
): Promise<Reading<GroupedGrants>> {
  const [groups, subject] = await Promise.all([
    attemptRead(api, READS.groupsOfUser, {
      parameters: { userId },
      query: { expand: "groups" },
      parse: (body) => parseWhole(asRecord(body)["groups"], (group) => asString(asRecord(group)["id"])),
    }),
    readSubject(api, userId, { includeDuplicates: true }),
  ]);
  const calls = [...groups.calls, ...subject.calls];
  if (!groups.isRead) return { ...groups, calls };
  if (!subject.isRead) return { ...subject, calls };
  const listed = subject.value.grants;
  const grants = listed === null ? null : spellOut(listed, roles, userId);
  if (grants === null) return failIncomplete(READS.subject, calls, "grants that cannot be parsed");
  // A user who holds a role through a group is a member of it, even if the user's profile does not list the group.
  const ofGrants = grants.flatMap(({ groupId }) => groupId ?? []);
  return { isRead: true, value: { groupIds: [...new Set([...groups.value, ...ofGrants])], grants }, calls };
}

/** Reads what is granted to a group; null when it can't be read. */
export async function readGroupGrants(
  api: Api,
  groupId: string,
  roles: readonly Role[],
): Promise<readonly Grant[] | null> {
  const subject = await readSubject(api, groupId);
  const listed = subject.isRead ? subject.value.grants : null;
  return listed === null ? null : spellOut(listed, roles, groupId);
}

/** Adds permissions to grants; null when the permissions of a role are not known. */
function spellOut(
  listed: readonly SubjectGrant[],
  roles: readonly Role[],
  ownId: string,
): readonly Grant[] | null {
  const grants = listed.flatMap(({ role, policies, division, isRecent, subjectId }): readonly Grant[] => {
    const known = roles.find(({ id }) => id === role.id);
    const spelled = policies === null ? known : { ...known, ...role, policies };
    const place = subjectId === null || subjectId === ownId ? {} : { groupId: subjectId };
    return spelled === undefined ? [] : [{ role: spelled, division, isRecent, ...place }];
  });
  return grants.length === listed.length ? grants : null;
}
