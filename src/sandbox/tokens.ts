import type { OAuthClient, Organization, User } from "./state/organization.ts";
import type { Token } from "./state/token.ts";
import type { World } from "./state/world.ts";

/** What a token is issued for. */
export interface TokenRequest {
  /** The organization the token acts in. */
  readonly organization: Organization;
  readonly client: OAuthClient;
  readonly user: User | null;
  /** Absent: what the client has, as far as an admin approved it. */
  readonly scopes?: readonly string[] | undefined;
  /** Absent: the client's own validity. */
  readonly lifetimeSeconds?: number | undefined;
}

/** Issues a token and remembers it. */
export function issueToken(world: World, request: TokenRequest): Token {
  const nowMs = world.clock.now();
  const seconds = request.lifetimeSeconds ?? request.client.accessTokenValiditySeconds;
  const token: Token = {
    value: world.sequence.text(86),
    organizationId: request.organization.id,
    clientId: request.client.id,
    userId: request.user?.id ?? null,
    scopes: request.user === null ? [] : (request.scopes ?? authorizedScopes(world, request.client)),
    issuedAtMs: nowMs,
    expiresAtMs: nowMs + seconds * 1000,
    isRevoked: false,
    lastUsedAtMs: nowMs,
    window: { startedAtMs: nowMs, count: 0 },
  };
  world.tokens.set(token.value, token);
  return token;
}

/** Where scopes are enforced, an app that no admin approved gets none. */
function authorizedScopes(world: World, client: OAuthClient): readonly string[] {
  return world.settings.enforceScopes && !client.isApproved ? [] : client.scope;
}
