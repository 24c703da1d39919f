import { NetworkError, UnavailableError } from "../../core/errors.ts";
import { oneLine } from "../../core/text.ts";
import type { Api } from "../../platform/api.ts";
import { readRefusal } from "../../platform/refusal.ts";

export interface Revocation {
  /** `ended`: the service does not know the token any more. `none`: there was nothing to revoke. */
  readonly outcome: "revoked" | "ended" | "refused" | "unreachable" | "none";
  /** For a person, where it is not plain. */
  readonly reason: string | null;
  readonly correlationId: string | null;
}

/**
 * Revokes the token of this API at the service: `DELETE /api/v2/tokens/me`, which needs no permission. That it
 * could not be done is an answer, not an error: who logs out wants the secrets gone here in any case.
 */
export async function revokeToken(api: Api): Promise<Revocation> {
  try {
    const answer = await api.send({ method: "DELETE", path: "/api/v2/tokens/me" });
    const { status, correlationId } = answer;
    if (status >= 200 && status < 300) {
      return { outcome: "revoked", reason: null, correlationId };
    }
    const refusal = readRefusal(answer.body);
    if (status === 401 && refusal !== null) {
      return { outcome: "ended", reason: null, correlationId };
    }
    const said = refusal?.message ?? refusal?.code ?? "nothing in the platform's words";
    return { outcome: "refused", reason: `${status}: ${oneLine(said, 200)}`, correlationId };
  } catch (error) {
    if (error instanceof NetworkError || error instanceof UnavailableError) {
      return { outcome: "unreachable", reason: error.message, correlationId: error.correlationId };
    }
    throw error;
  }
}
