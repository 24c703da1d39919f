import type { ForeignSign } from "./foreign-sign.ts";

/** Products of other vendors, by their hosts and by words that only their responses contain. The first match wins. */
export const PRODUCT_SIGNS: readonly ForeignSign[] = [
  {
    name: "Salesforce",
    kind: "product",
    host: /(?:^|\.)(?:salesforce|force)\.com$/,
    words:
      /\b(?:INVALID_SESSION_ID|REQUEST_LIMIT_EXCEEDED|INSUFFICIENT_ACCESS(?:_OR_READONLY)?|API_DISABLED_FOR_ORG)\b|\bsimple_salesforce\.|\bSalesforceAuthenticationFailed\b/,
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
      /['"][\w.-]{2,60}\.googleapis\.com['"]|\bgoogleapis\.com\/[^\n]{0,200}\b(?:[45]\d\d|error)\b|\b(?:[45]\d\d|error)\b[^\n]{0,200}\bgoogleapis\.com\/|\bPERMISSION_DENIED: |\bIAM permission '|"status"\s{0,3}:\s{0,3}"(?:PERMISSION_DENIED|UNAUTHENTICATED|RESOURCE_EXHAUSTED|FAILED_PRECONDITION)"|\b(?:ACCESS_TOKEN_SCOPE_INSUFFICIENT|SERVICE_DISABLED)\b|\breason["']?\s{0,3}[:=]\s{0,3}["']?(?:insufficientPermissions|rateLimitExceeded|userRateLimitExceeded|dailyLimitExceeded|accessNotConfigured)\b|\bError 40[0-3]: (?:redirect_uri_mismatch|invalid_client|access_denied|admin_policy_enforced|org_internal)\b|\bGaxiosError\b|\bgoogle\.(?:auth|api_core|oauth2)\.(?:\w{1,30}\.){0,3}\w{0,30}(?:Error|exceptions)\b/,
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
    words: /["']documentation_url["']/,
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
    name: "Cisco Webex",
    kind: "product",
    host: /(?:^|\.)(?:wxcc-[a-z]{2}\d\.cisco|webex(?:apis)?)\.com$/,
    words: /"trackingId"\s{0,3}:\s{0,3}"ROUTER[A-Z]*_/,
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
    // Other names below `genesyscloud.com` are hosts that people invent for the platform.
    host: /^(?:g(?:api|auth|ws|ax|vp)[\w-]{0,40}\.genesyscloud\.com|(?:[\w-]{1,63}\.){0,4}(?:genesysengage|gws|genhtcc)\.com)$/,
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
    name: "Google",
    kind: "product",
    host: null,
    words:
      /\bapp_not_(?:configured|enabled)(?:_for_user)?\b|\bsaml_invalid_(?:sp_id|user_id_mapping)\b|\bService is not configured for this user\b/,
  },
  {
    name: "Ping Identity",
    kind: "product",
    host: /(?:^|\.)(?:pingone|pingidentity)\.(?:com|eu|ca|asia|com\.au)$/,
    words: /\bPing(?:One|Federate)\b[^\n]{0,200}\bACCESS_DENIED\b|\bACCESS_DENIED\b[^\n]{0,300}\bpingone\.\w/,
  },
  {
    name: "OneLogin",
    kind: "product",
    host: /(?:^|\.)onelogin\.com$/,
    words: /\bYou do not have access to this application\b[^\n]{0,80}\bOneLogin\b/i,
  },
  {
    name: "Auth0",
    kind: "product",
    host: /(?:^|\.)auth0\.com$/,
    words: /\bis not in the list of allowed callback URLs\b/,
  },
  {
    name: "Azure",
    kind: "product",
    host: null,
    words:
      /"code"\s{0,3}:\s{0,3}"(?:Linked)?AuthorizationFailed"|\bdoes not have authorization to perform action '|"code"\s{0,3}:\s{0,3}"(?:ExpiredAuthenticationToken|InvalidAuthenticationTokenTenant|SubscriptionNotFound|ResourceGroupNotFound)"/,
  },
];
