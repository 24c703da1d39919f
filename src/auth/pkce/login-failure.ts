import { AuthError } from "../../core/errors.ts";
import { oneLine } from "../../core/text.ts";
import type { Region } from "../../platform/region.ts";
import { CLIENT_MENU } from "../token/token-refusal.ts";
import type { Callback } from "./oauth-protocol.ts";

export interface LoginFacts {
  readonly region: Region;
  readonly regionSource: string;
  readonly clientId: string;
  /** What has to be registered: without a port when any port will do. */
  readonly registeredUri: string;
}

/** What each code of RFC 6749 section 4.1.2.1 means here. */
const MEANINGS: Readonly<Record<string, readonly [code: string, summary: string, hint: string]>> = {
  access_denied: [
    "auth.login_denied",
    "the login was cancelled or denied",
    "log in again and allow the access; when your organization denies it, ask its administrator to approve the client",
  ],
  unauthorized_client: [
    "auth.grant_not_allowed",
    "this OAuth client may not log users in",
    `its grant type must be Code Authorization and its state Active: ${CLIENT_MENU} > the client`,
  ],
  unsupported_response_type: [
    "auth.grant_not_allowed",
    "this OAuth client may not log users in with a code",
    `its grant type must be Code Authorization: ${CLIENT_MENU} > the client`,
  ],
  invalid_scope: [
    "auth.scope_rejected",
    "the scopes of this OAuth client are not accepted",
    `give the client scopes that exist: ${CLIENT_MENU} > the client > Scope`,
  ],
  server_error: [
    "auth.login_unavailable",
    "the login host has trouble",
    "log in again in a minute: `genscope login`",
  ],
  temporarily_unavailable: [
    "auth.login_unavailable",
    "the login host is busy",
    "log in again in a minute: `genscope login`",
  ],
};

/** The error for a login that the login host refused. */
export function loginRefused(
  { error, description }: Extract<Callback, { kind: "refused" }>,
  { clientId }: LoginFacts,
): AuthError {
  const [code, summary, hint] = MEANINGS[error] ?? [
    "auth.login_refused",
    "the login host refused the login",
    `check OAuth client \`${oneLine(clientId, 80)}\`: ${CLIENT_MENU} > the client`,
  ];
  const said = [error, description].filter((text) => text !== null && text !== "").join(": ");
  return new AuthError(code, `${summary} (\`${oneLine(said, 200)}\`)`, { hint });
}

/**
 * The error for a login that nobody finished. A wrong client id, a wrong region and a redirect URI that is not
 * registered all end here: the login host shows a page about them and never sends the browser back.
 */
export function loginTimedOut(facts: LoginFacts, timeoutMs: number, foreignCount: number): AuthError {
  const { region, regionSource, clientId, registeredUri } = facts;
  const foreign =
    foreignCount === 0 ? "" : `; ${foreignCount} with another \`state\` came in and went unanswered`;
  return new AuthError(
    "auth.login_timeout",
    `no answer from the browser within ${timeoutMs / 1_000} s${foreign}`,
    {
      hint: [
        `if the page showed an error: \`${registeredUri}\`, exactly so, must be an authorized redirect URI of OAuth client \`${oneLine(clientId, 80)}\`: ${CLIENT_MENU} > the client`,
        `and client and region must belong together: \`${region.loginUrl}\`, from ${regionSource}; a wrong one shows an error page and never comes back here`,
        "if the browser runs on another machine: `genscope login --no-browser`; for more time: `--timeout 10m`",
      ].join("\n"),
    },
  );
}
