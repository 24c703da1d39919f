import type { RefusalFacts } from "../../verdict/refusal-facts.ts";
import type { Remedy } from "../../verdict/verdict.ts";
import { clientMenu } from "../menu-path.ts";
import {
  ASSERTION,
  CHECK_CLIENT,
  COMPARE_REGION,
  CONSENT,
  DEAD_REFRESH_TOKEN,
  type LoginRefusal,
  NO_GRANT,
  NOT_ACTIVE,
  PRINT_BODY,
  REDIRECT,
  REGISTER_REDIRECT,
  SHARE_TOKEN,
  USED_CODE,
  VERIFIER,
} from "./login-causes.ts";

type TokenFacts = Pick<RefusalFacts, "code" | "message" | "grantType"> & Partial<Pick<RefusalFacts, "path">>;

const REJECTED =
  "the token endpoint rejects the client id, secret or grant: a typo, another region, or a client with another grant type";

const ANY = { description: null, grantType: null } as const;

const UNKNOWN_CLIENT = {
  meaning: "the token endpoint does not know this client id: a typo, or a client in another region",
  remedies: [COMPARE_REGION, CHECK_CLIENT],
};

const NO_IMPLICIT = {
  meaning: "the login asks for a token right away (implicit grant), which this OAuth client does not allow",
  remedies: [
    {
      kind: "fix-credentials",
      summary:
        "log in with authorization code and PKCE (`response_type=code`), with an OAuth client of the grant type Code Authorization",
      menuPath: clientMenu(null),
    },
  ],
} as const;

const TOKEN_REFUSALS: readonly LoginRefusal[] = [
  {
    code: "invalid_grant",
    description: /\bclient credentials\b|\bgrant type\b/i,
    grantType: null,
    ...NO_GRANT,
  },
  { code: "invalid_grant", description: /verif|challenge|pkce/i, grantType: null, ...VERIFIER },
  { code: "invalid_grant", description: /redirect/i, grantType: null, ...REDIRECT },
  { code: "invalid_grant", description: /refresh/i, grantType: null, ...DEAD_REFRESH_TOKEN },
  { code: "invalid_grant", description: /assertion|saml/i, grantType: null, ...ASSERTION },
  { code: "invalid_grant", description: /\bcode\b/i, grantType: null, ...USED_CODE },
  { code: "invalid_grant", description: null, grantType: /^client_credentials$/, ...NO_GRANT },
  { code: "invalid_grant", description: null, grantType: /^refresh_token$/, ...DEAD_REFRESH_TOKEN },
  { code: "invalid_grant", description: null, grantType: /saml2-bearer$/, ...ASSERTION },
  {
    code: "invalid_grant",
    ...ANY,
    meaning:
      "the grant is not accepted: a code that was used or has expired, another redirect URI or verifier, or an invalid refresh token; this response confirms the client id and the region, and the secret if one was sent",
    remedies: [...USED_CODE.remedies.slice(0, 1), ...REDIRECT.remedies, ...VERIFIER.remedies.slice(0, 1)],
  },
  { code: "invalid_client", description: /not found|unknown/i, grantType: null, ...UNKNOWN_CLIENT },
  { code: null, description: /\bclient not found\b/i, grantType: null, ...UNKNOWN_CLIENT },
  {
    code: "invalid_client",
    description: /authentication failed|secret/i,
    grantType: null,
    meaning:
      "the token endpoint does not accept this secret for this client id; another region may respond like this too",
    remedies: [COMPARE_REGION, CHECK_CLIENT],
  },
  {
    code: "invalid_client",
    description: /\b(?:inactive|disabled|deactivated|suspended|not active)\b/i,
    grantType: null,
    ...NOT_ACTIVE,
  },
  { code: "invalid_client", ...ANY, meaning: REJECTED, remedies: [COMPARE_REGION, CHECK_CLIENT] },
  ...["unauthorized_client", "invalid_request", "unsupported_response_type"].map((code) => ({
    code,
    description: /\bimplicit\b/i,
    grantType: null,
    ...NO_IMPLICIT,
  })),
  {
    code: "unauthorized_client",
    description: /\b(?:inactive|disabled|deactivated|suspended)\b/i,
    grantType: null,
    ...NOT_ACTIVE,
  },
  {
    code: "unauthorized_client",
    ...ANY,
    meaning: "the OAuth client's grant type differs from this login's",
    remedies: [
      {
        kind: "fix-credentials",
        summary: "use a client with this login's grant type: each client has only one grant type",
        menuPath: clientMenu(null),
      },
    ],
  },
  {
    code: "unsupported_grant_type",
    ...ANY,
    meaning: "the token endpoint does not know this value of `grant_type`",
    remedies: [
      {
        kind: "fix-credentials",
        summary:
          "send `client_credentials`, `authorization_code`, `refresh_token` or `urn:ietf:params:oauth:grant-type:saml2-bearer` as the form field `grant_type`",
      },
    ],
  },
  {
    code: "invalid_request",
    description: /grant_?type/i,
    grantType: null,
    meaning:
      "the token endpoint found no `grant_type` in the body: the fields are missing, or not sent as a form",
    remedies: [
      {
        kind: "fix-credentials",
        summary:
          "send the fields as `application/x-www-form-urlencoded` and `Authorization: Basic base64(id:secret)`, not as JSON",
      },
    ],
  },
  {
    code: "invalid_request",
    description: /\b(?:required|missing)\b/i,
    grantType: null,
    meaning: "the request lacks a parameter that the message names",
    remedies: [
      {
        kind: "fix-credentials",
        summary: "send the parameter that the message names, as registered in the client",
      },
    ],
  },
  ...[/^\/oauth2?\/authorize\b/, undefined].map((path) => ({
    code: "invalid_request",
    description: path === undefined ? /\bredirect\w{0,4}\b[^\n]{0,60}\bregistered\b/i : /redirect/i,
    grantType: null,
    ...(path === undefined ? {} : { path }),
    meaning: "the client does not list exactly the redirect URI of the authorize request",
    remedies: [REGISTER_REDIRECT],
  })),
  {
    code: "invalid_request",
    description: /redirect/i,
    grantType: null,
    meaning: REDIRECT.meaning,
    remedies: REDIRECT.remedies,
  },
  {
    code: null,
    description: /redirect[ _]ur[il]/i,
    grantType: null,
    meaning:
      "the login page does not know the client id in this region, or the redirect URI is not registered for the client",
    remedies: [REGISTER_REDIRECT, COMPARE_REGION],
  },
  {
    code: null,
    description: /client id/i,
    grantType: null,
    meaning: "the login page does not know this client id: a typo, or a client in another region",
    remedies: [COMPARE_REGION, CHECK_CLIENT],
  },
  {
    code: null,
    description: /approv/i,
    grantType: null,
    meaning: "an administrator has to approve this application before anyone can log in with it",
    remedies: CONSENT.slice(1),
  },
  {
    code: "access_denied",
    description: /\badmin|approv|not (?:been )?authorized/i,
    grantType: null,
    meaning: "an administrator has to approve this application before anyone can log in with it",
    remedies: CONSENT.slice(1),
  },
  {
    code: "access_denied",
    description: null,
    grantType: /^client_credentials$/,
    meaning:
      "the token endpoint refuses this client; a login with client credentials needs no consent, so that is not the reason",
    remedies: [COMPARE_REGION, CHECK_CLIENT],
  },
  {
    code: "access_denied",
    ...ANY,
    meaning:
      "either the person declined to consent, or an administrator has not approved the application; the response does not show which",
    remedies: CONSENT,
  },
];

