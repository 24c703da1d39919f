import type { LayerFacts } from "./layer-facts.ts";
import { addressRemedies } from "./remedy/address-remedies.ts";
import { foreignRemedies, meaningOfForeign } from "./remedy/answer/foreign-remedies.ts";
import { meaningOfNetwork, usualNetworkRemedies } from "./remedy/answer/network-remedies.ts";
import {
  meaningOfPath,
  meaningOfRequest,
  usualPathRemedies,
  usualRequestRemedies,
} from "./remedy/answer/request-remedies.ts";
import {
  meaningOfRateLimit,
  usualRateLimitRemedies,
  usualServiceRemedies,
  usualThrottleRemedies,
} from "./remedy/answer/retry-remedies.ts";
import {
  meaningOfCredentials,
  tokenErrorRemedies,
  usualCredentialRemedies,
} from "./remedy/answer/token-refusals.ts";
import { conditionRemedies, usualConditionRemedies } from "./remedy/condition-remedies.ts";
import { contextRemedies, usualContextRemedies } from "./remedy/context-remedies.ts";
import { usualUnknownRemedies } from "./remedy/live-remedies.ts";
import { pathRemedies } from "./remedy/path-remedies.ts";
import { permissionRemedies } from "./remedy/permission-remedies.ts";
import { meaningOfDivision, meaningOfPermission } from "./remedy/permissions-needed.ts";
import { policyRemedies, usualPolicyRemedies } from "./remedy/policy-remedies.ts";
import { productRemedies, usualProductRemedies } from "./remedy/product-remedies.ts";
import { meaningOfScope, scopeRemedies, usualScopeRemedies } from "./remedy/scope-remedies.ts";
import { doubtedTokenRemedies, meaningOfToken, usualTokenRemedies } from "./remedy/token-remedies.ts";
import { usualDivisionRemedies, usualPermissionRemedies } from "./remedy/usual-permission-remedies.ts";
import type { Layer } from "./verdict/verdict.ts";
import { allOf, anyOf } from "./verdict/wording.ts";

/** Fields shared by the layers that check neither the token nor its permissions. */
const OUTSIDE_AUTHORIZATION = {
  codes: {},
  isDecidedByToken: false,
  aspects: [],
  usualRemedies: () => [],
  remedies: () => [],
} as const;

