import type { Request } from "../answer.ts";
import { AUTHENTICATION_REQUIRED, BAD_CREDENTIALS, CREDENTIALS_EXPIRED, type Refusal } from "../refusal.ts";
import type { OAuthClient, Organization, User } from "../state/organization.ts";
import type { Token } from "../state/token.ts";
import { findClient, organizationOf, type World } from "../world.ts";

/** The caller behind an accepted token. */
export interface Caller {
  readonly token: Token;
  /** The organization that the token acts in; it can be one that trusts the client's own. */
  readonly organization: Organization;
  readonly client: OAuthClient;
  readonly clientOrganization: Organization;
  /** The user; null when the client acts for itself. */
  readonly user: User | null;
  /** The subject whose grants determine access: the user, or the client itself. */
  readonly subjectId: string;
}

/** First layer: the token exists, is known, and is valid at `nowMs`. */
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
  // The tokens of a disabled client are invalid; an inactive client only gets no new ones.
  if (found === null || found.client.state === "disabled") return BAD_CREDENTIALS;
  const organization = organizationOf(world, token.organizationId);
  const user = token.userId === null ? null : organization.users.get(token.userId);
  if (user === undefined) return BAD_CREDENTIALS;
  // Reading the token itself may be configured not to reset the idle timer.
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

/** Time at which the organization's idle timeout ends an unused token, in milliseconds; null for never. */
export function idleDeadlineMs(world: World, token: Token): number | null {
  const { enabled, seconds } = world.settings.idleTimeout;
  return enabled ? token.lastUsedAtMs + seconds * 1000 : null;
}
