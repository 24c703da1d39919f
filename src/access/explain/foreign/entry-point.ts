import type { Layer, Remedy } from "../../verdict/verdict.ts";
import { reports } from "../assertion/asserted.ts";
import { type Failure, IDENTITY_PROVIDER_CODE } from "../paste/failure.ts";

/**
 * An entry point of the platform, such as the messenger, that checks deployments, channels or visitors instead of roles
 * and scopes.
 */
export interface EntryPoint {
  readonly layer: Layer;
  /** One sentence without a final period. */
  readonly meaning: string;
  readonly remedies: readonly Remedy[];
}

/** Maximum number of characters to search. A long text names its hosts near the beginning. */
const LONGEST_TEXT = 40_000;

const MESSENGER: EntryPoint = {
  layer: "request",
  meaning:
    "web messaging rejected the visitor: the deployment id is unknown in this region, the deployment is not active, or the page's address is not allowed; roles and scopes do not matter here",
  remedies: [
    {
      kind: "none",
      summary:
        "compare `deploymentId` and the region with the deployment's snippet, and check that the deployment is active and that its allowed domains include the page",
      menuPath: "Admin > Message > Messenger Deployments > the deployment",
    },
  ],
};
const CHANNEL: EntryPoint = {
  layer: "request",
  meaning:
    "the notification channel did not accept the connection: its address is unknown, has expired, or belongs to a channel that was replaced",
  remedies: [
    {
      kind: "none",
      summary: "create a new channel and connect to the `connectUri` in the response, without changing it",
      command: 'genscope check-scopes "POST /api/v2/notifications/channels"',
    },
  ],
};
const VISITOR_SIGN_IN: EntryPoint = {
  layer: "unknown",
  meaning:
    "the messenger's sign-in did not accept the token from the identity provider; OAuth tokens, roles and scopes of the platform do not matter here",
  remedies: [
    {
      kind: "fix-credentials",
      summary:
        "compare the issuer, audience, key set and clock of the identity provider with the integration for the messenger's sign-in",
      menuPath: "Admin > Integrations > Integrations > the OpenID Connect integration",
    },
    {
      kind: "none",
      summary:
        "read the response to the refused request in the browser's network tab: its body names the reason",
    },
  ],
};

const SINGLE_SIGN_ON: EntryPoint = {
  layer: "credentials",
  meaning:
    "the login service did not accept the identity provider's SAML response; roles, scopes and OAuth clients do not matter here",
  remedies: [
    {
      kind: "fix-credentials",
      summary:
        "compare the certificate, issuer, audience and email address of the assertion with the organization's single sign-on settings, and the reply URL with its region",
      menuPath: "Admin > Integrations > Single Sign-On > the identity provider",
    },
    {
      kind: "fix-credentials",
      summary:
        "compare the identity provider's clock with the correct time: an assertion is valid only for a short time",
    },
  ],
};
/**
 * Matches phrases about a SAML login. Text about a client that exchanges an assertion for a token names the grant
 * type instead.
 */
const SAML_LOGIN =
  /\bSAML(?:Response| (?:assertion|response|login|message))\b|\bassertions?\b[^.\n]{0,80}\b(?:IdP|identity provider|SSO)\b/i;

/** Matches errors of AudioHook, a separate protocol over a socket to the customer's server. */
const OF_AUDIO =
  /\bAUDIOHOOK-\d{3,5}\b|"(?:clientseq|serverseq)"\s{0,3}:|\bAudioHook\b(?:(?!\b(?:no|without|never)\b)[^\n]){0,80}\berror\b/i;
const AUDIO: Pick<EntryPoint, "meaning"> = {
  meaning:
    "the AudioHook session reported an error in its own protocol, not in the API; API limits, roles and scopes do not matter here",
};
const AUDIO_LIMIT: EntryPoint = {
  ...AUDIO,
  layer: "rate-limit",
  remedies: [
    { kind: "wait", summary: "send fewer and larger audio frames, and pause as long as the message asks" },
  ],
};
const AUDIO_ERROR: EntryPoint = {
  ...AUDIO,
  layer: "unknown",
  remedies: [{ kind: "none", summary: "look up the message's code in the AudioHook protocol" }],
};

