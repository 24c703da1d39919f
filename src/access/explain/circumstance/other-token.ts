import { findReported, reports } from "../assertion/asserted.ts";
import { SOURCES } from "../claims/source.ts";
import type { Circumstance, CircumstanceFacts } from "./circumstance.ts";

const SENDS =
  "(?:sen[dt]|sends|sending|pass(?:es|ed|ing)?|us(?:e|es|ed|ing)|forward(?:s|ed|ing)?|put|attach(?:es|ed|ing)?|paste[ds]?|pasting)";
/**
 * Matches phrases about a client secret or id that was sent instead of a token: `the client secret as Bearer token`.
 */
const SECRET_AS_TOKEN = new RegExp(
  `\\b${SENDS}\\b[^.\\n]{0,40}\\b(?:client ?|OAuth )?(?:secret|client id|id and secret)\\b[^.\\n]{0,20}\\b(?:as|for|behind|after|in place of|instead of)\\b[^.\\n]{0,20}(?:\\bbearer\\b|\\b(?:access )?token\\b)`,
  "i",
);
/**
 * Matches a description of a header that contains the client secret or id. Redaction can have replaced the word
 * `client`.
 */
const SECRET_IN_HEADER =
  /\b(?:Authorization|Bearer)(?: header)?["'`]?\s?(?:[=:]|\bis\b|\bwith\b|\bcontains\b|\bset to\b)?\s?(?:Bearer )?(?:(?:the|our|my|its) )?(?:client|\[secret\])[ _-]?(?:secret|id)\b/i;
/** Matches phrases about a client id as the user name of a call. Only the token request uses HTTP Basic. */
const BASIC_AT_API =
  /\buser ?name\b\W{1,6}(?:is |the |my |our )?client[ _]?id\b|\bbasic auth\w{0,12}\b[^.\n]{0,80}\bclient[ _]?(?:id|secret)\b/i;
/** Matches signs that the text also shows how the token was requested. */
const OF_TOKEN_REQUEST = /\boauth2?\/token\b|\baccess_token\b|\bgrant_type\b|\bbearer\b/i;
/**
 * Matches an unsupported authentication scheme that was selected in a tool: `the authorization type is "OAuth 1.0"`.
 */
const OTHER_SCHEME =
  /(?<!\bprox(?:y|ies)\b[^.\n]{0,20})\b(?:auth\w{0,12}|type|tab)\b[^.\n]{0,40}?\b(OAuth 1(?:\.0a?)?|Digest|NTLM|Hawk|AWS Signature)\b/i;
const ISSUERS =
  "(Okta|Auth0|Entra(?: ID)?|Azure(?: AD)?|Microsoft|Google|Keycloak|Cognito|Salesforce|Ping(?:One|Federate)?|ADFS|OneLogin)";
/** Matches phrases about a call with another product's token: `we send the Okta access token to Genesys`. */
const TOKEN_OF_OTHER = new RegExp(
  `\\b${SENDS}\\b[^.\\n]{0,30}\\b${ISSUERS}(?:['’]s)? ?(?:\\(?OIDC\\)? |OAuth2? )?(?:access[ -_]?|id[ -_]?|JWT )?token\\b(?! (?:for|to|against) (?:the )?(?:Okta|Auth0|Entra|Azure|Microsoft|Google|Keycloak|Cognito|Salesforce|Ping|ADFS|OneLogin)\\b)|\\btoken (?:from|of|issued by) (?:our |the )?${ISSUERS}\\b[^.\\n]{0,40}\\b(?:as|in|to|for)\\b[^.\\n]{0,20}(?:\\bBearer\\b|\\bheader\\b|\\bGenesys\\b|\\bPureCloud\\b)`,
  "i",
);
const NEGATED = /\b(?:not|never|no longer|instead of|rather than)\b|n['’]t\b/i;

/**
 * Recognizes a call that sends a client secret, another scheme or another product's token instead of a platform token;
 * null without evidence.
 */
export function findOtherToken({ status, layer, words }: CircumstanceFacts): Circumstance | null {
  if (status !== 401 || layer !== "token") return null;
  const secret = findReported(SECRET_AS_TOKEN, words) ?? findReported(SECRET_IN_HEADER, words);
  if (secret !== null && !NEGATED.test(secret[0])) return SECRET;
  if (reports(BASIC_AT_API, words) && !OF_TOKEN_REQUEST.test(words)) return SECRET;
  const [set = "", scheme] = findReported(OTHER_SCHEME, words) ?? [];
  if (scheme !== undefined && !NEGATED.test(set)) return ofScheme(scheme);
  const other = findReported(TOKEN_OF_OTHER, words);
  const issuer = other?.[1] ?? other?.[2];
  if (other === null || issuer === undefined || NEGATED.test(other[0])) return null;
  return {
    layer: "token",
    meaning: `according to the text, the call sends a token from ${issuer}, but the platform accepts only access tokens that it issued itself`,
    claims: [
      {
        text: `a token from ${issuer} is valid for the API`,
        verdict: "false",
        truth: "access tokens come from `https://login.<domain>/oauth/token` of the organization's region",
        source: SOURCES.clientModel,
      },
    ],
    remedies: [
      {
        kind: "log-in-again",
        summary:
          "log the user in at the platform with authorization code and PKCE: with single sign-on, the identity provider asks for the password there too",
        command: "genscope login --grant pkce",
      },
      {
        kind: "none",
        summary:
          "a server that has the user's SAML assertion can exchange it: `grant_type` `urn:ietf:params:oauth:grant-type:saml2-bearer`",
      },
    ],
    isWholeRemedy: true,
  };
}

function ofScheme(scheme: string): Circumstance {
  return {
    layer: "token",
    meaning: `according to the text, the call uses ${scheme}, but the platform accepts only an access token in the header \`Authorization: Bearer TOKEN\``,
    claims: [],
    remedies: [
      {
        kind: "fix-credentials",
        summary:
          "set the tool to OAuth 2.0 or to a bearer token, and send the `access_token` that it received",
      },
    ],
    isWholeRemedy: true,
  };
}

const SECRET: Circumstance = {
  layer: "token",
  meaning: "according to the text, the call sends the id or secret of the OAuth client instead of a token",
  claims: [
    {
      text: "the API accepts the client id and secret instead of a token",
      verdict: "false",
      truth: "they are exchanged for an access token first, and that token goes into the header",
      source: SOURCES.clientModel,
    },
  ],
  remedies: [
    {
      kind: "fix-credentials",
      summary:
        "request a token with `grant_type=client_credentials` and HTTP Basic from `https://login.<domain>/oauth/token`, then send its `access_token` as `Authorization: Bearer TOKEN`",
    },
    {
      kind: "fix-credentials",
      summary: "replace the secret if a log or another host received it",
    },
  ],
  isWholeRemedy: true,
};
