import type { ForeignService } from "../../verdict/refusal-facts.ts";
import { CALLED_SERVICE } from "../paste/called-service.ts";

/** How to recognize a response from one other service. */
interface ForeignSign {
  readonly name: string;
  readonly kind: ForeignService["kind"];
  /** Matches the hosts of the service; null for software that customers run on their own hosts. */
  readonly host: RegExp | null;
  /** Matches codes and words that only responses from this service contain. */
  readonly words: RegExp;
}

/**
 * Matches a statement about the user's own server, such as `our Lambda returns 403`, or a line of its access log
 * without a platform path.
 */
const OWN_SYSTEM =
  /\b(?:our|my|the customer's) (?:own )?(?:[\w.-]{2,20} ){0,2}(?:Lambda|webhook|endpoint|server|backend|listener|receiver|middleware|nginx|API Gateway|authorizer)(?: function)?\b(?: \w{2,20}){0,2}? (?:always |then |just |only )?(?:returns?|returned|answers?|answered|responds?|responded|replies|replied|rejects?|rejected|sends?)\b[^.\n]{0,30}\b[45]\d\d\b|\bthe (?:called |external |remote )?web service (?:of|behind) (?:our|my|the) [^.\n]{0,60}\b(?:returns?|returned|answers?|answered|responds?|responded)\b[^.\n]{0,20}\b[45]\d\d\b|^\S{3,60} \S{1,40} \S{1,40} \[[^\]\n]{10,40}\] "(?:GET|POST|PUT|PATCH|DELETE|HEAD) \/(?!api\/v\d|oauth|platform)\S{0,300} HTTP\/[\d.]{1,4}" [45]\d\d\b|"GenesysCloud-Webhook\//im;

/** Services whose responses appear in pastes about the platform. The first match wins. */
export const FOREIGN_SIGNS: readonly ForeignSign[] = [
  {
    name: "the web service of the data action",
    kind: "called",
    host: null,
    words: CALLED_SERVICE,
  },
  {
    name: "Salesforce",
    kind: "caller",
    host: null,
    words: /System\.CalloutException|Remote site settings/i,
  },
  {
    name: "Salesforce",
    kind: "product",
    host: /(?:^|\.)(?:salesforce|force)\.com$/,
    words:
      /\b(?:INVALID_SESSION_ID|REQUEST_LIMIT_EXCEEDED|INSUFFICIENT_ACCESS(?:_OR_READONLY)?|API_DISABLED_FOR_ORG)\b/,
  },
  {
    name: "Okta",
    kind: "product",
    host: /(?:^|\.)okta(?:preview|-emea)?\.com$/,
    words: /\bE00000\d\d\b|\berrorSummary\b|\bUser is not assigned to (?:this|the client) application\b/,
  },
  {
    name: "Google",
    kind: "product",
    host: /(?:^|\.)(?:googleapis|google)\.com$/,
    words:
      /\bgoogleapis\.com\b|\bPERMISSION_DENIED: |\bIAM permission '|"status"\s{0,3}:\s{0,3}"(?:PERMISSION_DENIED|UNAUTHENTICATED|RESOURCE_EXHAUSTED|FAILED_PRECONDITION)"|\b(?:ACCESS_TOKEN_SCOPE_INSUFFICIENT|SERVICE_DISABLED)\b|\breason["']?\s{0,3}[:=]\s{0,3}["']?(?:insufficientPermissions|rateLimitExceeded|userRateLimitExceeded|dailyLimitExceeded|accessNotConfigured)\b|\bGaxiosError\b/,
  },
  {
    name: "Microsoft",
    kind: "product",
    host: /(?:^|\.)(?:graph\.microsoft|login\.microsoftonline|management\.azure|dynamics|sharepoint|powerbi)\.com$/,
    words:
      /\bAADSTS\d{4,7}\b|\bMSIS\d{4,5}\b|\bPowerBINotAuthorizedException\b|"pbi\.error"|\b(?:Authorization_RequestDenied|InvalidAuthenticationToken|Request_ResourceNotFound|ErrorAccessDenied|Authorization_IdentityNotFound)\b/,
  },
  {
    name: "Zendesk",
    kind: "product",
    host: /(?:^|\.)zendesk\.com$/,
    words: /\bCouldn't authenticate you\b/,
  },
  {
    name: "ServiceNow",
    kind: "product",
    host: /(?:^|\.)service-now\.com$/,
    words: /\bUser Not Authenticated\b|\bRequired to provide Auth information\b/,
  },
  {
    name: "Slack",
    kind: "product",
    host: /(?:^|\.)slack\.com$/,
    words:
      /"ok"\s{0,3}:\s{0,3}false\s{0,3},\s{0,3}"error"\s{0,3}:\s{0,3}"(?:missing_scope|not_authed|invalid_auth|token_revoked|account_inactive)"/,
  },
  {
    name: "GitHub",
    kind: "product",
    host: /^(?:api\.)?github\.com$/,
    words: /\bdocumentation_url\b/,
  },
  {
    name: "the GitLab server of the pipeline",
    kind: "product",
    host: null,
    words: /\bUploading artifacts as\b|\bcoordinator\.\.\. |\bDownloading artifacts from coordinator\b/,
  },
  {
    name: "HCP Terraform",
    kind: "product",
    host: null,
    words:
      /\bFailed to request discovery document\b|\b[Hh]ost app\.terraform\.io\b|\bError loading workspace\b|\bRequired token could not be found\b/,
  },
  {
    name: "Twilio",
    kind: "product",
    host: /(?:^|\.)twilio\.com$/,
    words: /\btwilio\.com\/docs\/errors\b|"code"\s{0,3}:\s{0,3}20003\b/,
  },
  {
    name: "HubSpot",
    kind: "product",
    host: /(?:^|\.)(?:hubapi|hubspot)\.com$/,
    words: /\bMISSING_SCOPES\b|\bINVALID_AUTHENTICATION\b/,
  },
  {
    name: "Zoom",
    kind: "product",
    host: /(?:^|\.)zoom\.us$/,
    words: /\bInvalid access token, does not contain scopes\b/,
  },
  {
    name: "Genesys Engage",
    kind: "product",
    // Excludes hosts such as `api.genesyscloud.com`, which people invent for the platform.
    host: /^(?!(?:api|login|apps)\.)(?:[\w-]{1,63}\.){0,4}(?:genesyscloud|genesysengage|gws|genhtcc)\.com$/,
    words:
      /\/(?:workspace|statistics|provisioning|engagement|authentication|environment|configuration|ucs|recording|callbacks|voice)\/v3\/|\bgenesys (?:engage|multicloud)\b|\bgauth-auth\b|\/auth\/v3\/|\ball\.docs\.genesys\.com\/|\bcom\.genesyslab\.|\/gax\/api\/|\bCfg(?:Tenant|Person|AgentGroup|Application)\b|\bGWS\b[^\n]{0,40}\b(?:error|status|api)\b|\bPEF\b[^\n]{0,20}\bstatus\b/i,
  },
  {
    name: "PureConnect",
    kind: "product",
    host: null,
    words: /\/icws\/\w|\berror\.request\.connection\.\w|\bininlib\.|\burn:inin\.com:/i,
  },
  {
    name: "Cisco Finesse",
    kind: "product",
    host: null,
    words: /\/finesse\/api\/|<ApiErrors>\s{0,20}<ApiError>/,
  },
  {
    name: "a system of your own",
    kind: "own",
    host: null,
    words: OWN_SYSTEM,
  },
  {
    name: "another contact center platform",
    kind: "product",
    host: /(?:^|\.)(?:(?:nice-?)?incontact|(?:nice)?cxone|five9|talkdesk(?:app)?)\.com$|(?:^|\.)connect\.aws$/,
    words: /\b(?:niceincontact|cxone|talkdeskapp|five9)\.com\b/,
  },
  {
    name: "AWS",
    kind: "product",
    // These hosts of AWS belong to its customers: API gateways, load balancers and buckets.
    host: /^(?!.{0,200}\.(?:execute-api|elb|s3)\.)(?:[\w-]{1,63}\.){0,6}(?:amazonaws|aws\.amazon)\.com$/,
    words:
      /\bAn error occurred \(\w{3,60}\) when calling the \w{3,60} operation\b|\b[Ss]tatus ?[Cc]ode: \d{3}, (?:request id|RequestID): |"__type"\s{0,3}:\s{0,3}"[\w.#]{0,80}\w|\bn8n-nodes-base\.aws\w|<Code>(?:AccessDenied|SignatureDoesNotMatch|ExpiredToken|InvalidAccessKeyId)<\/Code>|\bis not authorized to perform: [a-z0-9-]+:\w|\b(?:UnrecognizedClientException|AccessDeniedException|InvalidSignatureException)\b/,
  },
  {
    name: "an Envoy proxy",
    kind: "unreached",
    host: null,
    words:
      /\bupstream connect error or disconnect\/reset before headers\b|\bno healthy upstream\b|"response_flags"\s{0,3}:\s{0,3}"(?:UF|UH|UC|UT|LH|NR|NC)\b|\bupstream request timeout\b/,
  },
  {
    name: "a Squid proxy",
    kind: "unreached",
    host: null,
    words: /\bX-Squid-Error: ERR_(?:CONNECT_FAIL|DNS_FAIL|SECURE_CONNECT_FAIL|READ_TIMEOUT)\b/i,
  },
  {
    name: "an HAProxy",
    kind: "unreached",
    host: null,
    words: /\bNo server is available to handle this request\b/,
  },
  {
    name: "an AWS gateway",
    kind: "unreached",
    host: null,
    words: /\{\s{0,3}"message"\s{0,3}:\s{0,3}"Endpoint request timed out"/,
  },
  {
    name: "Cloudflare",
    kind: "unreached",
    host: null,
    words: /\berror code: 52\d\b/i,
  },
  {
    name: "an AWS gateway",
    kind: "gateway",
    host: /\.execute-api\.[\w-]+\.amazonaws\.com$|\.(?:elb|cloudfront)\.(?:amazonaws\.com|net)$/,
    words:
      /\bx-amzn-errortype\b|\bx-amz-apigw-id\b|\{\s{0,3}"message"\s{0,3}:\s{0,3}"(?:Missing Authentication Token|User is not authorized to access this resource[^"]{0,80}|The incoming token has expired|Limit Exceeded|Endpoint request timed out)"|\bawselb\/\d|Generated by cloudfront/i,
  },
  {
    name: "a Cloudflare gateway",
    kind: "gateway",
    host: null,
    words:
      /\bAttention Required! \| Cloudflare\b|\bCloudflare Ray ID\b|\bused Cloudflare to restrict access\b|\bcf-ray\b|\berror code: 10\d\d\b|<center>cloudflare/i,
  },
  {
    name: "an Azure gateway",
    kind: "gateway",
    host: /(?:^|\.)(?:azure-api|azurefd)\.net$/,
    words: /\b(?:missing|invalid) subscription key\b|Microsoft-Azure-Application-Gateway/i,
  },
  {
    name: "a Kong gateway",
    kind: "gateway",
    host: null,
    words: /\bNo API key found in request\b|\bno Route matched with those values\b|\bserver: kong\b/i,
  },
  {
    name: "an Apigee gateway",
    kind: "gateway",
    host: /(?:^|\.)apigee\.net$/,
    words: /"errorcode"\s{0,3}:\s{0,3}"(?:oauth\.v2|steps|policies|messaging)\./,
  },
  {
    name: "a web server such as nginx",
    kind: "gateway",
    host: null,
    words:
      /<center>nginx|<center>openresty|<address>Apache\/|<h1>(?:40[134]|50[234]) [\w ]{3,30}<\/h1>\s{0,20}<\/center>/i,
  },
  {
    name: "a firewall or filtering proxy",
    kind: "gateway",
    host: null,
    words:
      /\b(?:Zscaler|Fortinet|FortiGate|Palo Alto|Blue ?Coat|Squid|Forcepoint|Netskope|Imperva|Incapsula|Akamai)\b|AkamaiGHost|The requested URL was rejected\. Please consult with your administrator/,
  },
];
