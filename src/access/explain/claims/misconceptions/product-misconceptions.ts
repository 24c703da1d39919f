import { SOURCES } from "../source.ts";
import type { Misconception } from "./misconception.ts";

/** Pattern source for a path of the API, whose host may contain a placeholder, or for any path on an API host. */
const ADDRESS =
  "(?:api\\.[a-z0-9.-]{0,40}(?:mypurecloud\\.[a-z.]{2,6}|pure\\.cloud)\\/[\\w./-]{1,80}[\\w/-]|<(?:your[-_ ]?)?(?:org|tenant|company|subdomain)[\\w -]{0,20}>\\.(?:mypurecloud\\.[a-z.]{2,6}|pure\\.cloud)\\/[\\w./-]{1,80}[\\w/-]|[a-z0-9.{}$_-]{4,80}\\/(?:api\\/)?v2\\/[\\w./-]{1,80}[\\w/-])";
/** Pattern source for words in the address of a WebSocket for website visitors. */
const OF_VISITOR = "[^\\s\"'`]{0,80}(?:web-?chat|web-?messaging|messag|guest)";
/** Excludes WebSocket hosts of the platform, and hosts of other contact center platforms. */
const ELSEWHERE =
  "(?!streaming\\.|webmessaging\\.|[\\w.-]{0,40}\\b(?:nice-?incontact|nicecxone|cxone|five9|talkdesk|connect\\.aws)\\b)";

/** Pattern source for a WebSocket opened to an address of the API. Captures the address without its scheme. */
export const OPENS_API = `\\bwss:\\/\\/(${ELSEWHERE}${ADDRESS})`;
/** Like `OPENS_API`, but limited to WebSockets for website visitors. */
export const OPENS_VISITOR = `\\bwss:\\/\\/(?=${OF_VISITOR})(${ELSEWHERE}${ADDRESS})`;
const OPENS_CHANNEL = `\\bwss:\\/\\/(?!${OF_VISITOR})(${ELSEWHERE}${ADDRESS})`;

/** Matches words about a limit. Without them, `300 per minute` is the rate at which a program calls. */
const ABOUT_LIMITS = /\blimit|\ballow|\bmax|\bquota|\bthrottl|\bcap(?:ped)?\b|\bceiling\b|\bpermit/i;

/** Error codes that people attribute to the platform, although none of its services sends them. */
export const FOREIGN_CODES = /\b(insufficient_scope|401000)\b/g;

/**
 * Misconceptions about limits, sockets, menus and packages. Hosts and paths are checked against the catalog
 * instead.
 */
