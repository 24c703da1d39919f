import { SOURCES } from "../claims/source.ts";
import type { Circumstance, CircumstanceFacts } from "./circumstance.ts";

/**
 * Matches `{"Authorization": token}`, a value without a scheme. By now, the token has been replaced by a
 * placeholder.
 */
const BARE = /\bAuthorization["'`\]]{0,2}\s{0,3}(?::|=>|=|,)\s{0,3}["'`]?\[secret\b/;
const NOT_FILLED_IN: Circumstance = {
  layer: "token",
  meaning: "the `Authorization` header contains no token: its value is empty or a placeholder",
  claims: [],
  remedies: [
    {
      kind: "fix-credentials",
      summary: "request the token before the call, and check the name of the variable that holds it",
    },
  ],
  isWholeRemedy: true,
};
/** Matches the `Bearer` prefix of a token; `bearer token` in prose does not match. */
const PREFIX = /["'`]Bearer\b|\bBearer\s{1,3}(?!tokens?\b)/i;

/** Matches a header with the client secret or the client id, in words. A placeholder can replace the first word. */
const SECRET_AS_TOKEN =
  /\b(?:Authorization|Bearer)(?: header)?["'`]?\s?(?:[=:]|\bis\b|\bwith\b|\bcontains\b|\bset to\b)?\s?(?:Bearer )?(?:(?:the|our|my|its) )?(?:client|\[secret\])[ _-]?(?:secret|id)\b/i;
const NO_TOKEN: Circumstance = {
  layer: "token",
  meaning:
    "the `Authorization` header contains the client's id or secret instead of a token; the platform accepts these only in the token request",
  claims: [
    {
      text: "the client id or secret can replace the token",
      verdict: "false",
      truth: "exchange them for a token at `https://login.<region>/oauth/token`, then send that token",
      source: SOURCES.sdks,
    },
  ],
  remedies: [
    {
      kind: "fix-credentials",
      summary:
        "request a token with the client id and secret, then send the header `Authorization: Bearer <token>`",
    },
  ],
  isWholeRemedy: true,
};

/** Matches a header whose token is empty or a variable that the program never filled in. */
const MISSING = /\bBearer (?:\[empty\]|(?:undefined|null|None|\{\{\w{1,40}\}\})(?=["'`\s,]|$))/;

/**
 * Recognizes a header without a token, or with a token but without `Bearer` before it; null when the text shows
 * neither.
 */
export function findBareToken({ failure, status, layer, words }: CircumstanceFacts): Circumstance | null {
  if (status !== 401 || layer !== "token") return null;
  if (failure.request?.authorization === "empty-bearer" || MISSING.test(words)) return NOT_FILLED_IN;
  if (SECRET_AS_TOKEN.test(words)) return NO_TOKEN;
  if (!BARE.test(words) || PREFIX.test(words)) return null;
  return {
    layer: "token",
    meaning:
      "the code puts the bare token in the `Authorization` header, but the platform expects the word `Bearer` before it",
    claims: [
      {
        text: "the variable already contains `Bearer`",
        verdict: "unknown",
        truth: "the text does not show its value",
        source: SOURCES.paste,
      },
    ],
    remedies: [{ kind: "fix-credentials", summary: "send the header `Authorization: Bearer <token>`" }],
    isWholeRemedy: true,
  };
}
