import { findReported } from "../assertion/asserted.ts";
import type { ExplainKnowledge } from "../knowledge.ts";

/**
 * Matches `Missing OAuth scope(s): users, users:readonly`, which a program prints instead of the response that
 * it got.
 */
const RETOLD = /\bmissing\b[^.!?:\n]{0,40}\bscopes?(?:\(s\))?:\s{0,3}([^.!?;\n]{1,400})/i;
/** Maximum number of characters to search. Programs and people report a response near the beginning of the text. */
const LONGEST_TEXT = 40_000;

/** Returns the scopes that the text reports as missing, in the platform's spelling. */
export function readReportedScopes(
  text: string,
  { isNameKnown, classifyName }: Pick<ExplainKnowledge, "isNameKnown" | "classifyName">,
): readonly string[] {
  const [, list = ""] = findReported(RETOLD, text.slice(0, LONGEST_TEXT)) ?? [];
  return list
    .split(/[\s,[\]"'`]+/)
    .filter(isNameKnown)
    .map(classifyName)
    .flatMap((found) => (found.kind === "scope" ? [found.name] : []));
}
