import type { Claim, Finding } from "../finding.ts";

/** Matches a field of an error body, in any post of a thread. */
const BODY = /["']?\b(?:code|errorCode|error_code|contextId)\b["']?\s{0,3}:\s{0,3}["']\w/;
/** Matches the correlation id of an error body. Only the platform's responses have it. */
const CONTEXT_ID = /["'\\]contextId\\?["']\s{0,3}:/;

/** Claim about an exception whose text contains no response body. */
export const BODY_ABSENT = "the paste contains the error's text, but not the response body";

/** Matches the remedies that ask for a response body. */
const PRINTS = /^print the response body(?: from the exception\b|: its code\b)/;
/** Matches the part of a summary that says that the body is missing. */
const WITHOUT_BODY = /\bwithout its body, (?=a 401 shows only\b)/;
/** Matches the part of a guess that says that the text contains no response. */
const NO_RESPONSE = /\bthe text contains neither a request nor a response\b/;
/** Matches the part of a claim that says that a response lacks the correlation id. */
const LACKS_ID = /\bthis response lacks (?:all of them|[^:]*`contextId`)/;

/**
 * Corrects statements that a part is missing when any part of the paste contains it. A statement is made from the words
 * around one failure, and the part can be elsewhere, such as in a later post.
 */
export function withoutFalseAbsence(findings: readonly Finding[], words: string): readonly Finding[] {
  if (!BODY.test(words)) return findings;
  const hasId = CONTEXT_ID.test(words);
  return findings.map((finding) => ({
    ...finding,
    summary: finding.summary.replace(WITHOUT_BODY, ""),
    claims: finding.claims
      .filter(({ text, truth }) => text !== BODY_ABSENT && !(hasId && LACKS_ID.test(truth ?? "")))
      .map(withoutMissingResponse),
    remedies: finding.remedies.filter(({ summary }) => !PRINTS.test(summary)),
  }));
}

function withoutMissingResponse(claim: Claim): Claim {
  if (claim.truth === null) return claim;
  return { ...claim, truth: claim.truth.replace(NO_RESPONSE, "the text contains no request") };
}
