/** Longer text is a log, in which the tense of a sentence does not matter. */
const LONGEST_PROSE = 20_000;
/** Maximum length of a sentence in characters. A longer one is data rather than prose. */
const LONGEST_SENTENCE = 600;
const SENTENCE = /[^\n]+?(?:[.!?]+(?=["'”’)]{0,2}(?:\s|$))|(?=\n)|$)/g;
const STATUS = /(?<![\w.:/-])[45]\d\d(?=s?(?![\w-]|[.:]\d))/g;

/**
 * Blanks out the statuses in the sentences that a test accepts. Every other character keeps its position. Returns
 * long text unchanged.
 */
export function blankStatuses(text: string, isMeant: (sentence: string) => boolean): string {
  if (text.length > LONGEST_PROSE) return text;
  return text.replace(SENTENCE, (sentence) =>
    sentence.length <= LONGEST_SENTENCE && isMeant(sentence)
      ? sentence.replace(STATUS, (digits) => " ".repeat(digits.length))
      : sentence,
  );
}

/** Splits prose into sentences; empty for long text, which is a log. */
export function sentencesOf(text: string): readonly string[] {
  if (text.length > LONGEST_PROSE) return [];
  return (text.match(SENTENCE) ?? []).filter((sentence) => sentence.length <= LONGEST_SENTENCE);
}
