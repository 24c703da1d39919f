import { oneLine } from "../../../core/text.ts";
import { classifyHost, type HostMatch } from "../../../platform/region/host.ts";
import type { Remedy } from "../../verdict/verdict.ts";
import type { RequestSeen } from "../paste/failure.ts";
import { claimOfMisconception } from "./misconception-claims.ts";
import { SOURCES } from "./source.ts";
import { findTokenBodyClaims, findTokenUrlClaims } from "./token-request-claims.ts";
import { type RequestClaim, wrong } from "./wrong-claim.ts";

const TOKEN_PATHS = /^\/(?:api\/v2\/)?(?:auth\/)?oauth\/(?:guest\/)?token\/?$/;

/** Matches token endpoints of other products. They are a mistake only on a platform host. */
const OTHER_TOKEN_PATHS =
  /^\/(?:api\/v2\/)?(?:authorization\/)?(?:oauth2?|auth|connect|login)\/(?:(?:default\/)?v\d(?:\.\d)?\/)?(?:access_?)?token\/?$/;

/** Whether a request went to the path of the token endpoint, or to a path that people mistake for it. */
export function isTokenPath(request: RequestSeen | null): boolean {
  if (request?.path == null) return false;
  return TOKEN_PATHS.test(request.path) || (isBareApiPath(request) && OTHER_TOKEN_PATHS.test(request.path));
}

/** Finds mistakes in the host, path, token URL and token request of a call. */
export function findRequestClaims(request: RequestSeen, domains: readonly string[]): readonly RequestClaim[] {
  const host = request.host === null ? null : classifyHost(request.host, domains);
  const isOfPlatform = host !== null && host.kind !== "other";
  const isTokenRequest =
    request.path !== null && (isTokenPath(request) || (isOfPlatform && OTHER_TOKEN_PATHS.test(request.path)));
  return [
    ...(isTokenRequest ? [] : hostClaims(request, host)),
    ...(isTokenRequest ? [...findTokenUrlClaims(request, host), ...findTokenBodyClaims(request)] : []),
    ...traceClaims(request),
  ];
}

/** Whether the text shows a path of the API without its host. */
function isBareApiPath({ host, path }: RequestSeen): boolean {
  return host === null && path?.startsWith("/api/v2/") === true;
}

function hostClaims({ host: name, path }: RequestSeen, host: HostMatch | null): readonly RequestClaim[] {
  if (host === null || name === null) return [];
  const claim = hostClaim(name, host);
  if (claim !== null) return [claim];
  if (host.kind === "api" && /^\/v\d\/./.test(path ?? "")) return [withoutRoot(path ?? "")];
  const isLoginPage = /^\/oauth\/authorize\/?$/.test(path ?? "");
  if (host.kind === "api" && isLoginPage) return [loginPage(name, host.domain)];
  const isElsewhere = host.kind === "login" || host.kind === "apps";
  if (!isElsewhere || path?.startsWith("/api/v2") !== true) return [];
  return [
    wrong(
      "host",
      `the API is at \`${name}\``,
      `\`api.${host.domain}\` serves the operations`,
      useHost(host.domain),
    ),
  ];
}

/** Reports a login page that is opened on the API host. */
function loginPage(name: string, domain: string): RequestClaim {
  const url = `https://login.${domain}/oauth/authorize`;
  return wrong("host", `the login page is \`https://${name}/oauth/authorize\``, `it is \`${url}\``, {
    kind: "use-host",
    summary: `open the login page at \`${url}\``,
  });
}

/** Reports an API path that lacks `/api`. */
function withoutRoot(path: string): RequestClaim {
  const shown = oneLine(path, 200);
  return wrong(
    "path",
    `\`${shown}\` is a path of the API`,
    "the paths of the API begin with `/api/v2/`",
    {
      kind: "use-operation",
      summary: "look up the operation, and send the request to its whole path",
      command: `genscope check-scopes "${shown.replace(/^\/v\d/, "/api/v2")}"`,
    },
    SOURCES.definition,
  );
}

/** Matches a placeholder for a region in a host name: `api.xxxxx.pure.cloud`. */
const STANDS_FOR_A_NAME = /(?:^|\.)(?:x{2,20}|y{3,20}|region|your-?region|my-?region)(?=\.)/;

/** Corrects a host that resembles a platform host but does not belong to the platform; null for any other host. */
export function hostClaim(name: string, host: HostMatch): RequestClaim | null {
  if (host.kind !== "wrong" || STANDS_FOR_A_NAME.test(name)) return null;
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
        ? "use `https://api.<domain>` and `https://login.<domain>`; the domain follows `apps.` in the address bar of the product's user interface"
        : `use \`https://api.${domain}\` for the API and \`https://login.${domain}\` for tokens`,
  };
}

function traceClaims({ bodyFields }: RequestSeen): readonly RequestClaim[] {
  return bodyFields.includes("traceparent")
    ? [{ ...claimOfMisconception("traceparent-in-body"), remedy: null }]
    : [];
}
