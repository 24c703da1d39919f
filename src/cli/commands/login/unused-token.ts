import { type Revocation, revokeToken } from "../../../auth/token/revoke-token.ts";
import type { Clock } from "../../../core/clock.ts";
import { InterruptedError, UsageError } from "../../../core/errors.ts";
import { withDeadline } from "../../../http/connection/deadline.ts";
import type { Api } from "../../../platform/api/api.ts";

/** Maximum wait for the revocation after a login has already failed. */
const REVOCATION_MS = 5_000;

/**
 * Revokes a token that was obtained but will not be used, if the service can be reached.
 * @returns a clause with the result, for the user
 */
export async function revokeUnusedToken(api: Api, clock: Clock): Promise<string> {
  const { host } = new URL(api.region.apiUrl);
  const limits = { clock, timeoutMs: REVOCATION_MS };
  const revocation = await withDeadline(host, limits, async (signal) => await revokeToken(api, signal)).catch(
    () => null,
  );
  if (revocation?.outcome === "revoked") return "the new token was revoked";
  if (revocation?.outcome === "ended") return "the new token is no longer valid";
  return `the new token is not stored and stays valid until it expires${reasonOf(revocation)}`;
}

/**
 * Revokes a login's token when neither the user nor `--replace` agreed to the login.
 * @returns the error to throw: `reason`, with the result of the revocation added
 */
export async function refuseToken(
  api: Api,
  clock: Clock,
  reason: UsageError | InterruptedError,
): Promise<Error> {
  const message = `${reason.message}; ${await revokeUnusedToken(api, clock)}`;
  const options = { hint: reason.hint ?? undefined, cause: reason };
  return reason instanceof UsageError
    ? new UsageError(reason.code, message, options)
    : new InterruptedError(reason.code, message, options);
}

function reasonOf(revocation: Revocation | null): string {
  return revocation === null || revocation.reason === null ? "" : ` (${revocation.reason})`;
}
