import type { HostMatch } from "../../../platform/region/host.ts";
import type { Remedy } from "../../verdict/verdict.ts";
import type { RequestSeen } from "../paste/failure.ts";
import { claimOfMisconception } from "./misconception-claims.ts";
import { SOURCES } from "./source.ts";
import { type RequestClaim, wrong } from "./wrong-claim.ts";

/** Matches a placeholder for the organization at the start of a host name: `{ORGANIZATION_ID}.{REGION}`. */
const NAME_IN_HOST = /^[$<]?\{{0,2}\w{0,30}(?:org|tenant|company|customer)\w{0,30}\}{0,2}>?\./i;

/** Checks the token URL, which must be `https://login.<domain>/oauth/token`. */
export function findTokenUrlClaims(
  { host: name, path }: RequestSeen,
  host: HostMatch | null,
): readonly RequestClaim[] {
  const isRightPath = path === "/oauth/token" || path === "/oauth/token/";
  const isOfOrganization = NAME_IN_HOST.test(name ?? "");
  if (
    (host?.kind === "other" && !isOfOrganization) ||
    (isRightPath && (host === null || host.kind === "login"))
  )
    return [];
  const domain = host === null || host.kind === "other" || host.domain === null ? "<domain>" : host.domain;
  const url = `https://login.${domain}/oauth/token`;
  return [
    wrong(
      "host",
      `the token endpoint is \`${name === null ? "" : `https://${name}`}${path}\``,
      `it is \`${url}\`; do not rely on a response from another host`,
      {
        kind: "use-host",
        summary: `request tokens from \`${url}\``,
      },
    ),
  ];
}

/**
 * Matches a token request with a JSON object as its body. Excludes `url.Values{` in Go, which builds a form, and an
 * object after the message of a log line, which contains the log's own fields.
 */
