import { SOURCES } from "../source.ts";
import type { Misconception } from "./misconception.ts";

/**
 * Pattern parts for a claim about the lifetime of a token. `LASTS` introduces the lifetime. `NOT_READ` excludes a
 * lifetime that was read from a response's `expires_in`.
 */
const LASTS =
  "\\b(?:access )?tokens?\\b(?:(?!\\b(?:not|never)\\b|n['’]t\\b)[^.\\n]){0,50}\\b(?:expires?|expiry|lasts?|valid|lifetime|live)\\b[^.\\n]{0,30}(?<!\\b(?:configured|set|duration)\\b[^.\\n]{0,20})\\b";
const NOT_READ = "\\b(?![^.\\n]{0,20}\\b(?:even though|although|but|despite)\\b[^.\\n]{0,40}expires_in)";
const LIFETIME =
  "the OAuth client's setting determines it: 300 to 172,800 s, by default 86,400 s; `genscope whoami` shows the actual expiry";

const MENDS = {
  claim: "switching to a user's login fixes a 403",
  truth:
    "it only changes whose roles are checked; the OAuth client can hold the same role in the same divisions",
} as const;
/** Match a setting that explains a lifetime, and a response that shows one. */
const CONFIGURED = /\bconfigur|\b(?:set|duration|setting)\b/i;
const SHOWN = /\bexpires_in["']?\s{0,3}[:=]\s{0,3}["']?(?:3600|900)\b/;

/** Misconceptions about tokens and logins: their lifetime, content, renewal and secrets. */
export const ABOUT_TOKENS: readonly Misconception[] = [
  {
    id: "user-token-mends",
    pattern:
      /\bswitch(?:ing)?\b(?! (?:away )?from\b)[^.\n]{0,60}\b(?:PKCE|authorization[- _]code|user token)\b/gi,
    // Without a 403, the advice is about a token or a login that was not accepted.
    unless: /^(?![\s\S]*\b403\b)[\s\S]*\b40[01]\b/,
    claim: MENDS.claim,
    verdict: "misleading",
    truth: MENDS.truth,
    source: SOURCES.clientModel,
    layer: "permission",
  },
  {
    id: "user-token-asked",
    // Without a 403, a question about the grant type is not about a refused call.
    needs: [/\b403\b/, /\bclient[- _]credentials\b/i],
    pattern:
      /\b(?:do|should|must|shall|need|have)\b[^.\n?]{0,30}\b(?:use|go|move|change|log in|migrate)\b[^.\n?]{0,40}\b(?:PKCE|authorization[- _]code|user(?:'s)? (?:token|login))\b[^.\n?]{0,60}\?/gi,
    claim: MENDS.claim,
    verdict: "misleading",
    truth: MENDS.truth,
    source: SOURCES.clientModel,
    layer: "permission",
  },
  {
    id: "token-lifetime",
    pattern: new RegExp(`${LASTS}(3[, ]?600|900)${NOT_READ}`, "gi"),
    unless: SHOWN,
    outside: CONFIGURED,
    claim: "an access token lasts $1 (seconds)",
    verdict: "false",
    truth: LIFETIME,
    source: SOURCES.clientModel,
    layer: "token",
  },
  {
    id: "token-lifetime-in-words",
    pattern: new RegExp(`${LASTS}(one hour|1 hour|60 min(?:ute)?s?|15 min(?:ute)?s?)${NOT_READ}`, "gi"),
    unless: SHOWN,
    outside: CONFIGURED,
    claim: "an access token lasts $1",
    verdict: "false",
    truth: LIFETIME,
    source: SOURCES.clientModel,
    layer: "token",
  },
  {
    id: "token-of-a-region",
    pattern:
      /\btokens?\b(?:(?!\b(?:not|never|no)\b|n['’]t\b)[^.?\n]){0,40}\b(?:region-?wide|(?:works?|valid|accepted|usable|good) (?:across|for|in|on) (?:all |several |both |other |any |every )?(?:of (?:the|our) )?(?:orgs?|organi[sz]ations?|tenants?)(?! (?:but|and)\b))\b/gi,
    claim: "a token is valid in several organizations",
    verdict: "false",
    truth:
      "a token belongs to one organization: request one with an OAuth client of the organization that is called",
    source: SOURCES.clientModel,
    layer: "token",
  },
  {
    id: "secret-in-browser",
    pattern:
      /\b(?:put|ship|embed|store|hide|keep|use|include|have)\w{0,3}\b[^.\n]{0,30}\bsecret\b(?:(?!\b(?:not|never|instead|on (?:the|a|our) server)\b|n['’]t\b)[^.\n]){0,40}\b(?:front[- ]?end|browser|SPA|single[- ]page app\w*|mobile app|client[- ]side|JavaScript|React app|Angular app)\b/gi,
    claim: "a client secret can be part of an app in the browser",
    verdict: "false",
    truth:
      "every user of the app can read it there: such apps log users in with authorization code and PKCE, which needs no secret",
    source: SOURCES.publicClients,
    layer: "credentials",
  },
  {
    id: "single-sign-on-of-clients",
    pattern:
      /\b(?:enforc|requir|mandat|exempt|bypass|since|after|because of)\w{0,6}\b[^\n]{0,60}\b(?:SAML|SSO|single sign-on)\b[\s\S]{0,160}\b(?:client[- _]credentials|service account|machine (?:user|client|account))|\b(?:SAML|SSO|single sign-on)\b[^\n]{0,60}\b(?:enforc|requir|mandat|blocks?|break|stop)\w{0,6}\b[\s\S]{0,160}\b(?:client[- _]credentials|service account|machine (?:user|client|account))|\bexempt\b[^.\n]{0,60}\bfrom (?:SAML|SSO|single sign-on)\b|\b(?:renew|chang|switch|replac|rotat|updat|migrat)\w{0,4}\b[^.\n]{0,40}\b(?:SAML|SSO|single sign-on|IdP|identity provider)\b[\s\S]{0,300}\bclient[- _]credentials\b/gi,
    needs: [/\bexempt|\bsince\b|\bafter\b|\bbecause\b|\bbroke|\bstop|\bblock|\bno longer\b|\?/i],
    claim: "single sign-on applies to client credentials",
    verdict: "false",
    truth:
      "single sign-on is for people who log in; a login with client credentials sends only an id and a secret",
    source: SOURCES.clientModel,
    layer: "credentials",
  },
  {
    id: "decode-token",
    // A token issued by an identity provider is not an access token of the platform, and it can be decoded.
    unless: /\b(?:IdP|identity provider|OIDC|OpenID|JWKS|id[_ ]token)\b/i,
    pattern:
      /(?:\bjwt\.io\b|\bdecod(?:e|ing)\b[^.\n]{0,20}\b(?:(?:access )?token|JWT)\b|\bscp claim\b|\bclaims?\b[^.\n]{0,20}\b(?:of|in) (?:the|your) (?:JWT|access token)\b)/gi,
    claim: "the access token can be decoded to see its scopes",
    verdict: "false",
    truth:
      "access tokens are opaque; `GET /api/v2/tokens/me` (or `genscope whoami`) shows their owner and scopes",
    source: SOURCES.sdks,
    layer: "token",
  },
  {
    id: "client-credentials-refresh",
    pattern:
      /\bclient[- _]credentials\b(?:(?!\b(?:no|not|never|without)\b|n['’]t\b)[^.\n]){0,80}\brefresh[ _-]?tokens?\b|(?<!\bfrom (?:the |a )?)\brefresh[ _-]?tokens?\b(?:(?!\b(?:no|not|never|without)\b|n['’]t\b)[^.\n]){0,60}\bclient[- _]credentials\b|\b(?:login)?client[- _]?credentials(?:grant)?\b[\s\S]{0,800}?\b(?:uses?|using|with|via|send|expect|need|where is) (?:the |a |an |its |my )?refresh[ _-]?token\b|\blong-lived (?:API |access )?tokens?\b/gi,
    claim: "client credentials come with a refresh token or a long-lived token",
    verdict: "false",
    truth: "they never do; request a new token with the same id and secret before the old one expires",
    source: SOURCES.sdks,
    layer: "credentials",
  },
  {
    id: "refresh-without-blocking",
    pattern: /\b(?:refresh|renew)\w*\b[^.\n]{0,80}\b(?:without|non-?)\s?block\w*/gi,
    outside: /\b(?:cache|page|screen|view|UI|table|data)\b/i,
    claim: "a long-running service can renew its token without blocking calls",
    verdict: "true",
    truth:
      "renew once before expiry for all callers, which keep using the old token in the meantime: `genscope token --watch FILE`",
    source: SOURCES.sdks,
    layer: "token",
  },
  {
    id: "traceparent-in-body",
    pattern:
      /\btraceparent\b(?:(?!\b(?:not|never|headers?)\b|n['’]t\b)[^\n]){0,160}\b(?:payload|body|subscription|handshake)\b|\b(?:payload|body|subscription|handshake)\b(?:(?!\b(?:not|never|headers?)\b|n['’]t\b)[^\n]){0,160}\btraceparent\b|(?<![:=(]\s{0,3})\{\s{0,20}["']traceparent["']\s{0,3}:/gi,
    claim: "`traceparent` belongs in the body of a subscription or request",
    verdict: "unknown",
    truth:
      "no source supports it; correlate by `ININ-Correlation-Id` (header) and `contextId` (body), and log your own trace id with them",
    source: SOURCES.absence,
    layer: "request",
  },
];
