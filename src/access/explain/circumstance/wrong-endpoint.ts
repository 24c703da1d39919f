import type { Remedy } from "../../verdict/verdict.ts";
import { OPENS_API, OPENS_VISITOR } from "../claims/misconceptions/product-misconceptions.ts";
import { SOURCES } from "../claims/source.ts";
import type { Paste } from "../paste/failure.ts";
import type { Circumstance, CircumstanceFacts } from "./circumstance.ts";

/** Matches a description of a login, for text that does not contain a request. */
const LOGS_IN =
  /\b(?:authenticat(?:e|es|ing|ion)|log(?:s|ging)? ?in|login|token (?:request|exchange|endpoint)|(?:request|get|obtain|acquir|generat|fetch)\w{0,4} (?:a|an|the|our|new) (?:valid )?(?:access |API |OAuth )?token)\b/i;
const WITH_CLIENT = /\bclient[-_ ]?(?:credentials|id|secret)\b/i;

/** Recognizes a request that reached a different endpoint than the text assumes; null if there is no evidence. */
export function findWrongEndpoint(facts: CircumstanceFacts): Circumstance | null {
  return tokenAtApi(facts) ?? socketAtApi(facts) ?? loginInWords(facts);
}

/**
 * Recognizes a token request that was sent to the API. The token endpoint returns `{error, description}`, so a response
 * with `contextId` or `not found` came from the API.
 */
function tokenAtApi({ failure, status }: CircumstanceFacts): Circumstance | null {
  const isLogin = /^\/oauth2?\/token\/?$/.test(failure.request?.path ?? "");
  const isOfApi = failure.form === "api" && failure.contextId !== null;
  if (!isLogin || (!isOfApi && status !== 404 && status !== 405)) return null;
  return {
    layer: "host",
    meaning:
      "the token request reached a host that does not issue tokens, such as the API host; the id and secret were not checked",
    claims: [],
    remedies: [{ kind: "use-host", summary: "request tokens from `https://login.<domain>/oauth/token`" }],
    isWholeRemedy: true,
  };
}

/**
 * Recognizes a WebSocket connection to the API host, which accepts none. The response that creates a notification
 * channel contains the address of its socket.
 */
function socketAtApi({
  failure: { request, contextId },
  status,
  operation,
  words,
}: CircumstanceFacts): Circumstance | null {
  const isOpen = status === 400 || status === 401 || status === 403 || status === 404;
  if (!isOpen || contextId !== null || operation !== null || !opensApi(words)) return null;
  // If the refused path is not the socket's path, the socket is not the cause.
  if (request?.path != null && !words.includes(`wss://${request.host}${request.path}`)) return null;
  return {
    layer: "path",
    meaning: "the API has no socket at this address, whatever token is sent",
    claims: [],
    remedies: [remedyOfSocket(words)],
    isWholeRemedy: true,
  };
}

/**
 * Recognizes a refused login that is only described in words. Without such a description, a 401 concerns the token of
 * an API call.
 */
function loginInWords({ failure, status, code, words, layer }: CircumstanceFacts): Circumstance | null {
  const isBare = failure.form === "words" && failure.request === null && code === null;
  if (!isBare || layer !== "token" || status !== 401) return null;
  const sentence = words.split(/(?<=[.!?])\s/).find((each) => /\b401\b|\bUnauthorized\b/.test(each)) ?? "";
  if (!LOGS_IN.test(sentence) || !WITH_CLIENT.test(sentence)) return null;
  return {
    layer: "credentials",
    meaning: null,
    claims: [
      {
        text: "the text does not show which request was refused",
        verdict: "true",
        truth: "it mentions the login, so this explanation is about the token endpoint",
        source: SOURCES.paste,
      },
    ],
    remedies: [],
    isWholeRemedy: false,
  };
}

/** Whether the text opens a WebSocket to an address of the API, which accepts none. */
export function opensApi(words: string): boolean {
  return new RegExp(OPENS_API, "i").test(words);
}

/**
 * Whether the text opens a WebSocket to the API and names no refused request, in which case every refusal concerns the
 * socket.
 */
export function areOfSocket({ failures, opening }: Pick<Paste, "failures" | "opening">): boolean {
  return opensApi(opening) && failures.every(({ request }) => request?.path == null);
}

/** Returns the fix for a WebSocket to an address of the API, chosen by the purpose that the address suggests. */
export function remedyOfSocket(words: string): Remedy {
  return new RegExp(OPENS_VISITOR, "i").test(words)
    ? {
        kind: "use-host",
        summary:
          "open the visitor's socket at `wss://webmessaging.<domain>/v1?deploymentId=ID`, without an OAuth token, and send `configureSession` first",
        menuPath: "Admin > Message > Messenger Deployments > the deployment",
      }
    : {
        kind: "use-operation",
        summary: "create a channel and connect to the `connectUri` in the response",
        command: 'genscope check-scopes "POST /api/v2/notifications/channels"',
      };
}