const SIGN_IN =
  /\b(?:web ?messaging|messenger|widget)\b[\s\S]{0,400}\b(?:JWKS|OIDC|OpenID|AuthProvider|identity provider|IdP|id_token|ID token)\b|\b(?:JWKS|OIDC|OpenID|AuthProvider|IdP)\b[\s\S]{0,400}\b(?:web ?messaging|messenger|widget)\b/i;

/**
 * Returns the entry point that refused a connection; null for a call to the API.
 * @param words the text around the failure; empty when it could be about another failure
 */
export function findEntryPoint(
  { request, contextId, form, status, code }: Failure,
  words: string,
  domains: readonly string[],
): EntryPoint | null {
  if (contextId !== null || code !== null || (form !== "api" && form !== "words")) return null;
  const isOfAudio = request?.path == null && reports(OF_AUDIO, words.slice(0, LONGEST_TEXT));
  if (isOfAudio && status !== null) return status === 429 ? AUDIO_LIMIT : AUDIO_ERROR;
  // A 429 or a 5xx is about load or an outage, not about this connection.
  if (status === null || status < 400 || status >= 500 || status === 429) return null;
  const text = words.slice(0, LONGEST_TEXT);
  const host = request?.host ?? socketHost(text);
  const name = domains.map((domain) => `.${domain}`).find((end) => host?.endsWith(end) === true);
  const label = name === undefined || host === null ? null : host.slice(0, -name.length);
  if (label === "webmessaging" || isDeployment(label, request?.path ?? null)) return MESSENGER;
  if (label === "streaming") return CHANNEL;
  if (isSingleSignOn(request, label, text)) return SINGLE_SIGN_ON;
  return request?.path == null && saysSignIn(text) ? VISITOR_SIGN_IN : null;
}

/** Whether a request reads the public configuration of a messenger deployment. */
function isDeployment(label: string | null, path: string | null): boolean {
  return label === "api-cdn" && /^\/webdeployments\//.test(path ?? "");
}

/**
 * Whether a request delivered a SAML response to the login service, judging by its path or by the surrounding
 * text.
 */
function isSingleSignOn(request: Failure["request"], label: string | null, text: string): boolean {
  const path = request?.path ?? null;
  if (label === "login" && path !== null) return /^\/saml\b/.test(path);
  return path === null && reports(SAML_LOGIN, text) && !/\bgrant_type\b|\bsaml2-bearer\b/.test(text);
}

/**
 * Whether the text is about messenger visitors who sign in with an identity provider. Their tokens are not
 * access tokens of the platform.
 */
export function saysSignIn(words: string): boolean {
  return reports(SIGN_IN, words.slice(0, LONGEST_TEXT));
}

/** Matches the words with which a login page rejects the identity provider's response. */
const SAML_REFUSED =
  /\bSAML\b[^.\n]{0,60}\b(?:signature|assertion|response|certificate|audience|issuer)\b[^.\n]{0,60}\b(?:could not be|cannot be|not|invalid|failed|expired|mismatch)\b/i;
const OF_LOGIN_PAGE = /\bGenesys\b|\bPureCloud\b|\blogin\.(?:mypurecloud|[\w.-]{1,20}pure\.cloud)/i;
/** Matches program output about a failed WebSocket handshake. */
const NO_HANDSHAKE =
  /\bHandshakeFailureReason\b|\bbad (?:server )?response from the server\b|\bhandshake (?:failed|error|was rejected)\b|\bUnexpected server response: 40[0134]\b/i;

/**
 * Returns the entry point whose socket could not be opened, for text without a status; null if there is
 * none.
 */
export function findUnopenedSocket(words: string): EntryPoint | null {
  const text = words.slice(0, LONGEST_TEXT);
  const isOfSaml = reports(SAML_REFUSED, text) && OF_LOGIN_PAGE.test(text);
  if (isOfSaml && !IDENTITY_PROVIDER_CODE.test(text)) return SINGLE_SIGN_ON;
  if (!reports(NO_HANDSHAKE, text)) return null;
  const host = socketHost(text) ?? "";
  if (host.startsWith("webmessaging.")) return MESSENGER;
  return host.startsWith("streaming.") ? CHANNEL : null;
}

/** Returns the host of the only socket that the text opens; null unless it opens exactly one. */
export function socketHost(text: string): string | null {
  const hosts = new Set(
    Array.from(text.matchAll(/\bwss:\/\/([a-z0-9.-]{4,200})/gi), ([, host = ""]) => host.toLowerCase()),
  );
  const [only = null] = hosts;
  return hosts.size === 1 ? only : null;
}