export const ABOUT_THE_PRODUCT: readonly Misconception[] = [
  {
    id: "rival-product",
    pattern:
      /(?<!\b(?:from|off|left|leaving|replac\w{1,4}|unlike|instead of) (?:NICE )?)\b(?:NICE )?(CXone|inContact|Five9|Talkdesk|Amazon Connect)\b(?! (?:to|->|→) )/g,
    // Text that names this platform mentions the other product for another reason.
    unless: /\bgenesys|purecloud\b|\bpure\.cloud\b/i,
    claim: "the call belongs to $1",
    verdict: "unknown",
    truth:
      "that is another vendor's product, whose own documentation covers its hosts, permissions and errors; this platform's operations are at `api.<domain>`",
    source: SOURCES.absence,
    layer: "unknown",
  },
  {
    id: "rate-limit-headers",
    pattern: /\b(X-Rate-?Limit-\w+)\b/gi,
    // Gateways and other products send such headers themselves.
    unless:
      /\b(?:kong|apigee|envoy|nginx|gateway|cloudflare|akamai|github|hubspot|zendesk|twilio|okta|slack|shopify|stripe|zoom)\b/i,
    claim: "header `$1` contains the rate limit",
    verdict: "false",
    truth:
      "the platform sends `inin-ratelimit-count`, `inin-ratelimit-allowed`, `inin-ratelimit-reset`, and `Retry-After` on 429",
    source: SOURCES.sdks,
    layer: "rate-limit",
  },
  {
    id: "rate-limit-numbers",
    pattern: /\b((?:60|40|180) (?:requests?|calls?) (?:per|a) minute|(?:60|40)\s?\/\s?min(?:ute)?)\b/gi,
    sentence: ABOUT_LIMITS,
    claim: "the limit is $1",
    verdict: "false",
    truth:
      "the default is 300 requests per minute per token; the organization's values are at `GET /api/v2/organizations/limits/namespaces/{namespaceName}`",
    source: SOURCES.limits,
    layer: "rate-limit",
  },
  {
    id: "more-clients",
    pattern:
      /\b(?:creat|add|us|register|rotat|spread|split|distribut|need|request|balanc|switch)(?:e|es|ing|s|ting|t)?\b[^.\n]{0,60}\b(?:more|another|additional|a second|several|multiple|extra)\b (?:OAuth |API )?clients?\b|\b(?:more|another|additional|a second|several|multiple|extra)\b (?:OAuth |API )?clients?\b[^.\n]{0,30}\b(?:helps?|raises?|increases?|doubles?|avoids?|solves?)\b/gi,
    needs: [/\b429\b/],
    claim: "another OAuth client raises the rate limit",
    verdict: "misleading",
    truth:
      "the limit applies to each token, so a second token for the same client has the same effect; some operations have lower limits",
    source: SOURCES.limits,
    layer: "rate-limit",
  },
  {
    id: "rate-limit-per-token",
    pattern:
      /\b(?:300|limits?)\b(?:(?!\bnot\b|n['’]t\b)[^.\n?]){0,40}\bper (?:access )?token\b(?=[^.\n]{0,40}\?)/gi,
    claim: "the rate limit is per token",
    verdict: "misleading",
    truth:
      "the default of 300 per minute is per token, but users, organizations and some operations have limits of their own, which more tokens do not raise",
    source: SOURCES.limits,
    layer: "rate-limit",
  },
  {
    id: "only-429",
    pattern: /\b429 (?:is|being) the only\b|\bonly 429\b/gi,
    sentence: /\bthrottl|\brate|\blimit|\bslow|\bthe only (?:error|status|code)\b/i,
    claim: "throttling always returns 429",
    verdict: "false",
    truth: 'the token endpoint throttles with 400 `invalid_request`, "rate limit exceeded;"',
    source: SOURCES.sdks,
    layer: "throttle",
  },
  {
    id: "visitor-socket",
    pattern: new RegExp(OPENS_VISITOR, "gi"),
    claim: "the API has a socket at `$1`",
    verdict: "false",
    truth:
      "visitors use `wss://webmessaging.<domain>/v1?deploymentId=ID`; a messenger deployment admits them without tokens, roles or scopes",
    source: SOURCES.sdks,
    layer: "path",
  },
  {
    id: "api-socket",
    pattern: new RegExp(OPENS_CHANNEL, "gi"),
    claim: "the API has a socket at `$1`",
    verdict: "false",
    truth:
      "sockets are opened at the `connectUri` of a channel (`POST /api/v2/notifications/channels`), and topics are subscribed to by requests for that channel",
    source: SOURCES.sdks,
    layer: "path",
  },
  {
    id: "subscription-in-a-socket",
    pattern:
      /"subscribed(?:Events?|EventTypes|Topics?)"\s{0,3}:|\b(?:send(?:ing)?|sent|push(?:ing)?) (?:the |a |my )?subscription (?:message|payload|frame|JSON)\b/gi,
    needs: [/\bsockets?\b|\bwss?:|\bwebsockets?\b|\bws\.send\b/i],
    claim: "a subscription is sent in the socket",
    verdict: "false",
    truth:
      "topics such as `v2.routing.queues.{id}.conversations` are subscribed to with `POST /api/v2/notifications/channels/{channelId}/subscriptions`",
    source: SOURCES.sdks,
    layer: "path",
  },
  {
    id: "limit-per-second",
    pattern:
      /\b((?:\d{1,4}|ten|twenty|fifty|one hundred) (?:requests?|calls?) (?:per|a) second|1,?000 (?:requests?|calls?) (?:per|a) minute)\b/gi,
    sentence: ABOUT_LIMITS,
    claim: "the limit is $1",
    verdict: "unknown",
    truth:
      "the default is 300 requests per minute per token; the organization's values are at `GET /api/v2/organizations/limits/namespaces/{namespaceName}`",
    source: SOURCES.limits,
    layer: "rate-limit",
  },
  {
    id: "loopback-port",
    pattern:
      /\b(?:redirect|callback)\b(?:(?!\b(?:not|never|no)\b|n['’]t\b)[^.\n]){0,80}\b(?:exact(?:ly)?|same|match\w*)\b[^.\n]{0,30}\bport\b/gi,
    sentence: /\b(?:must|has to|have to|needs? to|should|requires?|required|only|always)\b/i,
    claim: "a loopback redirect must match the registered port",
    verdict: "false",
    truth:
      "register `http://localhost` without a port, and any port is accepted; only a registered port must match",
    source: SOURCES.cliReadme,
    layer: "credentials",
  },
  {
    id: "foreign-menus",
    pattern:
      /\b(service account|(?:Confidential\/Public|Public\/Confidential) toggle|Admin(?:istration)? ?> ?(?:Applications|Security) ?> ?OAuth(?: Clients)?|Admin ?> ?Integrations ?> ?Applications)\b/gi,
    claim: "`$1` is part of the product",
    verdict: "misleading",
    truth:
      "the product has OAuth clients with a grant type: Admin > Integrations > OAuth (new menu: IT and Integrations > OAuth)",
    source: SOURCES.help,
    layer: "credentials",
  },
  {
    id: "foreign-packages",
    unless: /\bpurecloud-platform-client-v2\b|\bPureCloudPlatformClientV2\b/i,
    pattern: /(@genesys\/cloud-sdk|\bgenesyscloud-platform-client\b|\bgenesyscloud\.platformsdk\w{0,20}\b)/gi,
    claim: "package `$1` is the official SDK",
    verdict: "false",
    truth: "the official SDKs are npm `purecloud-platform-client-v2` and PyPI `PureCloudPlatformClientV2`",
    source: SOURCES.sdks,
    layer: "request",
  },
  {
    id: "foreign-errors",
    pattern: /\b(insufficient_scope|(?<=\b(?:code|error|errorCode|status)\W{1,8})401000)\b/g,
    claim: "`$1` is an error from the platform",
    verdict: "false",
    truth:
      "the API definition declares no such code; a missing scope is 403 `app.not.authorized.for.scope`, a missing permission 403 `missing.*permissions`",
    source: SOURCES.definition,
    layer: "unknown",
  },
];