const JSON_BODY =
  /(?:^\s{0,40}|[=(:,'"`]\s{0,8}|\b(?:body|data|payload|json|raw|with|sends?|sending|-d)\s{1,4}["'`]?)\{\s{0,20}"grant_type"\s{0,3}:\s{0,3}"|JSON\.stringify\(\s{0,20}\{[^}]{0,200}\bgrant_type\b|\bjson=\{?[^}\n]{0,100}\bgrant_type\b|(?<!\b(?:response|answer|accept|body that comes back)\b[^\n]{0,40})\bapplication\/json\b/im;
/** Matches code that sends the fields of a token request as a form. */
const ENCODED =
  /\bURLSearchParams\b|\burlencode\b|\bqs\.stringify\b|\bdata\s{0,2}=|\bx-www-form-urlencoded\b/;

/** Matches the status line and the headers of a response. They describe its body, not the body of the request. */
const RESPONSE_HEAD =
  /^(?:< )?HTTP\/\d(?:\.\d)? \d{3}\b[^\n]{0,200}\n(?:(?:< )?[\w-]{1,60}: [^\n]{0,2000}\n){0,60}/gm;

/** Whether source code or prose contains a token request with a JSON body. */
export function sendsJson(text: string): boolean {
  const request = text.replace(RESPONSE_HEAD, "");
  return JSON_BODY.test(request) && !ENCODED.test(request);
}

/** Checks a token request: it must send form fields and HTTP Basic, and no scope with client credentials. */
export function findTokenBodyClaims(request: RequestSeen): readonly RequestClaim[] {
  const { bodyFields, bodyFormat, grantType, authorization } = request;
  const has = (name: string): boolean => bodyFields.includes(name);
  const claims: RequestClaim[] = [];
  if (bodyFormat === "json" || request.contentType?.startsWith("application/json") === true) {
    claims.push(jsonBody(has("code_verifier")));
  }
  if (has("client_secret") && bodyFormat !== "json") claims.push(secretInForm());
  if (has("scope") && grantType === "client_credentials") claims.push(scopeOnClientCredentials());
  if (has("duration")) claims.push(lifetimeInRequest());
  if (authorization === "basic-without-id" || authorization === "empty-bearer") {
    claims.push(
      wrong(
        "credentials",
        "the request contains the client id and secret",
        "the `Authorization` header contains no client id",
        basicRemedy(),
      ),
    );
  }
  if (authorization === "bearer") claims.push(bearerAtTokenEndpoint());
  if (grantType === "authorization_code" && authorization === "basic") {
    claims.push(has("code_verifier") ? basicWithPkce() : basicWithCode());
  }
  return claims;
}

/** Reports a token request with a JSON body. */
export function jsonBody(hasVerifier: boolean): RequestClaim {
  const fields = "it accepts `application/x-www-form-urlencoded` fields";
  return wrong(
    "request",
    "the token endpoint accepts JSON",
    hasVerifier ? fields : `${fields} and HTTP Basic`,
    hasVerifier ? verifierRemedy() : basicRemedy(),
  );
}

/** Reports that client id and secret are sent in the form instead of the `Authorization` header. */
export function secretInForm(): RequestClaim {
  return {
    layer: "credentials",
    claim: {
      text: "the client id and secret can be sent as form fields",
      verdict: "unknown",
      truth: "official clients send them with HTTP Basic; it is unconfirmed whether form fields work",
      source: SOURCES.sdks,
    },
    remedy: basicRemedy(),
  };
}

function bearerAtTokenEndpoint(): RequestClaim {
  return wrong(
    "credentials",
    "the token endpoint accepts a bearer token",
    "it issues tokens; it takes the client id and secret with HTTP Basic",
    basicRemedy(),
  );
}

/** Reports a grant type that code sends as a header of the token request. */
export function grantAsHeader(): RequestClaim {
  return wrong(
    "request",
    "`grant_type` is a header of the token request",
    "it is a form field in the body: `grant_type=client_credentials`",
    basicRemedy(),
  );
}

/** Reports a field of the token request that is meant to set the lifetime. */
export function lifetimeInRequest(): RequestClaim {
  return wrong(
    "credentials",
    "`duration` sets how long the token lasts",
    "the token endpoint has no such field; the OAuth client's setting determines the lifetime, from 300 to 172,800 s",
    {
      kind: "fix-credentials",
      summary: "remove `duration`, and set the OAuth client's token duration",
      menuPath: "Admin > Integrations > OAuth > the client",
    },
  );
}

function scopeOnClientCredentials(): RequestClaim {
  return {
    ...claimOfMisconception("scope-on-client-credentials"),
    remedy: { kind: "none", summary: "remove `scope` from the token request" },
  };
}

/** Confirms that a confidential client exchanges the code with HTTP Basic, which would be wrong with PKCE. */
export function basicWithCode(): RequestClaim {
  return {
    layer: "credentials",
    claim: {
      text: "exchanging the authorization code requires HTTP Basic with the client id and secret",
      verdict: "true",
      truth:
        "true for confidential clients; with PKCE, send `client_id` and `code_verifier` without HTTP Basic: `genscope login --grant pkce`",
      source: SOURCES.sdks,
    },
    remedy: null,
  };
}

function basicWithPkce(): RequestClaim {
  return wrong(
    "credentials",
    "PKCE requires HTTP Basic with the client id and secret",
    "with PKCE, send `client_id` and `code_verifier` without HTTP Basic: `genscope login --grant pkce`",
    {
      kind: "fix-credentials",
      summary: "remove the `Authorization` header from the PKCE exchange",
    },
  );
}

/** Returns the remedy to exchange a code with PKCE, which has no secret. */
function verifierRemedy(): Remedy {
  return {
    kind: "fix-credentials",
    summary: "send `grant_type`, `code`, `redirect_uri`, `client_id` and `code_verifier` as form fields",
  };
}

/** Returns the remedy to build the token request as official clients do. */
export function basicRemedy(): Remedy {
  return {
    kind: "fix-credentials",
    summary: "send `grant_type` as a form field and `Authorization: Basic base64(id:secret)`",
  };
}
