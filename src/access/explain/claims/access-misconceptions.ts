import type { Misconception } from "./misconception.ts";
import { SOURCES } from "./source.ts";

const ROLES_DECIDE =
  "scopes do not restrict client-credentials tokens; the OAuth client's roles and divisions determine access";

/**
 * Pattern parts for a claim about the lifetime of a token. `LASTS` introduces the lifetime. `NOT_READ` excludes a
 * lifetime that was read from a response's `expires_in`.
 */
const LASTS =
  "\\b(?:access )?tokens?\\b[^.\\n]{0,50}\\b(?:expires?|expiry|lasts?|valid|lifetime|live)\\b[^.\\n]{0,30}(?<!\\b(?:configured|set|duration)\\b[^.\\n]{0,20})\\b";
const NOT_READ = "\\b(?![^.\\n]{0,20}\\b(?:even though|although|but|despite)\\b[^.\\n]{0,40}expires_in)";
const LIFETIME =
  "the OAuth client's setting determines it: 300 to 172,800 s, by default 86,400 s; `genscope whoami` shows the actual expiry";

/**
 * Misconceptions about tokens, scopes and roles. Permission and scope names are checked against the catalog
 * instead.
 */
export const ABOUT_ACCESS: readonly Misconception[] = [
  {
    id: "identity-scopes",
    pattern:
      /(?<![\w/.-])(offline_access|openid|view:myprofile|agent:login)\b(?![-/]| (?:connect|provider|config\w*)\b)/gi,
    claim: "scope `$1` is needed",
    verdict: "false",
    truth: "the platform has no such scope, and refresh tokens do not depend on a scope",
    source: SOURCES.sdks,
    layer: "scope",
  },
  {
    id: "scope-on-client-credentials",
    pattern:
      /(?:grant_type["']?\s{0,3}[=:,]\s{0,3}["']?client_credentials["']?[&,;\s]{1,40}(?:["']?scopes?["']?)\s{0,3}[=:,]|\b(?:add|request|pass|include|extend)[^.\n]{0,60}\bscopes?\b[^.\n]{0,60}\b(?:client[- _]credentials|service account)|\b(?:client[- _]credentials|service account)\b[^.\n]{0,40}\b(?:lacks?|needs?|missing|without)\b[^.\n]{0,30}\bscopes?\b|\bclient[- _]credentials\b[^.\n]{0,20}\bwith (?:the )?scopes? [a-z][\w-]{1,30}:|\bclient[- _]credentials\b[^.\n]{0,60}\b(?:ask(?:s|ed|ing)? for|request(?:s|ed|ing)?|limit(?:ation|ed|s)?)\b(?:(?!\b(?:no|not|ignores?|never)\b|n't\b)[^.\n]){0,60}(?:\bscopes?\b|\b[a-z]{3,20}:[a-z]{3,20})|\bclient[- _]credentials\b["'`]?\s{0,4}\n[-*\s]{0,6}scopes?(?: requested)?\s{0,2}:|\bclient[- _]credentials\b["'`]?\)?[,;|][^.\n]{0,10}\bscopes?(?: (?:field|parameter|box|value|set to))?\s{0,2}[:=]?\s{0,2}["'`]?[a-z][\w-]{2,30}(?::[a-z]+)?["'`]?(?=[\s,;)|]|$)(?<!\bscopes? (?:are|is|do|does|have|were|was|and|or|of|for|on|in|that))|\bscopes?(?: requested)?\s{0,2}:[^\n]{3,200}\n[-*\s]{0,6}grant(?:[ _]type)?\s{0,2}:\s{0,2}["'`]?client[- _]credentials\b)/gi,
    claim: "a client-credentials token gets its permissions from scopes",
    verdict: "false",
    truth: ROLES_DECIDE,
    source: SOURCES.clientModel,
    layer: "scope",
  },
  {
    id: "scopes-override",
    pattern:
      /\bscopes?\b[^.\n]{0,30}\b(?:override|overrule|replace|instead of)[^.\n]{0,30}\b(?:permissions?|roles?)\b|\broles?\b[^.\n]{0,30}\bonly\b[^.\n]{0,20}\b(?:UI|user interface)\b/gi,
    claim: "scopes replace permissions",
    verdict: "false",
    truth:
      "a scope grants nothing: scope and permission must both pass, and scopes restrict only user tokens, if the organization enforces them",
    source: SOURCES.help,
    layer: "scope",
  },
  {
    id: "client-credentials-no-analytics",
    pattern:
      /\bclient[- _]credentials\b[^.\n]{0,80}\b(?:can't|cannot|can not|do(?:es)?n't|do(?:es)? not|never|isn't|is not)\b[^.\n]{0,80}\b(?:analytics|user-specific|user data|reports?)\b|\b403 is inherent\b/gi,
    claim: "client credentials can't run analytics queries",
    verdict: "false",
    truth:
      "a client whose roles hold the permission in the right divisions can run every analytics query; only operations that need a user context refuse it, with 400 `not.a.user`",
    source: SOURCES.definition,
    layer: "context",
  },
  {
    id: "permissions-of-users-only",
    pattern:
      /\b(?:permissions?|roles?)\b[^.\n]{0,60}\bonly\b[^.\n]{0,40}\b(?:code authorization|authorization[- _]code|auth code|PKCE|implicit|users?(?:'s)? tokens?)\b[^.\n]{0,60}\b(?:not\b[^.\n]{0,30}\bclient[- _]credentials|rather than\b[^.\n]{0,30}\bclient[- _]credentials|clients?|grants?)\b|\bclient[- _]credentials\b[^.\n]{0,40}\b(?:can't|cannot|can not|never|doesn't|does not)\b[^.\n]{0,20}\b(?:hold|have|get|carry|use)\b[^.\n]{0,30}\b(?:permissions?|roles?)\b/gi,
    claim: "this permission works only with a user's login, not with client credentials",
    verdict: "false",
    truth:
      "an OAuth client for client credentials has roles of its own, which can hold every permission; only operations that need a user refuse its token, with 400 `not.a.user`",
    source: SOURCES.clientModel,
    layer: "permission",
  },
  {
    id: "user-token-mends",
    // Without a 403, a question about the grant type is not about a refused call.
    pattern:
      /\bswitch(?:ing)?\b[^.\n]{0,60}\b(?:PKCE|authorization[- _]code|user token)\b|^(?=[\s\S]{0,20000}\b403\b)(?=[\s\S]{0,20000}\bclient[- _]credentials\b)[\s\S]{0,20000}?\b(?:do|should|must|shall|need|have)\b[^.\n?]{0,30}\b(?:use|go|move|change|log in|migrate)\b[^.\n?]{0,40}\b(?:PKCE|authorization[- _]code|user(?:'s)? (?:token|login))\b[^.\n?]{0,60}\?/gi,
    claim: "switching to a user's login fixes a 403",
    verdict: "misleading",
    truth:
      "it only changes whose roles are checked; the OAuth client can hold the same role in the same divisions",
    source: SOURCES.clientModel,
    layer: "permission",
  },
  {
    id: "roles-of-the-creator",
    // An author who also gave the client a role knows whose roles count.
    pattern:
      /^(?![\s\S]{0,20000}\b(?:gave|give|assign|grant|add)\w{0,3}\b(?! type)[^.\n]{0,60}\b(?:client|it)\b)(?=[\s\S]{0,20000}\bclient[- _]credentials\b)[\s\S]{0,20000}?\b(?:I(?:'m| am)|I have|my (?:own )?(?:user|account|login)(?: is| has)?)\b[^.\n]{0,30}\badmin(?:istrator)?\b/gi,
    claim: "the roles of the person who created an OAuth client count for its client-credentials token",
    verdict: "false",
    truth:
      "such a token has only the roles of the OAuth client itself: Admin > Integrations > OAuth > the client > Roles",
    source: SOURCES.clientModel,
    layer: "permission",
  },
  {
    id: "roles-of-the-tester",
    pattern:
      /^(?=[\s\S]{0,20000}\bdata ?actions?\b)[\s\S]{0,20000}?\b(?:I(?:'m| am)|I have|my (?:own )?(?:user|account|login)(?: is| has)?)\b[^.\n]{0,30}\badmin(?:istrator)?\b/gi,
    claim: "the roles of the person who runs or tests a data action count for the call that it makes",
    verdict: "false",
    truth:
      "a data action calls with the credentials of its integration: for the platform's own API, the roles of the OAuth client in those credentials count",
    source: SOURCES.help,
    layer: "permission",
  },
  {
    id: "grant-type-of-the-client",
    pattern:
      /^(?=[\s\S]{0,20000}(?:\bterraform\b|genesyscloud\b|\bgrant_type=client_credentials\b))(?=[\s\S]{0,20000}\b(?:invalid|unauthorized)_client\b)[\s\S]{0,20000}?\bclient\b(?:(?!\b(?:not|from|other|another)\b)[^.\n]){0,40}\b(?:type|grant)\b(?:(?!\b(?:not|from)\b)[^.\n]){0,20}?\b(Code Authorization|Authorization Code|Token Implicit|Implicit|PKCE|SAML2? Bearer)\b/gi,
    claim: "an OAuth client of grant type `$1` can log in with client credentials",
    verdict: "false",
    truth: "each OAuth client has one grant type; this login needs a client of type Client Credentials",
    source: SOURCES.clientModel,
    layer: "credentials",
  },
  {
    id: "named-role",
    pattern: /\b((?:Analytics|Reporting|Data|Report) (?:Viewer|Admin|User|Reader|Supervisor))\b(?: role)?/g,
    claim: "role `$1` is missing",
    verdict: "misleading",
    truth:
      "any role that holds the permission suffices, and role names differ between organizations; `genscope check-scopes` lists those that hold it",
    source: SOURCES.definition,
    layer: "permission",
  },
  {
    id: "token-lifetime",
    pattern: new RegExp(`${LASTS}(3[, ]?600|900)${NOT_READ}`, "gi"),
    claim: "an access token lasts $1 (seconds)",
    verdict: "false",
    truth: LIFETIME,
    source: SOURCES.clientModel,
    layer: "token",
  },
  {
    id: "token-lifetime-in-words",
    pattern: new RegExp(`${LASTS}(one hour|1 hour|60 min(?:ute)?s?|15 min(?:ute)?s?)${NOT_READ}`, "gi"),
    claim: "an access token lasts $1",
    verdict: "false",
    truth: LIFETIME,
    source: SOURCES.clientModel,
    layer: "token",
  },
  {
    id: "secret-in-browser",
    pattern:
      /\b(?:put|ship|embed|store|hide|keep|use|include|have)\w{0,3}\b[^.\n]{0,30}\bsecret\b[^.\n]{0,40}\b(?:front[- ]?end|browser|SPA|single[- ]page app\w*|mobile app|client[- ]side|JavaScript|React app|Angular app)\b/gi,
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
    claim: "single sign-on applies to client credentials",
    verdict: "false",
    truth:
      "single sign-on is for people who log in; a login with client credentials sends an id and a secret only",
    source: SOURCES.clientModel,
    layer: "credentials",
  },
  {
    id: "decode-token",
    // A token issued by an identity provider is not an access token of the platform, and it can be decoded.
    pattern:
      /^(?![\s\S]{0,20000}\b(?:IdP|identity provider|OIDC|OpenID|JWKS|id[_ ]token)\b)[\s\S]*?(?:\bjwt\.io\b|\bdecod(?:e|ing)\b[^.\n]{0,20}\b(?:access )?token\b|\bclaims?\b[^.\n]{0,20}\b(?:of|in) (?:the|your) (?:JWT|access token)\b)/gi,
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
      /\bclient[- _]credentials\b[^.\n]{0,80}\brefresh[ _-]?tokens?\b|\brefresh[ _-]?tokens?\b[^.\n]{0,60}\bclient[- _]credentials\b|\blong-lived API tokens?\b/gi,
    claim: "client credentials come with a refresh token or a long-lived token",
    verdict: "false",
    truth: "they never do; request a new token with the same id and secret before the old one expires",
    source: SOURCES.sdks,
    layer: "credentials",
  },
  {
    id: "refresh-without-blocking",
    pattern: /\b(?:refresh|renew)\w*\b[^.\n]{0,80}\b(?:without|non-?)\s?block\w*/gi,
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
      /\btraceparent\b[^\n]{0,160}\b(?:payload|body|subscription|handshake)\b|\b(?:payload|body|subscription|handshake)\b[^\n]{0,160}\btraceparent\b|(?<![:=(]\s{0,3})\{\s{0,20}["']traceparent["']\s{0,3}:/gi,
    claim: "`traceparent` belongs in the body of a subscription or request",
    verdict: "unknown",
    truth:
      "no source supports it; correlate by `ININ-Correlation-Id` (header) and `contextId` (body), and log your own trace id with them",
    source: SOURCES.absence,
    layer: "request",
  },
  {
    id: "scope-explains-403",
    pattern:
      /\b403\b[^.\n]{0,140}\b(?:almost (?:always|exclusively)|usually (?:means|appears)|often appears|typically|most common|not a missing permission)\b[^.\n]{0,140}\bscopes?\b|\bmost common cause of a 403\b[^.\n]{0,140}\bscopes?\b/gi,
    claim: "a 403 usually means a missing scope",
    verdict: "false",
    truth:
      "scopes restrict only users' tokens, if the organization enforces them, and the error is then `app.not.authorized.for.scope`; a missing permission returns `missing.*permissions`",
    source: SOURCES.definition,
    layer: "scope",
  },
  {
    id: "role-with-scopes",
    pattern:
      /\broles?\b[^.\n|]{0,30}\b(?:is missing|are missing|lacks?|needs?|has|have) (?:the |a |an |all )?(?:OAuth )?scopes?\b/gi,
    claim: "a role contains scopes",
    verdict: "false",
    truth: "roles hold permissions; scopes belong to the OAuth client, and restrict only users' tokens",
    source: SOURCES.help,
    layer: "scope",
  },
  {
    id: "role-for-the-ui",
    pattern:
      /\broles?\b[^.\n]{0,50}\b(?:gatekeeper for the UI|(?:just|only) (?:for|affects?|grants?|about) (?:the )?UI|grants? UI access)\b/gi,
    claim: "roles only matter in the user interface",
    verdict: "false",
    truth: "the permissions of the token's roles determine whether each API call is allowed",
    source: SOURCES.help,
    layer: "permission",
  },
];
