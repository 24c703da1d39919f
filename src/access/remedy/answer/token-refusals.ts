import type { RefusalFacts } from "../../verdict/refusal-facts.ts";
import type { Remedy } from "../../verdict/verdict.ts";
import { AUTHORIZED_APPLICATIONS_MENU, clientMenu } from "../menu-path.ts";

type TokenFacts = Pick<RefusalFacts, "code" | "message" | "grantType">;

/** What an error of the token endpoint or the login page means, and what helps. */
interface LoginRefusal {
  readonly code: string;
  /** Recognizes the cause in the description; the first entry that fits counts, and null fits every description. */
  readonly description: RegExp | null;
  /** Recognizes the cause by the grant type of the request where the description is silent; null for every type. */
  readonly grantType: RegExp | null;
  /** One sentence without a full stop. */
  readonly meaning: string;
  readonly remedies: readonly Remedy[];
}

const COMPARE_REGION: Remedy = {
  kind: "use-host",
  summary:
    "compare the region with the address of the product's user interface (`apps.<domain>`): other regions do not know this client id",
};
const CHECK_CLIENT: Remedy = {
  kind: "fix-credentials",
  summary: "then check client id, secret and grant type of the OAuth client",
  menuPath: clientMenu(null),
};
const LOG_IN_AGAIN: Remedy = {
  kind: "log-in-again",
  summary: "start a new login",
  command: "genscope login --grant pkce",
};

const VERIFIER: Pick<LoginRefusal, "meaning" | "remedies"> = {
  meaning:
    "the code verifier does not fit the code challenge; client id, secret and region are right when this answer comes",
  remedies: [
    {
      kind: "fix-credentials",
      summary:
        "send as `code_challenge` the unpadded base64url form of the SHA-256 of the very `code_verifier` that the exchange sends; keep one verifier per login",
    },
    LOG_IN_AGAIN,
  ],
};
const REDIRECT: Pick<LoginRefusal, "meaning" | "remedies"> = {
  meaning:
    "the redirect URI of the exchange is not the one of the authorize request; client id, secret and region are right when this answer comes",
  remedies: [
    {
      kind: "fix-credentials",
      summary:
        "send the same `redirect_uri` in both requests, to the slash, and as it is registered at the client; a URL library can add a slash",
      menuPath: clientMenu(null),
    },
  ],
};
const DEAD_REFRESH_TOKEN: Pick<LoginRefusal, "meaning" | "remedies"> = {
  meaning:
    "the refresh token is no longer valid: it was replaced by a newer one, revoked, ended by a logout or a new password, or issued to another client",
  remedies: [
    { ...LOG_IN_AGAIN, summary: "log in again" },
    {
      kind: "fix-credentials",
      summary:
        "keep the newest refresh token: every renewal can answer with another one, and one process should renew for all",
    },
  ],
};
const ASSERTION: Pick<LoginRefusal, "meaning" | "remedies"> = {
  meaning:
    "the SAML assertion is not accepted: it is expired, meant for another audience, or signed with an unknown key",
  remedies: [
    {
      kind: "fix-credentials",
      summary:
        "request a fresh assertion, then compare `orgName`, audience, signing certificate and the clock of the identity provider",
    },
  ],
};
const USED_CODE: Pick<LoginRefusal, "meaning" | "remedies"> = {
  meaning:
    "the authorization code was used already, or it expired; client id, secret and region are right when this answer comes",
  remedies: [
    { ...LOG_IN_AGAIN, summary: "start a new login: a code works once and for a short time" },
    {
      kind: "fix-credentials",
      summary: "exchange the code once and immediately: a page that is loaded twice exchanges it twice",
    },
  ],
};
const CONSENT: readonly Remedy[] = [
  {
    kind: "log-in-again",
    summary: "log in again and consent to the application",
  },
  {
    kind: "log-in-again",
    summary: "where the organization authorizes applications, have an administrator approve this one first",
    menuPath: AUTHORIZED_APPLICATIONS_MENU,
  },
];