/** Returns the meaning of a token endpoint error; null for an error that is not in the table. */
export function meaningOfTokenError(facts: TokenFacts): string | null {
  return find(facts)?.meaning ?? null;
}

/** Explains why the token endpoint rejects a login, as one sentence without a final period. */
export function meaningOfCredentials(facts: TokenFacts & Pick<RefusalFacts, "status">): string {
  if (isBare(facts) && facts.status === 400) {
    return "the token endpoint returns 400 for a wrong id or secret, for a form that it can't read and for too many logins; only the body shows the difference";
  }
  return meaningOfTokenError(facts) ?? REJECTED;
}

/** Returns the remedies for a token endpoint error; empty for an error that is not in the table. */
export function tokenErrorRemedies(facts: TokenFacts): readonly Remedy[] {
  return find(facts)?.remedies ?? [];
}

/** Returns the remedies when the token endpoint rejects the client's credentials or the grant. */
export function usualCredentialRemedies(facts: TokenFacts & Pick<RefusalFacts, "status">): readonly Remedy[] {
  const known = find(facts)?.remedies;
  if (known !== undefined) return known;
  return isBare(facts)
    ? [PRINT_BODY, ...(facts.status === 400 ? [SHARE_TOKEN] : []), COMPARE_REGION, CHECK_CLIENT]
    : [COMPARE_REGION, CHECK_CLIENT];
}

/** Whether a response has only a status, without a code or message. */
function isBare({ code, message, status }: TokenFacts & Pick<RefusalFacts, "status">): boolean {
  return code === null && message === null && status !== null;
}

function find({ code, message, grantType, path }: TokenFacts): LoginRefusal | undefined {
  return TOKEN_REFUSALS.find(
    (entry) =>
      entry.code === code &&
      (entry.description === null || entry.description.test(message ?? "")) &&
      (entry.grantType === null || entry.grantType.test(grantType ?? "")) &&
      (entry.path === undefined || entry.path.test(path ?? "")),
  );
}
