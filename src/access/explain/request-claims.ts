import type { Remedy } from "../verdict.ts";
import type { Claim } from "./finding.ts";
import { classifyHost, type HostMatch } from "./host.ts";
import type { LayeredClaim } from "./misconception-claims.ts";
import type { RequestSeen } from "./paste/failure.ts";
import { SOURCES } from "./source.ts";

/** A mistake of a request, decided by looking at the request alone. */
export interface RequestClaim extends LayeredClaim {
  readonly remedy: Remedy | null;
}

const TOKEN_PATHS = /^\/(?:api\/v2\/)?oauth\/(?:guest\/)?token\/?$/;

/** Mistakes of host, path, token URL, and of how a token was asked for. */
export function findRequestClaims(request: RequestSeen, domains: readonly string[]): readonly RequestClaim[] {
  const host = request.host === null ? null : classifyHost(request.host, domains);
  const isTokenRequest = request.path !== null && TOKEN_PATHS.test(request.path);
  return [
    ...(isTokenRequest ? [] : hostClaims(request, host)),
    ...(isTokenRequest ? [...tokenUrlClaims(request, host), ...tokenBodyClaims(request)] : []),
    ...traceClaims(request),
  ];
}

function hostClaims({ host: name, path }: RequestSeen, host: HostMatch | null): readonly RequestClaim[] {
  if (host === null || name === null) return [];
  const claim = hostClaim(name, host);
  if (claim !== null) return [claim];
  const isElsewhere = host.kind === "login" || host.kind === "apps";
  if (!isElsewhere || path?.startsWith("/api/v2") !== true) return [];
  return [
    wrong(
      "host",
      `the API is at \`${name}\``,
      `operations are served by \`api.${host.domain}\``,
      useHost(host.domain),
    ),
  ];
}

/** What is said of a host that looks like the platform's and is none of its hosts; null for any other. */
export function hostClaim(name: string, host: HostMatch): RequestClaim | null {
  if (host.kind !== "wrong") return null;
  const right = host.domain === null ? "`api.<domain>` of the region" : `\`api.${host.domain}\``;
  return wrong(
    "host",
    `the API is at \`${name}\``,
    `${host.why}; the API is at ${right}, OAuth at \`login.\` of the same domain`,
    useHost(host.domain),
  );
}

function useHost(domain: string | null): Remedy {
  return {
    kind: "use-host",
    summary:
      domain === null
        ? "use `https://api.<domain>` and `https://login.<domain>`; the domain is the one behind `apps.` in the address bar of the product's own user interface"
        : `use \`https://api.${domain}\` for the API and \`https://login.${domain}\` for tokens`,
  };
}

function tokenUrlClaims({ host: name, path }: RequestSeen, host: HostMatch | null): readonly RequestClaim[] {
  const isRightPath = path === "/oauth/token" || path === "/oauth/token/";
  if (host?.kind === "other" || (isRightPath && (host === null || host.kind === "login"))) return [];
  const domain = host === null || host.domain === null ? "<domain>" : host.domain;
  const url = `https://login.${domain}/oauth/token`;
  return [
    wrong(
      "host",
      `the token endpoint is \`${name === null ? "" : `https://${name}`}${path}\``,
      `it is \`${url}\`; what another host answers there is not to be relied on`,
      {
        kind: "use-host",
        summary: `request tokens from \`${url}\``,
      },
    ),
  ];
}

function tokenBodyClaims(request: RequestSeen): readonly RequestClaim[] {
  const { bodyFields, bodyFormat, grantType, authorization } = request;
  const has = (name: string): boolean => bodyFields.includes(name);
  const claims: RequestClaim[] = [];
  if (bodyFormat === "json" || request.contentType?.startsWith("application/json") === true) {
    claims.push(
      wrong(
        "request",
        "the token endpoint takes JSON",
        "it takes `application/x-www-form-urlencoded` fields and HTTP Basic",
        basicRemedy(),
      ),
    );
  }
  if (has("client_secret") && bodyFormat !== "json") claims.push(secretInForm());
  if (has("scope") && grantType === "client_credentials") claims.push(scopeOnClientCredentials());
  if (authorization === "basic-without-id" || authorization === "empty-bearer") {
    claims.push(
      wrong(
        "credentials",
        "the request carries id and secret",
        "the `Authorization` header has no client id in it",
        basicRemedy(),
      ),
    );
  }
  if (grantType === "authorization_code" && authorization === "basic")
    claims.push(has("code_verifier") ? basicWithPkce() : basicWithCode());
  return claims;
}

export function secretInForm(): RequestClaim {
  return {
    layer: "credentials",
    claim: {
      text: "id and secret may be sent as form fields",
      verdict: "unknown",
      truth: "official clients send them with HTTP Basic; whether the form variant works is unconfirmed",
      source: SOURCES.sdks,
    },
    remedy: basicRemedy(),
  };
}

function scopeOnClientCredentials(): RequestClaim {
  return wrong(
    "scope",
    "a client-credentials token gets its rights from scopes",
    "scopes do not bind client-credentials tokens: the roles and divisions of the OAuth client decide",
    { kind: "none", summary: "leave `scope` out of the token request" },
    SOURCES.clientModel,
  );
}

export function basicWithCode(): RequestClaim {
  return {
    layer: "credentials",
    claim: {
      text: "the authorization code is exchanged with Basic id and secret",
      verdict: "true",
      truth:
        "right for confidential clients; with PKCE send `client_id` and `code_verifier` and no Basic: `genscope login --grant pkce`",
      source: SOURCES.sdks,
    },
    remedy: null,
  };
}

function basicWithPkce(): RequestClaim {
  return wrong(
    "credentials",
    "PKCE needs Basic id and secret",
    "PKCE sends `client_id` and `code_verifier` and no Basic: `genscope login --grant pkce`",
    {
      kind: "fix-credentials",
      summary: "leave the `Authorization` header out of a PKCE exchange",
    },
  );
}

function basicRemedy(): Remedy {
  return {
    kind: "fix-credentials",
    summary: "send `grant_type` as a form field and `Authorization: Basic base64(id:secret)`",
  };
}

function traceClaims({ bodyFields }: RequestSeen): readonly RequestClaim[] {
  if (!bodyFields.includes("traceparent")) return [];
  const claim: Claim = {
    text: "`traceparent` belongs into the body of a subscription or request",
    verdict: "unknown",
    truth:
      "no source supports it: correlate by `ININ-Correlation-Id` (header) and `contextId` (body), and log your own trace id beside them",
    source: SOURCES.absence,
  };
  return [{ layer: "request", claim, remedy: null }];
}

function wrong(
  layer: LayeredClaim["layer"],
  text: string,
  truth: string,
  remedy: Remedy,
  source: string = SOURCES.sdks,
): RequestClaim {
  return { layer, claim: { text, verdict: "false", truth, source }, remedy };
}
