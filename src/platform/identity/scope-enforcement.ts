import type { Api } from "../api/api.ts";
import type { Principal } from "../reading/principal.ts";
import { attemptRead, type Reading } from "../reading/reading.ts";
import { IDENTITY_READS, type Read, SCOPE_PROBES } from "../reading/reads.ts";

const SCOPE_REFUSED = "app.not.authorized.for.scope";
/** A scope of the API definition that no operation requires. A token with it counts as having every scope. */
const EVERY_SCOPE = "all";

export type ScopesBind = Principal["scopesBind"];

/** A read with its outcome. */
export interface Observation {
  readonly read: Read;
  readonly reading: Reading<unknown>;
}

/**
 * Decides whether an organization enforces scopes from observed calls. A refusal for a missing scope proves that it
 * does. A successful call whose scopes the token lacks proves that it does not, unless the call only identifies the
 * token. No other call proves anything.
 * @param scopes the scopes of the token; null when they could not be read
 */
export function judgeScopeEnforcement(
  scopes: readonly string[] | null,
  observations: readonly Observation[],
): ScopesBind {
  if (observations.some(({ reading }) => !reading.isRead && isScopeRefusal(reading))) return "yes";
  const showsNone = ({ read, reading }: Observation) =>
    reading.isRead && !IDENTITY_READS.includes(read) && lacks(scopes, read);
  return observations.some(showsNone) ? "no" : "unknown";
}

/** Returns whether a read was refused for a missing scope. */
export function isScopeRefusal(reading: {
  readonly status: number | null;
  readonly code: string | null;
}): boolean {
  return reading.status === 403 && reading.code === SCOPE_REFUSED;
}

/** Makes one more call, for which the token lacks the scope; null when genscope knows no such call. */
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
