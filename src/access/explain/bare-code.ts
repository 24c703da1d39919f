import type { Finding } from "./finding.ts";
import { interpretFailure } from "./interpret.ts";
import type { ExplainKnowledge } from "./knowledge.ts";
import { NO_FAILURE_DETAILS } from "./paste/failure.ts";

/** A code of several words, but not the end of a path, a host or a property. */
const CODE = /(?<![\w./@-])[a-z][a-z\d_]{0,40}(?:\.[a-z\d_]{1,40}){1,9}(?![\w/@-]|\.\w)/g;
/** The family of codes about permissions, with any prefix of a service: the definition declares only some of them. */
const MISSING = /^(?:[a-z]{2,20}\.){0,2}missing\.(?:[a-z]{2,10}\.){0,3}permissions?$/;
/** Words that people put around a code. Others make the paste a change log, a test or a manual. */
const AROUND =
  /^(?:errors?|codes?|reason|message|response|what|does|do|is|are|was|the|this|an?|means?|meaning|of|why|when|and|or|get|got|getting|gets|we|i|see|with|only|just|now|says|returns?)$/i;
/** More codes than this are a list. */
const MOST_CODES = 5;
const LONGEST_TEXT = 500;

/**
 * Explains a paste that consists of codes of the platform without a status: the layer that refuses with them and
 * their meaning. Empty for any other paste, and for a list of codes.
 */
export function explainBareCodes(words: string, knowledge: ExplainKnowledge): readonly Finding[] {
  if (words.length > LONGEST_TEXT) return [];
  const declared = new Set(knowledge.refusals.map(({ code }) => code));
  const codes = [...new Set(Array.from(words.matchAll(CODE), ([code]) => code))].filter(
    (code) => declared.has(code) || MISSING.test(code),
  );
  const others = words.replace(CODE, " ").match(/[\p{L}\d]+/gu) ?? [];
  if (codes.length > MOST_CODES || !others.every((word) => AROUND.test(word))) return [];
  const own = codes.length === 1 ? words : "";
  return codes.map((code) => {
    // Every code of the family refuses with this status; the status of a declared one is looked up.
    const status = declared.has(code) ? null : 403;
    return interpretFailure({ ...NO_FAILURE_DETAILS, form: "api", code, status }, knowledge, own, "");
  });
}