/** All layers in the platform's order of checks. A missing layer is a compile error. */
export const LAYERS: Readonly<Record<Layer, LayerFacts>> = {
  token: {
    title: "The token is not accepted",
    help: "Log in again, or enable the OAuth client.",
    codes: {},
    isDecidedByToken: true,
    aspects: ["token", "region", "client state"],
    meaning: meaningOfToken,
    usualRemedies: usualTokenRemedies,
    remedies: doubtedTokenRemedies,
  },
  ip: {
    title: "The caller's address is not allowed",
    help: "Add the caller's address to the organization's allowed addresses.",
    codes: { 401: /^ip\.not\.authorized$/ },
    isDecidedByToken: true,
    aspects: ["token", "region"],
    meaning: ({ named }) =>
      `${named.addresses.length === 0 ? "the caller's address" : `address ${anyOf(named.addresses)}`} is not on the allowlist`,
    usualRemedies: ({ named }) => addressRemedies(named.addresses),
    remedies: () => addressRemedies([]),
  },
  scope: {
    title: "The OAuth client lacks a scope",
    help: "Add the scope to the OAuth client, then log in again.",
    codes: { 403: /^app\.not\.authorized\.for\.scope$/, oauth: /^invalid_scope$/ },
    isDecidedByToken: true,
    aspects: ["scopes", "scopes bind", "grant"],
    meaning: meaningOfScope,
    usualRemedies: usualScopeRemedies,
    remedies: scopeRemedies,
  },
  context: {
    title: "The operation needs another kind of token",
    help: "Use a user's token or a client's token, as the operation requires.",
    codes: { 400: /^not\.a\.(?:user|client)$/ },
    isDecidedByToken: true,
    aspects: ["grant"],
    meaning: ({ isUserRequired }) =>
      isUserRequired
        ? "the operation needs a user, and a client-credentials token has none; permissions do not matter here"
        : "the operation accepts only client-credentials tokens, never a user's token",
    usualRemedies: usualContextRemedies,
    remedies: (_principal, _objection, question) => contextRemedies(question),
  },
  permission: {
    title: "A permission is missing",
    help: "Assign a role that holds the permission; the message names the smallest one.",
    codes: {
      403: /(?:^|\.)(?:missing|insufficient|no|view|assignee)(?:\.\w+)*\.permissions?(?:\.|$)|permission\.(?:check\.failed|denied)$|^architect\.not\.|^quality\.evaluation\.cannot|^notification\.unauthorized|^presence\.not|^greeting\.not|^voicemail\.not|^access\.denied\.to\.field$|^bots\.access\.denied$|^wem\.informsteps\.access\.denied$/,
    },
    isDecidedByToken: true,
    aspects: ["permission"],
    meaning: meaningOfPermission,
    usualRemedies: usualPermissionRemedies,
    remedies: permissionRemedies,
  },
  division: {
    title: "A permission is not held in the object's division",
    help: "Extend the role to the object's division.",
    codes: {
      403: /division|^no\.permission\.for\.requested\.users$|^wfm\.(?:permission\.failure|missing\.one\.of\.permission\.sets|management\.unit\.not\.authorized)$|^case\.missing\.permission\.in/,
    },
    isDecidedByToken: true,
    aspects: ["permission"],
    meaning: meaningOfDivision,
    usualRemedies: usualDivisionRemedies,
    remedies: permissionRemedies,
  },
  condition: {
    title: "A condition on the role, the object or the request is not met",
    help: "Check the condition that the message names.",
    // Team access is a condition on a workforce-management role, not a division.
    codes: { 403: /^wfm\..*team/ },
    isDecidedByToken: true,
    aspects: ["permission"],
    meaning: () =>
      "the role holds the permission under a condition (teams, queues, groups) that this request does not meet",
    usualRemedies: usualConditionRemedies,
    remedies: conditionRemedies,
  },
  policy: {
    title: "An access policy may deny the call",
    help: "Check the access policy; DENY wins over every role.",
    codes: { 403: /^authz\.policy\.denied$/ },
    isDecidedByToken: true,
    aspects: ["access policies", "grant"],
    meaning: ({ named }) =>
      `${named.policies.length === 0 ? "an access policy" : `access policy ${allOf(named.policies)}`} denies the call; no permission or scope changes that`,
    usualRemedies: usualPolicyRemedies,
    remedies: policyRemedies,
  },
  product: {
    title: "The organization may not own the product",
    help: "Ask for the license, feature or beta; no role change helps.",
    codes: {
      403: /^(?:feature\.|integrations\.forbidden$|architect\.org\.disabled)|black\.listed$/,
      404: /^feature\./,
      501: /^feature\./,
    },
    isDecidedByToken: true,
    aspects: ["permission"],
    meaning: () => "the organization does not have the product, feature or beta; no role change helps",
    usualRemedies: usualProductRemedies,
    remedies: productRemedies,
  },
  "rate-limit": {
    ...OUTSIDE_AUTHORIZATION,
    title: "The token exceeds its rate limit",
    help: "Wait as long as the service requests, then retry.",
    meaning: meaningOfRateLimit,
    usualRemedies: usualRateLimitRemedies,
  },
  credentials: {
    ...OUTSIDE_AUTHORIZATION,
    title: "The token endpoint rejects the credentials",
    help: "Check the region, then the OAuth client's id, secret and grant type.",
    meaning: meaningOfCredentials,
    usualRemedies: usualCredentialRemedies,
  },
  throttle: {
    ...OUTSIDE_AUTHORIZATION,
    title: "The token endpoint throttles logins",
    help: "Wait, then cache the token and share it between processes.",
    meaning: ({ status }) =>
      status === 429
        ? "the token endpoint is throttling logins; the secret is not wrong"
        : "the token endpoint is throttling logins, with status 400 instead of 429; the secret is not wrong",
    usualRemedies: usualThrottleRemedies,
  },
  host: {
    ...OUTSIDE_AUTHORIZATION,
    title: "The host does not serve this request",
    help: "Send API calls to `api.<domain>` and token requests to `login.<domain>`.",
    meaning: () => "the request went to an address that does not serve it",
    usualRemedies: tokenErrorRemedies,
  },
  path: {
    ...OUTSIDE_AUTHORIZATION,
    title: "The path does not name the intended operation",
    help: "Look up the operation with `genscope catalog search`.",
    meaning: meaningOfPath,
    usualRemedies: usualPathRemedies,
    remedies: (_principal, objection, question) => pathRemedies(objection, question),
  },
  network: {
    ...OUTSIDE_AUTHORIZATION,
    title: "The request did not reach the platform",
    help: "Check name resolution, TLS, proxy and firewall.",
    codes: { 408: /^client\.timeout$/ },
    meaning: meaningOfNetwork,
    usualRemedies: usualNetworkRemedies,
  },
  request: {
    ...OUTSIDE_AUTHORIZATION,
    title: "The request is invalid for the object or the operation",
    help: "Change the request; permissions and scopes do not matter here.",
    // These codes are about the object's owner, participants or state, or about a property managed elsewhere. No
    // role change helps.
    codes: {
      403: /^bad\.request$|owner$|participant|state\.error$|mismatch$|another\.user|managed\.property|^origin\.|^batch\.download|^flow\.blocked$|^agent\.cannot|^email\.error|^postino\.|^geolocation\.|^wem\.learning\.builtin|^trustee\.forbidden$/,
      oauth: /^(?:invalid_request|unsupported_response_type)$/,
    },
    meaning: meaningOfRequest,
    usualRemedies: usualRequestRemedies,
  },
  service: {
    ...OUTSIDE_AUTHORIZATION,
    title: "The service failed",
    help: "Retry later; this is not a denial.",
    codes: { oauth: /^(?:server_error|temporarily_unavailable)$/ },
    meaning: ({ code }) =>
      code === "authentication.request.timeout"
        ? "the authentication service timed out; retry, this is not a denial"
        : "the service failed; this is not a denial",
    usualRemedies: usualServiceRemedies,
  },
  none: {
    ...OUTSIDE_AUTHORIZATION,
    title: "No layer refuses",
    help: "Nothing to do.",
    meaning: ({ foreign }) => (foreign === null ? "no layer refuses" : meaningOfForeign(foreign)),
    usualRemedies: ({ foreign }) => (foreign === null ? [] : foreignRemedies(foreign)),
  },
  unknown: {
    title: "The refusing layer is unknown",
    help: "The message names the fact that could not be read, and the permission to read it.",
    // The platform uses these codes for permissions, ownership and products alike, or without giving a reason.
    codes: {
      401: /^unauthorized$/,
      403: /^(?:(?:general\.)?(?:access\.denied|forbidden)|not\.authorized|fax\.forbidden|notification\.forbidden\.topic|wem\.learning\.(?:assignment\.)?forbidden)$/,
    },
    isDecidedByToken: true,
    aspects: [],
    meaning: ({ code, isDeclared }) =>
      code === null || isDeclared
        ? "the service does not reveal which layer refused: a missing scope, permission or division, a missing trust between organizations, or the user's state can cause this response"
        : "the API definition does not declare this code, so only the status is evidence; compare what the call requires with what the token holds",
    usualRemedies: usualUnknownRemedies,
    remedies: () => [],
  },
};
