import type { Api } from "./api.ts";
import type { Principal } from "./principal.ts";
import { attemptRead, type Reading } from "./reading.ts";
import { IDENTITY_READS, type Read, SCOPE_PROBES } from "./reads.ts";

const SCOPE_REFUSED = "app.not.authorized.for.scope";
/** In the API's definition, though no operation names it: whoever holds it lacks no scope. */
const EVERY_SCOPE = "all";

export type ScopesBind = Principal["scopesBind"];

/** A read with how it went. */
export interface Observation {
  readonly read: Read;
  readonly reading: Reading<unknown>;
}

/**
 * Whether an organization enforces scopes, seen from what happened: a refusal for want of a scope says yes;
 * an answer to a call of which the token holds no scope says no, unless the call only asks who the token is.
 * Nothing else says anything.
 * @param scopes of the token; null when they could not be read
 */
export function judgeScopeEnforcement(
  scopes: readonly string[] | null,
  observations: readonly Observation[],
): ScopesBind {
  if (observations.some(({ reading }) => !reading.isRead && isScopeRefusal(reading))) {
    return "yes";
  }
  const showsNone = ({ read, reading }: Observation) =>
    reading.isRead && !IDENTITY_READS.includes(read) && lacks(scopes, read);
  return observations.some(showsNone) ? "no" : "unknown";
}

/** The platform's words for a missing scope. */
export function isScopeRefusal(reading: {
  readonly status: number | null;
  readonly code: string | null;
}): boolean {
  return reading.status === 403 && reading.code === SCOPE_REFUSED;
}

/** Makes one more call, of which the token lacks every scope; null when there is no such call among ours. */
export async function probeScopeEnforcement(
  api: Api,
  scopes: readonly string[] | null,
): Promise<Observation | null> {
  const read = SCOPE_PROBES.find((candidate) => lacks(scopes, candidate));
  return read === undefined
    ? null
    : { read, reading: await attemptRead(api, read, { parse: (body) => body }) };
}

function lacks(scopes: readonly string[] | null, read: Read): boolean {
  return (
    scopes !== null && !scopes.includes(EVERY_SCOPE) && !read.scopes.some((scope) => scopes.includes(scope))
  );
}
