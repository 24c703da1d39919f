import { reports } from "../assertion/asserted.ts";
import { SOURCES } from "../claims/source.ts";
import type { Circumstance, CircumstanceFacts } from "./circumstance.ts";

/**
 * Matches `{"Authorization": token}`, a header value without a scheme. Redaction has already replaced the token with a
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

/** Matches a header whose token is empty or the word `undefined`. Redaction writes `[empty]` for both. */
const MISSING = /\bBearer \[empty\]/;

/**
 * Recognizes a header without a token, or with a token but without `Bearer` before it; null when the text shows
 * neither.
 */
export function findBareToken({ failure, status, layer, words }: CircumstanceFacts): Circumstance | null {
  if (status !== 401 || layer !== "token") return null;
  if (failure.request?.authorization === "empty-bearer" || reports(MISSING, words)) return NOT_FILLED_IN;
  if (!reports(BARE, words) || PREFIX.test(words)) return null;
  return {
    layer: "token",
    meaning:
      "the code puts the bare token in the `Authorization` header, but the platform expects the word `Bearer` before it",
    claims: [
      {
        text: "the text does not show the variable's value",
        verdict: "true",
        truth: "if it already begins with `Bearer`, the cause is another one",
        source: SOURCES.paste,
      },
    ],
    remedies: [{ kind: "fix-credentials", summary: "send the header `Authorization: Bearer <token>`" }],
    isWholeRemedy: true,
  };
}
