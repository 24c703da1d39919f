import type { Answer, Request } from "./answer.ts";
import { grantForCode } from "./grants/authorization-code.ts";
import { grantToClient } from "./grants/client-credentials.ts";
import { grantForRefreshToken } from "./grants/refresh-token.ts";
import { authenticationFailed, type GrantHandler, tokenError } from "./grants/token-answer.ts";
import { findClient, type World } from "./world.ts";

/** Handlers by `grant_type`. */
const GRANTS: ReadonlyMap<string, GrantHandler> = new Map([
  ["client_credentials", grantToClient],
  ["authorization_code", grantForCode],
  ["refresh_token", grantForRefreshToken],
]);

/**
 * Answers a request to the login host's `POST /oauth/token` (RFC 6749 section 3.2). Errors use the platform's own
 * envelope: `error`, `description` and `error_description`.
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
  const form = new URLSearchParams(request.body);
  const claim = claimedClient(request.headers.authorization, form);
  if (claim === null) return tokenError(400, "invalid_request", "client credentials are missing");
  if (isThrottled(world, claim.id)) {
    const text = "rate limit exceeded; too many token requests, retry later";
    const answer = tokenError(400, "invalid_request", text);
    return { ...answer, refusedBy: { layer: "throttle", code: "invalid_request" } };
  }
  const grant = GRANTS.get(form.get("grant_type") ?? "");
  if (grant === undefined) {
    return tokenError(400, "unsupported_grant_type", "the grant type is not supported");
  }
  const found = findClient(world, claim.id);
  if (found === null) {
    return world.settings.distinctTokenErrors
      ? tokenError(400, "invalid_client", "client not found")
      : authenticationFailed();
  }
  if (claim.secret !== null && found.client.secret !== claim.secret) return authenticationFailed();
  if (found.client.state !== "active") {
    return tokenError(400, "unauthorized_client", `the client is ${found.client.state}`);
  }
  return grant({ ...found, world, form, isAuthenticated: claim.secret !== null });
}

/** The client id in a token request, and the secret, which is null when the request contains none. */
interface ClaimedClient {
  readonly id: string;
  readonly secret: string | null;
}

/**
 * Parses the client from a Basic header (RFC 7617) or, for a request without a secret, from the body (RFC 6749
 * section 4.1.3). An empty secret counts as absent. The parts of the header are not form-decoded: RFC 6749 section
 * 2.3.1 requires encoding, but no official client encodes them.
 */
function claimedClient(header: string | undefined, form: URLSearchParams): ClaimedClient | null {
  const [, encoded] = /^basic +(\S+)$/i.exec(header ?? "") ?? [];
  if (encoded === undefined) {
    const id = form.get("grant_type") === "client_credentials" ? null : form.get("client_id");
    return header !== undefined || id === null ? null : { id, secret: null };
  }
  const decoded = Buffer.from(encoded, "base64").toString("utf8");
  const colon = decoded.indexOf(":");
  if (colon < 0) return null;
  const secret = decoded.slice(colon + 1);
  return { id: decoded.slice(0, colon), secret: secret === "" ? null : secret };
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
