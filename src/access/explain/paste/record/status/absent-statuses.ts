/** Matches words that introduce the expected status of a test, as opposed to the actual one. */
const EXPECTATION =
  /\b(?:expect(?:ed|s|ing)?|should(?: be)?|wanted|instead of|not(?!:?\s{0,3}\n))[\s:](?:a |an |status |code |HTTP |to be |result|behaviou?r|response|answer|output)?[\s:*]{0,4}["'(]?$|\bAssertionError\s{1,4}[\w ]{0,30}\bis $/i;

/**
 * Matches the words before a status that did not occur: `the requests do not trigger 429`, `we never get a 403`,
 * `without any 401`.
 */
const DENIED =
  /\b(?:no|n[o']t|(?:do|does|did|are|is|was|were|has|have|had|would|wo|could)n['’]t|not|never|without|no longer)\s(?:(?:be|been|even|ever|actually|currently) )?(?:(?:trigger|get|gett|see|seen|got|gotten|had|received|returned|return|receiv|hit|hitt|throw|produc|caus|giv|give|receive|cause|produce)(?:s|ing|ed|n)? )?(?:an? |any |the |HTTP |(?:a )?single |one |more ){0,2}["'(]?$|(?:^|[.!?\n]\s{0,3})(?:none|neither|no (?:calls?|requests?))\b[^.,;!?\n]{0,80}\b(?:returns?|gets?|got|returned|gives?|answers?)\s(?:an? |the )?$/i;

/** Matches the mark of a test that passed, which therefore got the status that it expects: `✓ throws on 403`. */
const PASSED = /^\s{0,20}(?:[✓✔√✅]|PASS(?:ED)?:?)\s/;

/** Whether the text before a position introduces the expected status of a test. */
export function isExpected(text: string, at: number): boolean {
  return EXPECTATION.test(text.slice(Math.max(0, at - 40), at));
}

/**
 * Whether the text says that the status at a position did not occur. The position is that of the number or of its
 * reason phrase.
 */
export function isDenied(text: string, at: number): boolean {
  const start = text.lastIndexOf("\n", at - 1) + 1;
  if (PASSED.test(text.slice(start, start + 24))) return true;
  return DENIED.test(text.slice(Math.max(0, at - 140), at).replace(/\d{3} $/, ""));
}
