import type { Remedy } from "../../verdict/verdict.ts";
import { AUTHORIZED_APPLICATIONS_MENU, clientMenu } from "../menu-path.ts";

/** A cause of errors from the token endpoint or the login page, with its meaning and remedies. */
export interface LoginRefusal {
  /** The error code; null for a message from the login page, which does not show a code. */
  readonly code: string | null;
  /** Matches the error description of this cause. The first match wins. Null accepts every description. */
  readonly description: RegExp | null;
  /**
   * Matches the grant type of the request, which shows the cause when the description does not. Null accepts
   * every type.
   */
  readonly grantType: RegExp | null;
  /** Matches the path of the request, when only requests to that path have this cause. */
  readonly path?: RegExp;
  /** One sentence without a final period. */
  readonly meaning: string;
  readonly remedies: readonly Remedy[];
}

export const COMPARE_REGION: Remedy = {
  kind: "use-host",
  summary:
    "compare the region with the URL of the Genesys Cloud user interface (`apps.<domain>`): other regions do not know this client id",
};
export const CHECK_CLIENT: Remedy = {
  kind: "fix-credentials",
  summary: "then check the client id, secret and grant type of the OAuth client",
  menuPath: clientMenu(null),
};
export const PRINT_BODY: Remedy = {
  kind: "none",
  summary: "print the response body: its `error` and `error_description` name the cause",
};
export const SHARE_TOKEN: Remedy = {
  kind: "wait",
  summary:
    "if the description is `rate limit exceeded`, wait, then request one token and share it between processes",
};
export const REGISTER_REDIRECT: Remedy = {
  kind: "fix-credentials",
  summary:
    "register the redirect URI in the client exactly as the application sends it, including any trailing slash, and compare the client id",
  menuPath: clientMenu(null),
};
export const LOG_IN_AGAIN: Remedy = {
  kind: "log-in-again",
  summary: "start a new login",
  command: "genscope login --grant pkce",
};

export const VERIFIER: Pick<LoginRefusal, "meaning" | "remedies"> = {
  meaning:
    "the code verifier does not match the code challenge; this response confirms the client id and the region, and the secret if one was sent",
  remedies: [
    {
      kind: "fix-credentials",
      summary:
        "send the unpadded base64url SHA-256 of the `code_verifier` as `code_challenge`, and the same verifier in the exchange; keep one verifier per login",
    },
    {
      kind: "fix-credentials",
      summary:
        "send `client_id` and `code_verifier` as form fields, without an `Authorization: Basic` header: PKCE has no secret",
    },
    LOG_IN_AGAIN,
  ],
};
export const REDIRECT: Pick<LoginRefusal, "meaning" | "remedies"> = {
  meaning:
    "the redirect URI of the exchange differs from the one in the authorize request; this response confirms the client id and the region, and the secret if one was sent",
  remedies: [
    {
      kind: "fix-credentials",
      summary:
        "send the same `redirect_uri` in both requests, including any trailing slash, as registered in the client; a URL library may add a slash",
      menuPath: clientMenu(null),
    },
  ],
};
export const DEAD_REFRESH_TOKEN: Pick<LoginRefusal, "meaning" | "remedies"> = {
  meaning:
    "the refresh token is no longer valid: it was replaced by a newer one, revoked, invalidated by a logout or a new password, or issued to another client",
  remedies: [
    { ...LOG_IN_AGAIN, summary: "log in again" },
    {
      kind: "fix-credentials",
      summary:
        "keep the newest refresh token: every renewal may return a new one, and a single process should renew for all",
    },
  ],
};
export const ASSERTION: Pick<LoginRefusal, "meaning" | "remedies"> = {
  meaning:
    "the SAML assertion was rejected: it has expired, is meant for another audience, or is signed with a certificate that the organization does not know",
  remedies: [
    {
      kind: "fix-credentials",
      summary:
        "compare the identity provider's signing certificate with the one in the organization's single sign-on settings",
      menuPath: "Admin > Integrations > Single Sign-On > the identity provider",
    },
    {
      kind: "fix-credentials",
      summary:
        "request a fresh assertion, then compare `orgName`, the audience and the clock of the identity provider",
    },
  ],
};
export const USED_CODE: Pick<LoginRefusal, "meaning" | "remedies"> = {
  meaning:
    "the authorization code was already used, or it expired; this response confirms the client id and the region, and the secret if one was sent",
  remedies: [
    { ...LOG_IN_AGAIN, summary: "start a new login: a code works only once and for a short time" },
    {
      kind: "fix-credentials",
      summary: "exchange the code once and immediately: a page that loads twice exchanges it twice",
    },
  ],
};
export const CONSENT: readonly Remedy[] = [
  {
    kind: "log-in-again",
    summary: "log in again and consent to the application",
  },
  {
    kind: "log-in-again",
    summary: "if the organization authorizes applications, have an administrator approve this one first",
    menuPath: AUTHORIZED_APPLICATIONS_MENU,
  },
];

export const NO_GRANT: Pick<LoginRefusal, "meaning" | "remedies"> = {
  meaning:
    "a client-credentials login has no code or refresh token to refuse: the host, path or grant type is probably wrong",
  remedies: [COMPARE_REGION, CHECK_CLIENT],
};

export const NOT_ACTIVE: Pick<LoginRefusal, "meaning" | "remedies"> = {
  meaning: "the OAuth client is not active: it gets no new tokens, and its existing tokens are not accepted",
  remedies: [
    {
      kind: "fix-credentials",
      summary: "set the state of the OAuth client to Active, then request a new token",
      menuPath: clientMenu(null),
    },
  ],
};
