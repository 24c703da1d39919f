import { nameOf } from "../../../catalogue/lookup/operation-lookup.ts";
import { contextRemedies } from "../../remedy/context-remedies.ts";
import { reports } from "../assertion/asserted.ts";
import { SOURCES, sourceOf } from "../claims/source.ts";
import type { Claim } from "../finding.ts";
import type { Circumstance, CircumstanceFacts } from "./circumstance.ts";

/** Matches a login with client credentials: in words, in code or as a token request. */
const BY_CLIENT =
  /\bclient[-_ ]?credentials?\b(?! (?:are|is) (?:correct|right|valid|fine))|\b(?:server[- ]to[- ]server|machine[- ]to[- ]machine|M2M|service account)\b|\bgrant_type\W{1,6}client_credentials\b/i;
/** Matches a login as a user. */
const BY_USER =
  /\b(?:authorization[-_ ]code|PKCE|implicit grant|user(?:'s)? token|logged[- ]in user|token implicit)\b/i;
/** Matches a negated mention of client credentials. */
const NOT_BY_CLIENT =
  /\b(?:not|no|without|instead of|rather than)\b[^.\n]{0,20}\bclient[-_ ]?credentials?\b/i;
/** Matches names of operations that chat visitors call. */
const CHAT_GUEST = /webchat_?guest/i;
const CHAT_GUEST_PATH = /\/webchat\/guest\//;

/** Recognizes a call with the wrong kind of token; null if there is no evidence. */
export function findTokenKind(facts: CircumstanceFacts): Circumstance | null {
  return ofGuest(facts) ?? ofUser(facts) ?? ofClient(facts);
}

/**
 * Recognizes a chat visitor's call. Visitors need their own kind of token, which they get in the response that
 * starts their conversation.
 */
function ofGuest({ failure: { request }, status, operation }: CircumstanceFacts): Circumstance | null {
  if (status !== 401 && status !== 403) return null;
  const isOfChat =
    request?.names.some((name) => CHAT_GUEST.test(name)) === true ||
    CHAT_GUEST_PATH.test(request?.path ?? "");
  if (isOfChat) {
    return {
      layer: "context",
      meaning:
        "the guest operations of web chat accept only the JWT of the visitor, not an OAuth token; permissions and scopes do not matter here",
      claims: [
        claim(
          "an OAuth token can call the guest operations of web chat",
          "the visitor's token is the `jwt` in the response that started the conversation, and it ends with the conversation",
          SOURCES.sdks,
        ),
      ],
      remedies: [
        {
          kind: "use-operation",
          summary: "send the visitor's token: the `jwt` in the response that started the conversation",
        },
        {
          kind: "none",
          summary:
            "the published definition no longer contains web chat: plan the move to web messaging, whose visitors have tokens of their own",
        },
      ],
      isWholeRemedy: true,
    };
  }
  if (operation?.otherAuthentication !== "webmessaging-jwt") return null;
  return {
    layer: "context",
    meaning:
      "the operation accepts only the JWT of a web messaging visitor, not an OAuth token; permissions and scopes do not matter here",
    claims: [
      claim(
        `an OAuth token can call \`${nameOf(operation)}\``,
        "the API definition lists a web messaging token for it, not OAuth",
        sourceOf(operation),
      ),
    ],
    remedies: contextRemedies({ operation }),
    isWholeRemedy: true,
  };
}

/**
 * Recognizes client credentials on an operation that needs a user. The platform returns 400, which looks like a
 * mistake in the body.
 */
function ofUser({ status, code, operation, words, failure }: CircumstanceFacts): Circumstance | null {
  if (operation?.grantRule !== "not-client-credentials" || code === "not.a.user") return null;
  const isOfClient = reports(BY_CLIENT, words) && !NOT_BY_CLIENT.test(words) && !reports(BY_USER, words);
  const isOpen = code === null && (status === 400 || status === 403 || status === null);
  if (!isOfClient || !isOpen || failure.message !== null) return null;
  return {
    layer: "context",
    meaning: `the operation needs a user, and a client-credentials token has none${status === 400 || status === null ? "" : " (the platform usually returns 400)"}; no permission or role changes that`,
    claims: [
      claim(
        `client credentials can call \`${nameOf(operation)}\``,
        "according to the API definition, they get 400 `not.a.user`",
        sourceOf(operation),
      ),
    ],
    remedies: contextRemedies({ operation }),
    isWholeRemedy: true,
  };
}

/** Recognizes a user's token on an operation that needs client credentials. */
function ofClient({ status, code, operation, words }: CircumstanceFacts): Circumstance | null {
  if (operation?.grantRule !== "client-credentials-only" || code === "not.a.client") return null;
  const isOfUser = reports(BY_USER, words) && !BY_CLIENT.test(words);
  if (!isOfUser || code !== null || (status !== 400 && status !== null)) return null;
  return {
    layer: "context",
    meaning: "the operation accepts only client-credentials tokens, never a user's token",
    claims: [
      claim(
        `a user's token can call \`${nameOf(operation)}\``,
        "according to the API definition, it gets 400 `not.a.client`",
        sourceOf(operation),
      ),
    ],
    remedies: contextRemedies({ operation }),
    isWholeRemedy: true,
  };
}

function claim(text: string, truth: string, source: string): Claim {
  return { text, verdict: "false", truth, source };
}
