import type { Finding } from "../finding.ts";

/** Matches a field of an error body, in any post of a thread. */
const BODY = /["']?\b(?:code|errorCode|error_code|contextId)\b["']?\s{0,3}:\s{0,3}["']\w/;

/** Claim about an exception whose text contains no response body. */
export const BODY_ABSENT = "the paste contains the error's text, but not the response body";

/**
 * Removes the claim that the paste lacks a response body when any part of it contains one. A claim is made from the
 * words around one failure, and the body can be elsewhere, such as in a later post.
 */
export function withoutFalseAbsence(findings: readonly Finding[], words: string): readonly Finding[] {
  if (!BODY.test(words)) return findings;
  return findings.map((finding) => ({
    ...finding,
    claims: finding.claims.filter(({ text }) => text !== BODY_ABSENT),
    remedies: finding.remedies.filter(({ kind, summary }) => kind !== "ask-support" || !PRINTS.test(summary)),
  }));
}

/** Matches the remedy that asks for a response body. */
const PRINTS = /^print the response body from the exception\b/;
