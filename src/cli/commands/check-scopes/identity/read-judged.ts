import type { Api } from "../../../../platform/api/api.ts";
import { type IdentityNames, readOtherIdentity } from "../../../../platform/clients/other-identity.ts";
import { DIAGNOSIS_FACTS, readPrincipal } from "../../../../platform/identity/identity.ts";
import type { Principal } from "../../../../platform/reading/principal.ts";
import type { CheckConnection } from "../request.ts";

/** Reads the principal to check: the token in use, or another identity. @throws UsageError for an unknown name */
export async function readJudged(
  identity: IdentityNames | null,
  {
    api,
    session,
    permissions,
  }: {
    readonly api: Api;
    readonly session: CheckConnection["session"];
    /** Permissions to check one by one when the grants can't be read. */
    readonly permissions: readonly string[];
  },
): Promise<Principal> {
  return identity === null
    ? await readPrincipal(api, DIAGNOSIS_FACTS, { permissions, login: session.describe() })
    : await readOtherIdentity(api, identity, permissions);
}

/** Note for stderr about facts that only a call by the checked identity could reveal. */
export const NOTE_ON_IDENTITY =
  "this identity is evaluated without its own token, so no IP address is checked against the allowlist";
