import type { Authorization } from "./state/login.ts";
import type { OAuthClient, Organization, User } from "./state/organization.ts";
import type { Token } from "./state/token.ts";
import { organizationOf, type World } from "./world.ts";

/** The owner and limits of a new token. */
export interface TokenRequest {
  /** The organization that the token acts in. */
  readonly organization: Organization;
  readonly client: OAuthClient;
  readonly user: User | null;
  /** Scopes of the token. By default, those of the client if an administrator has approved it. */
  readonly scopes?: readonly string[] | undefined;
  /** The consent behind the token; absent when none exists. */
  readonly authorization?: Authorization;
  /** Lifetime; the client's default when absent. */
  readonly lifetimeSeconds?: number | undefined;
}

/** Issues a token and stores it. */
export function issueToken(world: World, request: TokenRequest): Token {
  const nowMs = world.clock.now();
  const seconds = request.lifetimeSeconds ?? request.client.accessTokenValiditySeconds;
  const token: Token = {
    value: world.sequence.text(86),
    organizationId: request.organization.id,
    clientId: request.client.id,
    userId: request.user?.id ?? null,
    scopes: request.user === null ? [] : (request.scopes ?? authorizedScopes(world, request.client)),
    authorization: request.authorization ?? null,
    issuedAtMs: nowMs,
    expiresAtMs: nowMs + seconds * 1000,
    isRevoked: false,
    lastUsedAtMs: nowMs,
    window: { startedAtMs: nowMs, count: 0 },
  };
  world.tokens.set(token.value, token);
  return token;
}

/** Issues a token for the user who gave this consent. */
export function issueTokenFor(world: World, client: OAuthClient, authorization: Authorization): Token {
  const organization = organizationOf(world, authorization.organizationId);
  const user = organization.users.get(authorization.userId);
  if (user === undefined) throw new Error(`the sandbox has no user ${authorization.userId}`);
  return issueToken(world, { organization, client, user, authorization });
}

/** Revokes a token at its holder's request. Revokes the whole login, so that no refresh token survives. */
export function revokeToken(token: Token): void {
  token.isRevoked = true;
  if (token.authorization !== null) token.authorization.isRevoked = true;
}

/**
 * Returns whether scopes are enforced and no administrator has approved the app. Such an app gets no login, and its
 * tokens have no scopes.
 */
export function lacksApproval(world: World, client: OAuthClient): boolean {
  return world.settings.enforceScopes && !client.isApproved;
}

function authorizedScopes(world: World, client: OAuthClient): readonly string[] {
  return lacksApproval(world, client) ? [] : client.scope;
}
