import { SOURCES } from "../source.ts";
import type { Misconception } from "./misconception.ts";

const ROLES_DECIDE =
  "scopes do not restrict client-credentials tokens; the OAuth client's roles and divisions determine access";

/** Matches a statement that the author is an administrator, but not one that mentions another administrator. */
const IS_ADMIN =
  /\b(?:I(?:['’]m| am)(?: also| already| even| actually)?(?: an?| the)?|I have(?: the| full| all| an?)?|my (?:own )?(?:user|account|login)(?: is| has)?(?: an?| the| full| all)?)(?: (?:master|full|global|super|org(?:anization)?|genesys|cloud|account|system|tenant|complete)){0,2} admin(?:istrator)?\b(?! (?:to|who|has|is|check|look)\b)/gi;

/**
 * Misconceptions about scopes, roles and grants. Permission and scope names are checked against the catalog
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
      /(?:grant_type["']?\s{0,3}[=:,]\s{0,3}["']?client_credentials["']?[&,;\s]{1,40}(?:["']?scopes?["']?)\s{0,3}[=:,]|\b(?:add|request|pass|include|extend)[^.\n]{0,60}\bscopes?\b[^.\n]{0,60}\b(?:client[- _]credentials|service account)|\b(?:client[- _]credentials|service account)\b(?:(?!\b(?:no|not|never)\b|n['’]t\b)[^.\n]){0,40}\b(?:lacks?|needs?|missing|without)\b[^.\n]{0,30}\bscopes?\b|\bclient[- _]credentials\b[^.\n]{0,20}\bwith (?:the )?scopes? [a-z][\w-]{1,30}:|\bclient[- _]credentials\b[^.\n]{0,60}\b(?:ask(?:s|ed|ing)? for|request(?:s|ed|ing)?|limit(?:ation|ed|s)?)\b(?:(?!\b(?:no|not|ignores?|never)\b|n't\b)[^.\n]){0,60}(?:\bscopes?\b|\b[a-z]{3,20}:[a-z]{3,20})|\bclient[- _]credentials\b["'`]?\s{0,4}\n[-*\s]{0,6}scopes?(?: requested)?\s{0,2}:|\bclient[- _]credentials\b["'`]?\)?[,;|][^.\n]{0,10}\bscopes?(?: (?:field|parameter|box|value|set to))?\s{0,2}[:=]?\s{0,2}["'`]?[a-z][\w-]{2,30}(?::[a-z]+)?["'`]?(?=[\s,;)|]|$)(?<!\bscopes? (?:are|is|do|does|have|were|was|and|or|of|for|on|in|that))|\bscopes?(?: requested)?\s{0,2}:[^\n]{3,200}\n[-*\s]{0,6}grant(?:[ _]type)?\s{0,2}:\s{0,2}["'`]?client[- _]credentials\b|\bclient[- _]credentials\b[^?]{0,400}?(?:\b(?:is|are|could|might)\b[^.?\n]{0,40}\bscopes?\b[^.?\n]{0,20}\b(?:missing|required|needed|wrong)\b|\b(?:missing|lacks?|lacking|needs?) (?:a |an |some |the |any |another |a specific )?(?:OAuth )?scopes?\b)[^.?\n]{0,60}\?|\bclient[- _]credentials\b[^?]{0,200}?\bscopes? ["'`]?[a-z][\w:-]{2,40}["'`]? (?:is|are|was|were) (?:granted|set|assigned|added|there|enabled|present)\b)/gi,
    claim: "a client-credentials token gets its permissions from scopes",
    verdict: "false",
    truth: ROLES_DECIDE,
    source: SOURCES.clientModel,
    layer: "scope",
  },
  {
    id: "scope-of-client",
    // If the text also mentions a login by users, the scopes may belong to another client.
    pattern:
      /^(?=[\s\S]{0,20000}\bclient[- _]cred(?:ential)?s?\b)(?![\s\S]{0,20000}\b(?:PKCE|authorization[- _]code|implicit|user(?:'s)? (?:token|login))\b)[\s\S]{0,20000}?\b(?:gave|given|added|assigned|granted|enabled|ticked|selected)\b(?:(?!\b(?:no|not|never|without|cannot|can)\b|n['’]t\b)[^.?\n]){0,60}\b(?:scopes?\b(?! (?:tab|field|is|are|do))|[a-z][a-z-]{2,30}:readonly\b)/gi,
    claim: "a client-credentials token gets its permissions from scopes",
    verdict: "false",
    truth: ROLES_DECIDE,
    source: SOURCES.clientModel,
    layer: "scope",
  },
  {
    id: "scopes-override",
    pattern:
      /\bscopes?\b(?:(?!\b(?:no|not|never)\b|n['’]t\b)[^.\n]){0,30}\b(?:override|overrule|replace|instead of)[^.\n]{0,30}\b(?:permissions?|roles?)\b|\broles?\b[^.\n]{0,30}\bonly\b[^.\n]{0,20}\b(?:UI|user interface)\b/gi,
    claim: "scopes replace permissions",
    verdict: "false",
    truth:
      "a scope grants nothing: scope and permission must both pass, and scopes restrict only user tokens, if the organization enforces them",
    source: SOURCES.help,
    layer: "scope",
  },
  {
    id: "only-for-users",
    pattern:
      /\b(?:endpoint|API|call|operation|resource|it|that|this)\b[^.?\n]{0,20}\b(?:only|just|restricted|reserved) (?:works? )?(?:for|to|with|available (?:for|to)|meant for) (?:users?|humans?|people|user (?:tokens?|contexts?)|a user (?:token|context))\b[^.?\n]{0,40}\?|\b(?:open|available|allowed|usable|supported|accessible) (?:for|to|with|by) (?:client[- _]credentials|service accounts?|OAuth clients?|a client)\b[^.?\n]{0,40}\?/gi,
    claim: "only users may call the operation",
    verdict: "unknown",
    truth:
      "an operation that needs a user refuses client credentials with 400 `not.a.user`; any other refusal has another cause",
    source: SOURCES.definition,
    layer: "context",
  },
  {
    id: "client-credentials-no-analytics",
    pattern:
      /\bclient[- _]credentials\b[^.\n]{0,80}\b(?:can't|cannot|can not|do(?:es)?n't|do(?:es)? not|never|isn't|is not)\b(?! (?:expire|need|require|matter)\b)[^.\n]{0,80}\b(?:analytics|user-specific|user data|reports?)\b|\b403 is inherent\b/gi,
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
    id: "roles-of-the-creator",
    // An author who also gave the client a role knows that the client's roles count, not the user's.
    pattern: IS_ADMIN,
    needs: [/\bclient[- _]credentials\b/i],
    unless: /\b(?:gave|give|assign|grant|add)\w{0,3}\b(?! type)[^.\n]{0,60}\b(?:client|it)\b/i,
    claim: "the roles of the person who created an OAuth client count for its client-credentials token",
    verdict: "false",
    truth:
      "such a token has only the roles of the OAuth client itself: Admin > Integrations > OAuth > the client > Roles",
    source: SOURCES.clientModel,
    layer: "permission",
  },
  {
    id: "roles-of-the-tester",
    pattern: IS_ADMIN,
    needs: [/\bdata ?actions?\b/i],
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
      /\bclient\b(?! (?:of|for)\b)(?:(?!\b(?:not|from|other|another)\b|n['’]t\b)[^.\n]){0,40}\b(?:type|grant)\b(?:(?!\b(?:not|from)\b)[^.\n]){0,20}?\b(Code Authorization|Authorization Code|Token Implicit|Implicit|PKCE|SAML2? Bearer)\b/gi,
    needs: [
      /\bterraform\b|genesyscloud\b|\bgrant_type=client_credentials\b/i,
      /\b(?:invalid|unauthorized)_client\b/i,
    ],
    claim: "an OAuth client of grant type `$1` can log in with client credentials",
    verdict: "false",
    truth: "each OAuth client has one grant type; this login needs a client of type Client Credentials",
    source: SOURCES.clientModel,
    layer: "credentials",
  },
  {
    id: "named-role",
    pattern: /\b((?:Analytics|Reporting|Data|Report) (?:Viewer|Admin|User|Reader|Supervisor))\b(?: role)?/g,
    sentence:
      /\b(?:needs?|needed|requires?|required|miss(?:es|ing)|lacks?|lacking|without|want|add|assign|grant|give|ask for|request)\b/i,
    claim: "role `$1` is missing",
    verdict: "misleading",
    truth:
      "any role that holds the permission suffices, and role names differ between organizations; `genscope check-scopes` lists those that hold it",
    source: SOURCES.definition,
    layer: "permission",
  },
  {
    id: "role-change-at-once",
    pattern:
      /\b(?:add(?:ed|ing)|assign(?:ed|ing)|grant(?:ed|ing)|gave|giving|chang(?:ed|ing))\b(?=[^?\n]{0,160}\b(?:roles?|permissions?|grants?|divisions?)\b)[^?\n]{0,160}\bstill\b[^.?\n]{0,60}\b(?:40[13]|denied|refused|missing|fail(?:s|ed))\b[^.?\n]{0,40}\b(?:for|until|after) (?:an?|one|about|some|several|a few|\d{1,2})\b[^.?\n]{0,15}\b(?:seconds?|secs?|minutes?|mins?)\b/gi,
    claim: "a role change takes effect immediately",
    verdict: "false",
    truth: "the platform caches grants, so a change takes up to a minute",
    source: SOURCES.help,
    layer: "permission",
  },
  {
    id: "scope-explains-403",
    pattern:
      /\b403\b(?:(?!\bnever\b)[^.\n]){0,140}\b(?:almost (?:always|exclusively)|usually (?:means|appears)|often appears|typically|most common|not a missing permission)\b(?:(?!\b(?:not|never|rather than|no)\b|n['’]t\b)[^.\n]){0,140}\bscopes?\b|\bmost common cause of a 403\b[^.\n]{0,140}\bscopes?\b/gi,
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
      /\broles?\b(?:(?!\b(?:no|not|never)\b|n['’]t\b)[^.\n|]){0,30}\b(?:is missing|are missing|lacks?|needs?|has|have) (?:the |a |an |all )?(?:OAuth )?scopes?\b/gi,
    claim: "a role contains scopes",
    verdict: "false",
    truth: "roles hold permissions; scopes belong to the OAuth client, and restrict only users' tokens",
    source: SOURCES.help,
    layer: "scope",
  },
  {
    id: "role-for-the-ui",
    pattern:
      /\broles?\b(?:(?!\b(?:not|never)\b|n['’]t\b)[^.\n]){0,50}\b(?:gatekeeper for the UI|(?:just|only) (?:for|affects?|grants?|about) (?:the )?UI|grants? UI access)\b/gi,
    claim: "roles only matter in the user interface",
    verdict: "false",
    truth: "the permissions of the token's roles determine whether each API call is allowed",
    source: SOURCES.help,
    layer: "permission",
  },
];
