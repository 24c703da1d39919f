import { UsageError } from "../../core/errors.ts";
import { asRecord, asString } from "../../core/json.ts";
import type { Api } from "../api/api.ts";
import { parseNamed } from "../reading/named.ts";
import type { Principal } from "../reading/principal.ts";
import { attemptRead, type FailedReading, type Reading } from "../reading/reading.ts";
import { READS, type Read } from "../reading/reads.ts";
import { parseWhole } from "../reading/whole-list.ts";

/** A user of the organization as an administrator sees it. */
export interface DirectoryUser {
  readonly user: NonNullable<Principal["user"]>;
  /** `active`, `inactive` or `deleted`; null when the platform sent none. */
  readonly state: string | null;
}

/** A user that was found, or the read that failed. */
export type FoundUser =
  | { readonly isFound: true; readonly value: DirectoryUser }
  /** `id` is null when only a name was given. */
  | { readonly isFound: false; readonly id: string | null; readonly failure: FailedReading };

/** The search for a user, which is a POST query. */
const USER_SEARCH: Read = {
  path: "/api/v2/users/search",
  permissions: ["directory:user:view"],
  scopes: ["users", "users:readonly"],
};

const UUID = /^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/i;
const MOST_OFFERED = 3;
const PAGE_SIZE = 25;

/**
 * Finds a user by id, name or email address.
 * @throws UsageError `usage.unknown_user` when no user matches or several do; the failure of the lookup unless it is a
 * 403
 */
export async function findUser(api: Api, text: string): Promise<FoundUser> {
  return UUID.test(text) ? await readUser(api, text) : await searchUser(api, text);
}

async function readUser(api: Api, userId: string): Promise<FoundUser> {
  const reading = await attemptRead(api, READS.userById, { parameters: { userId }, parse: parseUser });
  if (reading.isRead) return { isFound: true, value: reading.value };
  if (reading.status === 404) throw unknownUser(userId);
  return notFound(userId, reading);
}

/**
 * Searches for a user by name or email address, ignoring case.
 * @throws UsageError `usage.unknown_user` when no user or more than one matches
 */
async function searchUser(api: Api, text: string): Promise<FoundUser> {
  const query = [{ type: "EXACT", fields: ["name", "email"], value: text }];
  const reading: Reading<readonly DirectoryUser[]> = await attemptRead(api, USER_SEARCH, {
    body: { pageSize: PAGE_SIZE, pageNumber: 1, query },
    // When no user matches, the response has no list.
    parse: (body) => parseWhole(asRecord(body)["results"] ?? [], parseUser),
  });
  if (!reading.isRead) return notFound(null, reading);
  const wanted = text.toLowerCase();
  const matching = reading.value.filter(({ user: { name, email } }) =>
    [name, email].some((each) => each?.toLowerCase() === wanted),
  );
  const [found] = matching;
  if (found === undefined) throw unknownUser(text);
  if (matching.length === 1) return { isFound: true, value: found };
  throw new UsageError("usage.unknown_user", `${matching.length} users are named \`${text}\``, {
    hint: `choose one by id: ${matching
      .slice(0, MOST_OFFERED)
      .map(({ user: { id, email } }) => (email === null ? id : `${id} (${email})`))
      .join(", ")}`,
  });
}

/** Returns an unknown user for a 403. @throws any other failure */
function notFound(id: string | null, failure: FailedReading): FoundUser {
  if (failure.status !== 403) throw failure.error;
  return { isFound: false, id, failure };
}

function unknownUser(text: string): UsageError {
  return new UsageError("usage.unknown_user", `there is no user \`${text}\``, {
    hint: "specify a full name, email address or id: --user name@example.com",
  });
}

function parseUser(value: unknown): DirectoryUser | null {
  const named = parseNamed(value);
  if (named === null) return null;
  const { email, state } = asRecord(value);
  return { user: { ...named, email: asString(email) }, state: asString(state) };
}
