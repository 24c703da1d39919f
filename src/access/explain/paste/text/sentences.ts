/** Maximum number of characters of prose. Longer text is a log, in which the tense of a sentence does not matter. */
const LONGEST_PROSE = 20_000;
/** Maximum length, in characters, of a sentence. A longer one is data rather than prose. */
const LONGEST_SENTENCE = 600;
const SENTENCE = /[^\n]+?(?:[.!?]+(?=["'”’)]{0,2}(?:\s|$))|(?=\n)|$)/g;
const STATUS = /(?<![\w.:/-])[45]\d\d(?=s?(?![\w-]|[.:]\d))/g;

/**
 * Blanks out the statuses in the sentences that the predicate accepts. Every other character keeps its position.
 * Returns long text unchanged.
 */
export function blankStatuses(text: string, isMeant: (sentence: string) => boolean): string {
  if (text.length > LONGEST_PROSE) return text;
  return text.replace(SENTENCE, (sentence) =>
    sentence.length <= LONGEST_SENTENCE && isMeant(sentence)
      ? sentence.replace(STATUS, (digits) => " ".repeat(digits.length))
      : sentence,
  );
}

/** Splits prose into sentences; empty for long text, which is assumed to be a log. */
export function sentencesOf(text: string): readonly string[] {
  if (text.length > LONGEST_PROSE) return [];
  return (text.match(SENTENCE) ?? []).filter((sentence) => sentence.length <= LONGEST_SENTENCE);
}

/** Maximum length, in characters, of a sentence about a role. A longer one is a list. */
const LONGEST_REPORT = 400;
const HOLDS = /\b(?:has|have|holds?|includes?|contains?|added|assigned|granted|gave|given|enabled|with)\b/i;
/** Words that turn a sentence about a permission into one about its absence, a question or a guess. */
const DENIED =
  /\b(?:not|no|without|lacks?|lacking|miss(?:es|ing)|needs?|requires?|must|should|could|would|if|which|what|how|denied|unable)\b|n't\b|\?/i;

/** Whether a sentence reports what a role or client holds, rather than what it lacks or may need. */
export function isAboutHolding(sentence: string): boolean {
  if (sentence.length > LONGEST_REPORT || /[{}]/.test(sentence)) return false;
  return HOLDS.test(sentence) && !DENIED.test(sentence);
}
