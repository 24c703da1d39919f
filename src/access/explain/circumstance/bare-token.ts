import { SOURCES } from "../claims/source.ts";
import type { Circumstance, CircumstanceFacts } from "./circumstance.ts";

/** `{"Authorization": token}`: a value without a scheme. The token itself has already been removed. */
const BARE = /\bAuthorization["'`\]]{0,2}\s{0,3}(?::|=>|=|,)\s{0,3}["'`]?\[secret\b/;
/** The word that belongs before the token, but not in `bearer token`. */
const PREFIX = /["'`]Bearer\b|\bBearer\s{1,3}(?!tokens?\b)/i;

/** Returns that a header contains the token without `Bearer` before it; null when the text shows no such code. */
export function findBareToken({ status, layer, words }: CircumstanceFacts): Circumstance | null {
  if (status !== 401 || layer !== "token" || !BARE.test(words) || PREFIX.test(words)) return null;
  return {
    layer: "token",
    meaning:
      "the code puts the token alone into the `Authorization` header, and the platform expects the word `Bearer` before it",
    claims: [
      {
        text: "the variable contains `Bearer` already",
        verdict: "unknown",
        truth: "the text does not show its value",
        source: SOURCES.paste,
      },
    ],
    remedies: [{ kind: "fix-credentials", summary: "send the header `Authorization: Bearer <token>`" }],
    isWholeRemedy: true,
  };
}
