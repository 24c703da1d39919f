import type { OAuthClient, Organization, User } from "../state/organization.ts";
import { findClient, type World } from "../world.ts";
import { isRegistered, withAnswer } from "./redirect-uri.ts";

/**
 * A request for an authorization code (RFC 6749 section 4.1.1) with a known client and one of its redirect
 * URIs.
 */
export interface AuthorizationRequest {
  readonly client: OAuthClient;
  readonly clientOrganization: Organization;
  /** The organization to log in to. This is the client's own, or one that trusts it and is named by `target`. */
  readonly organization: Organization;
  readonly redirectUri: string;
  readonly state: string | null;
  /** The PKCE challenge; null without PKCE. */
  readonly challenge: string | null;
  /** Email address that prefills the login page. */
  readonly loginHint: string;
  /** The identity provider that the user logs in with instead of the login page; null when none exists. */
  readonly provider: string | null;
  /** Whether the request has `prompt=login`, so that the user must log in again even with a session. */
  readonly requiresLogin: boolean;
}

/**
 * The result of parsing. `unaddressable` means that the redirect URI can't be trusted, so the error is shown to the
 * user and not sent to that URI.
 */
export type AuthorizationReading =
  | { readonly kind: "unaddressable" }
  | { readonly kind: "refused"; readonly location: string }
  | { readonly kind: "valid"; readonly request: AuthorizationRequest };

/** Parses the query of `GET /oauth/authorize`. Checks the parameters in the order of RFC 6749 section 4.1.2.1. */
export function readAuthorizationRequest(world: World, query: URLSearchParams): AuthorizationReading {
  const found = findClient(world, once(query, "client_id") ?? "");
  const redirectUri = once(query, "redirect_uri") ?? "";
  if (found === null || !isRegistered(found.client.registeredRedirectUri, redirectUri)) {
    return { kind: "unaddressable" };
  }
  const state = query.get("state");
  const organization = targetOf(world, query) ?? found.organization;
  const objection = objectionTo(world, query, found.client);
  if (objection !== null) {
    const [error, description] = objection;
    return {
      kind: "refused",
      location: withAnswer(redirectUri, { error, error_description: description, state }),
    };
  }
  const hint = query.get("login_hint") ?? "";
  return {
    kind: "valid",
    request: {
      client: found.client,
      clientOrganization: found.organization,
      organization,
      redirectUri,
      state,
      challenge: query.get("code_challenge"),
      // The hint has the form `email`, `orgName` or `email:orgName`.
      loginHint: hint.includes("@") ? (hint.split(":")[0] ?? "") : "",
      provider: query.get("provider"),
      requiresLogin: query.get("prompt") === "login",
    },
  };
}

/**
 * Finds the user with this email address who may log in: a user of the organization, or a guest from the client's
 * organization. Null when there is no such user.
 */
export function findPerson(request: AuthorizationRequest, email: string): User | null {
  const homeId = request.clientOrganization.id;
  const isForeign = request.organization.id !== homeId;
  for (const user of request.organization.users.values()) {
    const isWelcome = isForeign ? user.home?.organizationId === homeId : user.home === null;
    if (isWelcome && user.email.toLowerCase() === email.trim().toLowerCase()) return user;
  }
  return null;
}

type Objection = readonly [error: string, description: string];

function objectionTo(world: World, query: URLSearchParams, client: OAuthClient): Objection | null {
  const repeated = [...new Set(query.keys())].find((name) => query.getAll(name).length > 1);
  if (repeated !== undefined) return ["invalid_request", `the parameter ${repeated} is repeated`];
  const responseType = query.get("response_type");
  if (responseType === null) return ["invalid_request", "response_type is missing"];
  if (responseType !== "code") return ["unsupported_response_type", "response_type must be code"];
  if (client.authorizedGrantType !== "CODE") {
    return ["unauthorized_client", "the client is not authorized for this grant type"];
  }
  if (client.state !== "active") return ["unauthorized_client", `the client is ${client.state}`];
  if (query.has("org") !== query.has("provider")) {
    return ["invalid_request", "org and provider must be given together"];
  }
  if (query.has("org") && !isOrganization(world, query.get("org"))) {
    return ["invalid_request", "there is no such organization"];
  }
  if (query.has("target") && targetOf(world, query) === null) {
    return ["invalid_request", "there is no such target organization"];
  }
  return challengeObjection(query.get("code_challenge"), query.get("code_challenge_method"));
}

/**
 * Returns the error for an invalid challenge. Without a method, a challenge means `plain` (RFC 7636 section 4.3),
 * which is not supported (section 4.4.1).
 */
function challengeObjection(challenge: string | null, method: string | null): Objection | null {
  if (challenge === null) return method === null ? null : ["invalid_request", "code_challenge is missing"];
  if (method !== "S256") {
    return ["invalid_request", "transform algorithm not supported: code_challenge_method must be S256"];
  }
  return /^[\w-]{43}$/.test(challenge)
    ? null
    : ["invalid_request", "code_challenge is not a SHA-256 in base64url"];
}

function targetOf(world: World, query: URLSearchParams): Organization | null {
  return world.organizations.get(query.get("target") ?? "") ?? null;
}

function isOrganization(world: World, name: string | null): boolean {
  return [...world.organizations.values()].some((each) => each.name === name || each.domain === name);
}

/** Returns the value of a parameter; null when it is absent or repeated (RFC 6749 section 3.1). */
function once(query: URLSearchParams, name: string): string | null {
  const [value = null, ...more] = query.getAll(name);
  return more.length === 0 ? value : null;
}
