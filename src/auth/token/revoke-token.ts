import { NetworkError, UnavailableError } from "../../core/errors.ts";
import { oneLine } from "../../core/text.ts";
import type { Api } from "../../platform/api/api.ts";
import { readRefusal } from "../../platform/api/refusal.ts";

export interface Revocation {
  /**
   * Outcome of the request. `ended`: the service no longer knows the token. `none`: there was no token to
   * revoke.
   */
  readonly outcome: "revoked" | "ended" | "refused" | "unreachable" | "none";
  /** A readable explanation, when the outcome needs one. */
  readonly reason: string | null;
  readonly correlationId: string | null;
}

/**
 * Asks the service to revoke the token that `api` uses: `DELETE /api/v2/tokens/me`, which needs no permission. A
 * failure is returned, not thrown, because a logout erases the secrets on this machine anyway.
 * @param signal ends the attempt, with an InterruptedError
 */
export async function revokeToken(api: Api, signal?: AbortSignal): Promise<Revocation> {
  try {
    const request = { method: "DELETE", path: "/api/v2/tokens/me" };
    const answer = await api.send(signal === undefined ? request : { ...request, signal });
    const { status, correlationId } = answer;
    if (status >= 200 && status < 300) return { outcome: "revoked", reason: null, correlationId };
    const refusal = readRefusal(answer.body);
    if (status === 401 && refusal !== null) return { outcome: "ended", reason: null, correlationId };
    const said = refusal?.message ?? refusal?.code ?? "no message from the platform";
    return { outcome: "refused", reason: `${status}: ${oneLine(said, 200)}`, correlationId };
  } catch (error) {
    if (error instanceof NetworkError || error instanceof UnavailableError) {
      return { outcome: "unreachable", reason: error.message, correlationId: error.correlationId };
    }
    throw error;
  }
}
