import type { OAuthClient, TokenDoubt } from "../reading/principal.ts";
import { READS } from "../reading/reads.ts";
import type { Approval } from "./client-approval.ts";
import type { FoundUser } from "./find-user.ts";

/**
 * Returns why tokens of a client may not work. Omits a disabled client, because the diagnosis denies its calls anyway.
 */
export function doubtsOfClient({ state, name, id }: OAuthClient): readonly TokenDoubt[] {
  const client = `OAuth client "${name ?? id}"`;
  switch (state?.toLowerCase()) {
    case "active":
    case "disabled":
      return [];
    case "inactive":
      return [doubt("token", `${client} is inactive: it gets no new tokens, and existing ones expire`)];
    default:
      return [doubt("token", `whether ${client} is active could not be read`, READS.oauthClients)];
  }
}

/** Returns why a user may have no token. */
export function doubtsOfUser(found: FoundUser): readonly TokenDoubt[] {
  if (!found.isFound) {
    const { reason, read } = found.failure;
    return [doubt("token", `whether the user is active could not be read: ${reason}`, read)];
  }
  const { user, state } = found.value;
  const name = `user "${user.name ?? user.id}"`;
  if (state === null) return [doubt("token", `whether ${name} is active could not be read`)];
  return state.toLowerCase() === "active"
    ? []
    : [doubt("token", `${name} is ${state} and may be unable to get a token`)];
}

/**
 * Returns why a token may lack a scope of its client: an organization that enforces scopes requires an
 * administrator to approve them, and a login without the approval fails.
 */
export function doubtsOfApproval(client: OAuthClient, approval: Approval): readonly TokenDoubt[] {
  const name = `OAuth client "${client.name ?? client.id}"`;
  switch (approval.kind) {
    case "none":
      return [
        doubt(
          "scope",
          `no administrator approved ${name}, which matters if the organization enforces scopes`,
        ),
      ];
    case "unread": {
      const reason = `whether an administrator approved the scopes of ${name} could not be read: ${approval.reason}`;
      return [doubt("scope", reason, READS.approvedClient)];
    }
    case "approved": {
      const missing = (client.scopes ?? []).filter((scope) => !approval.scopes.includes(scope));
      if (missing.length === 0) return [];
      const names = missing.map((scope) => `\`${scope}\``).join(", ");
      return [doubt("scope", `the approval for ${name} lacks ${names}`)];
    }
  }
}

function doubt(
  layer: TokenDoubt["layer"],
  reason: string,
  read: { readonly permissions: readonly string[]; readonly scopes: readonly string[] } = NO_READ,
): TokenDoubt {
  const { permissions, scopes } = read;
  return { layer, reason, permissions, scopes };
}

const NO_READ = { permissions: [], scopes: [] };
