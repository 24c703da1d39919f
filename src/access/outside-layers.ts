import type { LayerFacts } from "./layer-facts.ts";
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
import { pathRemedies } from "./remedy/path-remedies.ts";
import type { Layer } from "./verdict/verdict.ts";

/** Fields shared by the layers that check neither the token nor its permissions. */
const OUTSIDE_AUTHORIZATION = {
  codes: {},
  isDecidedByToken: false,
  aspects: [],
  usualRemedies: () => [],
  remedies: () => [],
} as const;

/** The layers outside authorization, which check neither the token nor its permissions. */
export const OUTSIDE_LAYERS = {
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
    // The token endpoint does not respond with 403, so the error is not about the login.
    usualRemedies: (refusal) => (refusal.status === 403 ? [] : tokenErrorRemedies(refusal)),
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
    title: "No layer refuses the call",
    help: "Nothing to do.",
    meaning: ({ foreign }) => (foreign === null ? "no layer refuses the call" : meaningOfForeign(foreign)),
    usualRemedies: ({ foreign }) => (foreign === null ? [] : foreignRemedies(foreign)),
  },
} as const satisfies Readonly<Partial<Record<Layer, LayerFacts>>>;
