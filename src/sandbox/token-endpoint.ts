import type { Answer, Request } from "./answer.ts";
import type { OAuthClient, Organization } from "./state/organization.ts";
import { findClient, type World } from "./state/world.ts";
import { issueToken } from "./tokens.ts";

/** A client whose secret was checked. */
interface AuthenticatedClient {
  readonly organization: Organization;
  readonly client: OAuthClient;
}

/** How each `grant_type` yields a token. */
const GRANTS: ReadonlyMap<string, (world: World, authenticated: AuthenticatedClient) => Answer> = new Map([
  ["client_credentials", grantToClient],
]);

/**
 * `POST /oauth/token` of the login host (RFC 6749 section 4.4), with the platform's own envelope: `error`,
 * `description` and `error_description`.
 */
export function answerTokenRequest(world: World, request: Request): Answer {
  if (request.method !== "POST") return tokenError(405, "invalid_request", "only POST is supported");
  if (
    !(request.headers["content-type"] ?? "application/x-www-form-urlencoded").startsWith(
      "application/x-www-form-urlencoded",
    )
  ) {
    return tokenError(400, "invalid_request", "the request must be form-encoded");
  }
  const credentials = basicCredentials(request.headers.authorization);
  if (credentials === null) return tokenError(400, "invalid_request", "client credentials are missing");
  if (isThrottled(world, credentials.id)) {
    return tokenError(400, "invalid_request", "rate limit exceeded; too many token requests, retry later");
  }
  const grant = GRANTS.get(new URLSearchParams(request.body).get("grant_type") ?? "");
  if (grant === undefined)
    return tokenError(400, "unsupported_grant_type", "the grant type is not supported");
  const found = findClient(world, credentials.id);
  if (found === null) {
    return world.settings.distinctTokenErrors
      ? tokenError(400, "invalid_client", "client not found")
      : tokenError(401, "invalid_client", "authentication failed");
  }
  if (found.client.secret !== credentials.secret) {
    return tokenError(401, "invalid_client", "authentication failed");
  }
  if (found.client.state !== "active") {
    return tokenError(400, "unauthorized_client", `the client is ${found.client.state}`);
  }
  return grant(world, found);
}

function grantToClient(world: World, { organization, client }: AuthenticatedClient): Answer {
  if (client.authorizedGrantType !== "CLIENT-CREDENTIALS") {
    return tokenError(400, "unauthorized_client", "the client is not authorized for this grant type");
  }
  const token = issueToken(world, { organization, client, user: null });
  return {
    status: 200,
    headers: { "Cache-Control": "no-store" },
    json: {
      access_token: token.value,
      token_type: "bearer",
      expires_in: Math.round((token.expiresAtMs - token.issuedAtMs) / 1000),
    },
  };
}

/**
 * Id and secret of a Basic header (RFC 7617); null when there is none. Neither part is form-decoded, although
 * RFC 6749 section 2.3.1 wants it: no official client encodes them.
 */
function basicCredentials(
  header: string | undefined,
): { readonly id: string; readonly secret: string } | null {
  const [, encoded] = /^basic +(\S+)$/i.exec(header ?? "") ?? [];
  if (encoded === undefined) return null;
  const decoded = Buffer.from(encoded, "base64").toString("utf8");
  const colon = decoded.indexOf(":");
  if (colon < 0) return null;
  return { id: decoded.slice(0, colon), secret: decoded.slice(colon + 1) };
}

function isThrottled(world: World, clientId: string): boolean {
  const limit = world.settings.tokenRequestsPerMinute;
  if (limit === null) return false;
  const nowMs = world.clock.now();
  const current = world.tokenRequests.get(clientId);
  const window =
    current === undefined || nowMs - current.startedAtMs >= 60_000
      ? { startedAtMs: nowMs, count: 0 }
      : current;
  window.count += 1;
  world.tokenRequests.set(clientId, window);
  return window.count > limit;
}

function tokenError(status: number, error: string, description: string): Answer {
  return { status, json: { error, description, error_description: description } };
}
