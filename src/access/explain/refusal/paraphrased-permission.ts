import { findReported } from "../assertion/asserted.ts";
import type { ExplainKnowledge } from "../knowledge.ts";

/**
 * Matches a response that a person reports in their own words: `a 403 saying missing permission for routing
 * queue view`.
 */
const RETOLD =
  /\b403\b(?:[,:] |[^.!?\n]{0,80}?\b(?:say(?:s|ing)?|said|telling|message|error|about|because|due to|with|for)\b[^.!?\n]{0,60}?)\b(?:miss(?:ing|es)|lack(?:s|ing)?|no)\b[^.!?\n]{0,20}?\bpermissions?\b(?:\s(?:for|to|called|named|on))?[\s:"'`*]{1,4}([\w:> -]{5,90})/i;
/** Maximum number of characters to search. People comment on a response near the beginning of the text. */
const LONGEST_TEXT = 40_000;
/** Words that mark a guess of the writer rather than the content of a response. */
const DOUBT = /\b(?:maybe|perhaps|probably|might|could|guess|suppose|I think|not sure)\b/i;
/** Minimum number of words that can form `domain:entity:action` when a person omits the colons. */
const FEWEST_WORDS = 3;
const MOST_WORDS = 5;

/**
 * Returns the permission that the text reports as missing, in the platform's spelling; null if it reports none.
 */
export function readParaphrasedPermission(
  text: string,
  { isNameKnown, classifyName }: Pick<ExplainKnowledge, "isNameKnown" | "classifyName">,
): string | null {
  const [all = "", name = ""] = findReported(RETOLD, text.slice(0, LONGEST_TEXT)) ?? [];
  if (name === "" || DOUBT.test(all)) return null;
  const known = namesIn(name).find(isNameKnown);
  if (known === undefined) return null;
  const found = classifyName(known);
  return found.kind === "permission" ? found.name : null;
}

/**
 * Lists the permission names that a few words can mean. Accepts `routing queue view`, `Routing > Queue > View` and
 * `routing:queue:view`.
 */
function namesIn(text: string): readonly string[] {
  const words = text.split(/[^\w]+/).filter((word) => word !== "");
  const names: string[] = [];
  for (let count = FEWEST_WORDS; count <= Math.min(MOST_WORDS, words.length); count += 1) {
    const domain = words[0] ?? "";
    const action = words[count - 1] ?? "";
    names.push(`${domain}:${words.slice(1, count - 1).join("")}:${action}`);
  }
  return names;
}
