/** Maximum length of a sentence in characters. A longer one is data rather than prose. */
const LONGEST_SENTENCE = 400;
const HOLDS = /\b(?:has|have|holds?|includes?|contains?|added|assigned|granted|gave|given|enabled|with)\b/i;
/** Words that turn a sentence about a permission into one about its absence, a question or a guess. */
const DENIED =
  /\b(?:not|no|without|lacks?|lacking|miss(?:es|ing)|needs?|requires?|must|should|could|would|if|which|what|how|denied|unable)\b|n't\b|\?/i;

/** Whether a sentence reports what a role or client holds, rather than what it lacks or may need. */
export function isAboutHolding(sentence: string): boolean {
  if (sentence.length > LONGEST_SENTENCE || /[{}]/.test(sentence)) return false;
  return HOLDS.test(sentence) && !DENIED.test(sentence);
}