const ANY = { description: null, grantType: null } as const;

const TOKEN_REFUSALS: readonly LoginRefusal[] = [
  { code: "invalid_grant", description: /verif|challenge|pkce/i, grantType: null, ...VERIFIER },
  { code: "invalid_grant", description: /redirect/i, grantType: null, ...REDIRECT },
  { code: "invalid_grant", description: /refresh/i, grantType: null, ...DEAD_REFRESH_TOKEN },
  { code: "invalid_grant", description: /assertion|saml/i, grantType: null, ...ASSERTION },
  { code: "invalid_grant", description: /\bcode\b/i, grantType: null, ...USED_CODE },
  { code: "invalid_grant", description: null, grantType: /^refresh_token$/, ...DEAD_REFRESH_TOKEN },
  { code: "invalid_grant", description: null, grantType: /saml2-bearer$/, ...ASSERTION },
  {
    code: "invalid_grant",
    ...ANY,
    meaning:
      "the grant is not accepted: a code that was used or has expired, another redirect URI or verifier, or a dead refresh token; client id, secret and region are right when this answer comes",
    remedies: [...USED_CODE.remedies.slice(0, 1), ...REDIRECT.remedies, ...VERIFIER.remedies.slice(0, 1)],
  },
  {
    code: "invalid_client",
    description: /not found|unknown/i,
    grantType: null,
    meaning: "the token endpoint does not know this client id: a typing error, or a client of another region",
    remedies: [COMPARE_REGION, CHECK_CLIENT],
  },
  {
    code: "invalid_client",
    description: /authentication failed|secret/i,
    grantType: null,
    meaning:
      "the token endpoint does not accept this secret for this client id; another region can answer so too",
    remedies: [COMPARE_REGION, CHECK_CLIENT],
  },
  {
    code: "unauthorized_client",
    ...ANY,
    meaning: "the OAuth client has another grant type than this login uses",
    remedies: [
      {
        kind: "fix-credentials",
        summary: "use a client with the grant type of this login: one client has one grant type",
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
    description: /redirect/i,
    grantType: null,
    meaning: REDIRECT.meaning,
    remedies: REDIRECT.remedies,
  },
  {
    code: "access_denied",
    description: /admin|approv|authoriz/i,
    grantType: null,
    meaning: "an administrator has to approve this application before anyone can log in with it",
    remedies: CONSENT.slice(1),
  },
  {
    code: "access_denied",
    ...ANY,
    meaning:
      "the person or the organization declined: consent to the application, or its approval, is missing",
    remedies: CONSENT,
  },
];

/** Returns what an error of the token endpoint means; null for an error without an entry. */
export function meaningOfTokenError(facts: TokenFacts): string | null {
  return find(facts)?.meaning ?? null;
}

/** Says why the token endpoint rejects a login, one sentence without a full stop. */
export function meaningOfCredentials(facts: TokenFacts): string {
  return (
    meaningOfTokenError(facts) ??
    "the token endpoint rejects client id, secret or grant: a typing error, another region, or a client with another grant type"
  );
}

/** Returns what helps against an error of the token endpoint; empty for an error without an entry. */
export function tokenErrorRemedies(facts: TokenFacts): readonly Remedy[] {
  return find(facts)?.remedies ?? [];
}

/** Returns what helps when the token endpoint rejects the client's credentials or the grant. */
export function usualCredentialRemedies(facts: TokenFacts): readonly Remedy[] {
  return find(facts)?.remedies ?? [COMPARE_REGION, CHECK_CLIENT];
}

function find({ code, message, grantType }: TokenFacts): LoginRefusal | undefined {
  return TOKEN_REFUSALS.find(
    (entry) =>
      entry.code === code &&
      (entry.description === null || entry.description.test(message ?? "")) &&
      (entry.grantType === null || entry.grantType.test(grantType ?? "")),
  );
}
