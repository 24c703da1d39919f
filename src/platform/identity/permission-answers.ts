import { appendAll } from "../../core/lists/append-all.ts";
import type { Api } from "../api/api.ts";
import type { Call, Unreadable } from "../reading/principal.ts";
import { toUnreadable } from "../reading/reading.ts";
import { type PermittedDivisions, readPermittedDivisions } from "./permitted-divisions.ts";

/** Maximum number of permissions to check. Each takes a call, and the platform allows 300 per minute. */
const MOST_ASKED = 60;
const ASKED_AT_A_TIME = 4;

export interface PermittedAnswers {
  readonly permitted: ReadonlyMap<string, PermittedDivisions>;
  readonly unreadable: readonly Unreadable[];
  readonly calls: readonly Call[];
}

/**
 * Returns the ways to identify the subject of the token in use: as the token's own subject, or by id if the service
 * refuses the first way.
 */
export function ownSubjectFirst(subjectId: string | null): readonly (string | null)[] {
  return subjectId === null ? [null] : [null, subjectId];
}

/**
 * Reads the divisions of single permissions, for a principal whose grants could not be read. Tries each way
 * to identify the principal until the service answers. Permissions after the first 60 are not checked.
 * @param subjects ids of the same user or OAuth client; null for the token's own subject
 */
export async function askPermissions(
  api: Api,
  subjects: readonly (string | null)[],
  permissions: readonly string[],
): Promise<PermittedAnswers> {
  const permitted = new Map<string, PermittedDivisions>();
  const calls: Call[] = [];
  const unreadable: Unreadable[] = [];
  const wanted = [...new Set(permissions)].slice(0, MOST_ASKED);
  for (const subject of subjects) {
    for (let next = 0; next < wanted.length; ) {
      // Starts with a single call, which shows whether the service answers for this subject at all.
      const some = wanted.slice(next, next + (next === 0 ? 1 : ASKED_AT_A_TIME));
      next += some.length;
      const readings = await Promise.all(some.map((name) => readPermittedDivisions(api, subject, name)));
      for (const [index, reading] of readings.entries()) {
        appendAll(calls, reading.calls);
        if (reading.isRead) permitted.set(some[index] ?? "", reading.value);
        else unreadable.push(toUnreadable("grants", reading));
      }
      if (unreadable.length > 0) break;
    }
    if (permitted.size > 0) return { permitted, unreadable, calls };
    if (subject !== subjects.at(-1)) unreadable.length = 0;
  }
  return { permitted, unreadable, calls };
}
