import type { Request } from "../answer.ts";
import { AUTHENTICATION_REQUIRED, BAD_CREDENTIALS, CREDENTIALS_EXPIRED, type Refusal } from "../refusal.ts";
import type { OAuthClient, Organization, User } from "../state/organization.ts";
import type { Token } from "../state/token.ts";
import { findClient, organizationOf, type World } from "../world.ts";

/** The caller behind an accepted token. */
export interface Caller {
  readonly token: Token;
  /** The organization that the token acts in: the client's own, or one that trusts it. */
  readonly organization: Organization;
  readonly client: OAuthClient;
  readonly clientOrganization: Organization;
  /** The user; null when the client acts for itself. */
  readonly user: User | null;
  /** The subject whose grants determine access: the user, or the client itself. */
  readonly subjectId: string;
}

/** Checks the first layer, which requires a token that is known and valid at `nowMs`. Returns the caller. */
export function identifyCaller(world: World, request: Request, nowMs: number): Caller | Refusal {
  const [, value] = /^bearer +(\S+)$/i.exec(request.headers.authorization ?? "") ?? [];
  if (value === undefined) return AUTHENTICATION_REQUIRED;
  const token = world.tokens.get(value);
  if (token === undefined || token.isRevoked || token.authorization?.isRevoked === true) {
    return BAD_CREDENTIALS;
  }
  if (token.expiresAtMs <= nowMs) {
    return world.settings.expiredTokenCode === "bad.credentials" ? BAD_CREDENTIALS : CREDENTIALS_EXPIRED;
  }
  const idlesAtMs = idleDeadlineMs(world, token);
  if (idlesAtMs !== null && idlesAtMs <= nowMs) {
    token.isRevoked = true;
    return BAD_CREDENTIALS;
  }
  const found = findClient(world, token.clientId);
  // Tokens of a disabled client are invalid. An inactive client keeps its tokens but gets no new ones.
  if (found === null || found.client.state === "disabled") return BAD_CREDENTIALS;
  const organization = organizationOf(world, token.organizationId);
  const user = token.userId === null ? null : organization.users.get(token.userId);
  if (user === undefined) return BAD_CREDENTIALS;
  // A request can ask not to reset the idle timeout, so that checking a token does not keep it alive.
  if (request.query.get("preserveIdleTTL") !== "true") token.lastUsedAtMs = nowMs;
  return {
    token,
    organization,
    client: found.client,
    clientOrganization: found.organization,
    user,
    subjectId: user?.id ?? found.client.id,
  };
}

/**
 * Returns the time at which the organization's idle timeout ends an unused token, in milliseconds since the epoch;
 * null without a timeout.
 */
export function idleDeadlineMs(world: World, token: Token): number | null {
  const { enabled, seconds } = world.settings.idleTimeout;
  return enabled ? token.lastUsedAtMs + seconds * 1000 : null;
}
