import type { ErrorCode } from "../../core/error-codes.ts";
import { AuthError } from "../../core/errors.ts";
import { ownValue } from "../../core/own-value.ts";
import { oneLine, plural } from "../../core/text.ts";
import type { Region } from "../../platform/region/region.ts";
import { CLIENT_MENU } from "../token/token-refusal.ts";
import type { Callback } from "./oauth-protocol.ts";

export interface LoginFacts {
  readonly region: Region;
  readonly regionSource: string;
  readonly clientId: string;
  /** Redirect URI that has to be registered, without a port when any port will do. */
  readonly registeredUri: string;
}

/** Meaning of each error code of RFC 6749 section 4.1.2.1. */
const MEANINGS: Readonly<Record<string, readonly [code: ErrorCode, summary: string, hint: string]>> = {
  access_denied: [
    "auth.login_denied",
    "the login was canceled or denied",
    "log in again and allow access; if your organization denies access, ask its administrator to approve the client",
  ],
  unauthorized_client: [
    "auth.grant_not_allowed",
    "this OAuth client is not allowed to log users in",
    `use a client with the grant type Code Authorization and the state Active: ${CLIENT_MENU}`,
  ],
  unsupported_response_type: [
    "auth.grant_not_allowed",
    "this OAuth client is not allowed to log users in with an authorization code",
    `use a client with the grant type Code Authorization: ${CLIENT_MENU}`,
  ],
  invalid_scope: [
    "auth.scope_rejected",
    "the scopes of this OAuth client are not accepted",
    `give the client scopes that exist: ${CLIENT_MENU} > the client > Scope`,
  ],
  server_error: [
    "auth.login_unavailable",
    "the login host failed",
    "log in again in a minute: `genscope login`",
  ],
  temporarily_unavailable: [
    "auth.login_unavailable",
    "the login host is busy",
    "log in again in a minute: `genscope login`",
  ],
};

/** Returns the error for a login that the login host refused. */
export function loginRefused(
  { error, description }: Extract<Callback, { kind: "refused" }>,
  { clientId }: LoginFacts,
): AuthError {
  const [code, summary, hint] = ownValue(MEANINGS, error) ?? [
    "auth.login_refused",
    "the login host refused the login",
    `check OAuth client \`${oneLine(clientId, 80)}\`: ${CLIENT_MENU} > the client`,
  ];
  const said = [error, description].filter((text) => text !== null && text !== "").join(": ");
  return new AuthError(code, `${summary} (\`${oneLine(said, 200)}\`)`, { hint });
}

/**
 * Returns the error for a login that was never completed. A wrong client id, a wrong region and an
 * unregistered redirect URI all end here: the login host shows an error page and never sends the browser
 * back.
 */
export function loginTimedOut(facts: LoginFacts, timeoutMs: number, foreignCount: number): AuthError {
  const { region, regionSource, clientId, registeredUri } = facts;
  const foreign =
    foreignCount === 0 ? "" : `; ignored ${plural(foreignCount, "response")} with another \`state\``;
  return new AuthError(
    "auth.login_timeout",
    `no response from the browser within ${timeoutMs / 1_000} s${foreign}`,
    {
      hint: [
        `if the browser showed an error page, register \`${registeredUri}\` exactly as written as an authorized redirect URI of OAuth client \`${oneLine(clientId, 80)}\`: ${CLIENT_MENU} > the client`,
        `check that the client belongs to \`${region.loginUrl}\`, the login host from ${regionSource}; a wrong host shows an error page and never redirects the browser back`,
        "if the browser runs on another machine, use `genscope login --no-browser`; for more time, add `--timeout 10m`",
      ].join("\n"),
    },
  );
}
