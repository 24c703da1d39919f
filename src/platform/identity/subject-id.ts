import type { OAuthClient, Principal } from "../reading/principal.ts";
import type { Reading } from "../reading/reading.ts";
import type { Subject } from "./subjects.ts";
import type { OwnUser } from "./users.ts";

export interface SubjectSources {
  readonly client: OAuthClient | null;
  readonly ownSubject: Reading<Subject> | null;
  /** Id of the user that `tokens/me` names; null when it names none. */
  readonly ofToken: string | null;
  /** The read of the user behind the token; null when it was not made. */
  readonly reading: Promise<Reading<OwnUser>> | null;
}

/**
 * Returns the id under which the service lists grants and access policies: that of the user, or that of the
 * client. A token of unknown kind counts as a client's unless its user can be read.
 */
export async function subjectIdOf(
  kind: Principal["kind"],
  { client, ownSubject, ofToken, reading }: SubjectSources,
): Promise<{ readonly id: string | null; readonly isClient: boolean }> {
  if (kind === "client") return { id: client?.id ?? null, isClient: true };
  const known = (ownSubject?.isRead ? ownSubject.value.id : null) ?? ofToken;
  if (known !== null && kind === "user") return { id: known, isClient: false };
  const user = reading === null ? null : await reading;
  if (user?.isRead) return { id: user.value.user.id, isClient: false };
  if (kind === "user") return { id: null, isClient: false };
  return { id: known ?? client?.id ?? null, isClient: true };
}
