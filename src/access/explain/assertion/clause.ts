/** Maximum number of characters to look at before and after a match. A longer sentence is data rather than prose. */
const REACH = 300;
/** Matches the end of a sentence. A line break between a word and a lower-case letter is only wrapping. */
const SENTENCE_END = /[.!?]["'”’)]{0,2}\s|(?<! [A-Za-z'’]{1,20},?)\n|\n(?!\s{0,3}[a-z])/g;
/** Matches the end of a clause within a sentence. */
const CLAUSE_END =
  /[;:,–—]\s|\s(?:but|while|whereas|however|although|though|because|since|so|then|which|and (?=(?:I|we|it|they|you|he|she|the|this|that|our|my|now|still|get|gets|got)\b))(?=\s|$)/g;

/** The text around a match, within its sentence and within its clause. */
export interface WordsAround {
  /** The sentence up to the match. */
  readonly sentenceBefore: string;
  readonly clauseBefore: string;
  readonly clauseAfter: string;
  /** The rest of the sentence with its final punctuation. */
  readonly sentenceAfter: string;
  /** The line up to the match. */
  readonly lineBefore: string;
}

/** Returns the words around the characters of the text from `start` to `end`. */
export function wordsAround(text: string, start: number, end: number): WordsAround {
  const before = text.slice(Math.max(0, start - REACH), start);
  // A match can include the punctuation that ends its sentence.
  const isWhole = /[.!?]/.test(text.charAt(end - 1));
  const after = isWhole ? text.charAt(end - 1) : text.slice(end, end + REACH);
  const sentenceBefore = before.slice(lastEnd(SENTENCE_END, before));
  const [sentenceAfter = ""] = /^[^\n]*?(?:[.!?](?=["'”’)]{0,2}(?:\s|$))|(?=\n)|$)/.exec(after) ?? [];
  return {
    sentenceBefore,
    clauseBefore: sentenceBefore.slice(lastEnd(CLAUSE_END, sentenceBefore)),
    clauseAfter: sentenceAfter.slice(0, firstStart(CLAUSE_END, sentenceAfter)),
    sentenceAfter,
    lineBefore: before.slice(before.lastIndexOf("\n") + 1),
  };
}

/** Returns the sentence that contains the characters of the text from `start` to `end`. */
export function sentenceAround(text: string, start: number, end: number): string {
  const { sentenceBefore, sentenceAfter } = wordsAround(text, start, end);
  return `${sentenceBefore}${text.slice(start, end)}${sentenceAfter}`;
}

function lastEnd(pattern: RegExp, text: string): number {
  const last = Array.from(text.matchAll(pattern)).at(-1);
  return last === undefined ? 0 : last.index + last[0].length;
}

function firstStart(pattern: RegExp, text: string): number {
  const [first] = text.matchAll(pattern);
  return first?.index ?? text.length;
}
