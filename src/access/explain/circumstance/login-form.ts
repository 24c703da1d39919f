import type { Layer, Remedy } from "../../verdict/verdict.ts";
import { reports } from "../assertion/asserted.ts";
import { SOURCES } from "../claims/source.ts";
import { basicRemedy, jsonBody, sendsJson } from "../claims/token-request-claims.ts";
import type { Claim } from "../finding.ts";
import type { Circumstance, CircumstanceFacts } from "./circumstance.ts";

/**
 * Matches `Basic ID:SECRET` that is not base64-encoded, after redaction has replaced the secrets. Covers the header
 * value and the code that builds it, such as a template or concatenated strings.
 */
const PLAIN_BASIC =
  /\bBasic (?:\[secret without base64\]|\[(?:secret|empty|variable)\]\}{0,2}:[$#{<%\w]|[$#]?\{{1,2}\s?[\w.]{1,60}\s?\}{1,2}:[$#{])|["'`]Basic (?:\[empty\])?["'`]\s?[+.&]+\s?[\w.$[\]]{1,60}\s?[+.&]+\s?["'`]:["'`]/i;
/** Matches a client id or secret in the query string of the token URL. */
const IN_QUERY = /\/oauth2?\/token\?[^\s"'`]{0,2000}\bclient_(?:id|secret)=/i;
/** Codes that the token endpoint may return for credentials sent in the wrong form. */
const CODES = /^(?:invalid_client|invalid_request|invalid_grant|bad\.request|bad request)$/i;

/** Recognizes credentials sent in a form that the token endpoint does not accept; null without evidence. */
export function findLoginForm(facts: CircumstanceFacts): Circumstance | null {
  const { layer, code, failure } = facts;
  if (layer !== "credentials" && layer !== "request" && layer !== "host") return null;
  const isLogin = failure.form === "token-endpoint" || /\boauth2?\/token\b/.test(failure.request?.path ?? "");
  if (!isLogin || (code !== null && !CODES.test(code))) return null;
  const mistake = mistakeIn(facts);
  if (mistake === null) return null;
  // A wrong host or an `invalid_grant` explains the response better, so the wrong form is reported only as an
  // additional claim.
  const isBeside = layer === "host" || code === "invalid_grant";
  return {
    layer: isBeside ? layer : mistake.layer,
    meaning: isBeside ? null : mistake.meaning,
    claims: [mistake.claim],
    remedies: [mistake.remedy],
    isWholeRemedy: false,
  };
}

interface FormMistake {
  readonly layer: Layer;
  readonly meaning: string;
  readonly claim: Claim;
  readonly remedy: Remedy;
}

function mistakeIn({ failure: { request }, words }: CircumstanceFacts): FormMistake | null {
  if (request?.authorization === "basic-without-base64" || reports(PLAIN_BASIC, words)) return NOT_ENCODED;
  // Beside a request whose form fields are visible, `application/json` is the type of the response.
  if (request?.bodyFormat !== "form" && /\bgrant_type\b/.test(words) && sendsJson(words)) {
    const { claim, remedy } = jsonBody(/\bcode_verifier\b/.test(words));
    return { layer: "request", meaning: AS_JSON, claim, remedy: remedy ?? basicRemedy() };
  }
  // An authorize request always has the client id in its URL.
  const isAuthorize = /\/authorize\/?$/.test(request?.path ?? "");
  const isInQuery =
    (!isAuthorize && /\bclient_(?:id|secret)=/.test(request?.query ?? "")) || reports(IN_QUERY, words);
  return isInQuery && request?.authorization !== "basic" ? AS_QUERY : null;
}

const NOT_ENCODED: FormMistake = {
  layer: "credentials",
  meaning:
    "the `Authorization` header contains the client id and secret without base64, which HTTP Basic requires, so the token endpoint can't read them",
  claim: {
    text: "`Authorization: Basic` takes the id and secret without base64",
    verdict: "false",
    truth: "the header takes `base64(id:secret)`, without a line feed at the end (RFC 7617)",
    source: SOURCES.sdks,
  },
  remedy: basicRemedy(),
};
const AS_JSON =
  "the token request has a JSON body, which the token endpoint does not read: it takes form fields";
const AS_QUERY: FormMistake = {
  layer: "credentials",
  meaning:
    "the token request has the client id or secret in its URL, which no official client does; the token endpoint expects HTTP Basic and a form in the body",
  claim: {
    text: "the client id and secret can be sent in the URL of the token endpoint",
    verdict: "unknown",
    truth:
      "official clients send them with HTTP Basic; a secret in a URL also ends up in logs, so replace it with a new one",
    source: SOURCES.sdks,
  },
  remedy: basicRemedy(),
};
