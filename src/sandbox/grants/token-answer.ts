import type { Answer } from "../answer.ts";
import type { OAuthClient, Organization } from "../state/organization.ts";
import type { Token } from "../state/token.ts";
import type { World } from "../world.ts";

/** A token request whose client is known and active. */
export interface GrantRequest {
  readonly world: World;
  readonly organization: Organization;
  readonly client: OAuthClient;
  /** Whether the client authenticated with its secret. A client without a secret is public (RFC 6749 section 2.1). */
  readonly isAuthenticated: boolean;
  readonly form: URLSearchParams;
}

/** Handler for one `grant_type`. */
export type GrantHandler = (request: GrantRequest) => Answer;

/** Returns a token response (RFC 6749 section 5.1) in the platform's form, without `scope`. */
export function tokenAnswer(token: Token, refreshToken: string | null = null): Answer {
  return {
    status: 200,
    headers: { "Cache-Control": "no-store" },
    json: {
      access_token: token.value,
      ...(refreshToken === null ? {} : { refresh_token: refreshToken }),
      token_type: "bearer",
      expires_in: Math.round((token.expiresAtMs - token.issuedAtMs) / 1000),
    },
  };
}

/**
 * Returns the platform's own envelope around the codes of RFC 6749 section 5.2. The envelope contains the description
 * twice.
 */
export function tokenError(status: number, error: string, description: string): Answer {
  return {
    status,
    refusedBy: { layer: "credentials", code: error },
    json: { error, description, error_description: description },
  };
}

export function authenticationFailed(): Answer {
  return tokenError(401, "invalid_client", "authentication failed");
}

export function grantNotAllowed(): Answer {
  return tokenError(400, "unauthorized_client", "the client is not authorized for this grant type");
}
