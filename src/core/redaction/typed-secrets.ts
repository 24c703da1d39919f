import { Secret } from "../secret.ts";
import { spellingsOf } from "./known-secrets.ts";

const SHOWN = String(new Secret(""));
/** Matches a word that may be a token: base64 in either alphabet, a hexadecimal key or a JSON web token. */
const CANDIDATE = /[\w+/.-]{28,65536}={0,2}/g;
const UUID = /[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}/gi;
/** Matches a credential after its scheme. After a scheme, even a shorter word counts. */
const AFTER_SCHEME = /\b(?:Bearer|Basic)\s{1,4}([\w+/.~-]{8,65536}={0,2})/gi;
/** Minimum number of characters in a secret. The ids of other systems are shorter; a ULID has 26. */
const FEWEST_CHARACTERS = 28;
/** Number of random-looking characters that suffice in a secret. The rest may look like a name by chance. */
const FEWEST_RANDOM_CHARACTERS = 18;
/** Minimum number of digit groups between letters in a secret. A name contains one or two, as in `Lexv2Bots`. */
const FEWEST_INNER_NUMBERS = 3;
/**
 * Length of the shortest part of a secret that is hidden. A secret appears in parts when a message shortens it
 * or a narrow terminal wraps it.
 */
const PART_LENGTH = 8;
const MOST_PLAIN_IN_PART = 5;
const PLAIN_WORD = /^(?:[A-Z]?[a-z]{3,}|[A-Z]{3,}|v?\d{1,14})$/;
/**
 * Minimum number of letters in a plain word inside a secret. Random letters of one case between two separators are
 * seldom longer.
 */
const SHORTEST_INNER_WORD = 6;
/**
 * Minimum average number of letters per word in a readable name. In a random string, about every second letter
 * changes its case.
 */
const FEWEST_LETTERS_PER_WORD = 4;
const FEWEST_LETTERS_WITHOUT_DIGITS = 3;
const UNSPEAKABLE = /[b-df-hj-np-tv-xz]{6}/i;

/** Text that must not be shown. `isPlain` marks the characters that belong to plain words in it, as in a path. */
interface TypedSecret {
  readonly text: string;
  readonly isPlain: readonly boolean[];
}

/**
 * Returns a function that hides command-line words that look like secrets, even where they are shortened, wrapped or in
 * a different case. Null when no word looks like one. Names, dates and ids remain visible.
 */
export function hideTyped(words: readonly string[]): ((text: string) => string) | null {
  const long = words.flatMap((word) => [...word.matchAll(CANDIDATE)].map(([text]) => text));
  const credentials = [...words.join(" ").matchAll(AFTER_SCHEME)].map(([, text = ""]) => text);
  const secrets = [
    ...long.filter((text) => isRandom(text, FEWEST_CHARACTERS)),
    ...credentials.filter((text) => isRandom(text, 1)),
  ].map(markPlainWords);
  if (secrets.length === 0) return null;
  const parts = new Set(secrets.flatMap(partsOf));
  return (text) => hideParts(text, parts);
}

/** Whether text has at least `fewest` letters and digits, in a mixture that no readable name has. */
function isRandom(text: string, fewest: number): boolean {
  const segments = segmentsOf(text).map(({ segment }) => segment);
  const all = segments.join("");
  if (
    all.length < fewest ||
    (!/\d/.test(all) && all.length >= FEWEST_LETTERS_WITHOUT_DIGITS * wordsOf(all).length)
  )
    return false;
  const random = segments.filter((segment) => !isName(segment)).join("").length;
  const isMostlyRandom =
    random >= Math.min(all.length, fewest, FEWEST_RANDOM_CHARACTERS) && 2 * random >= all.length;
  const numbers = segments.join(" ").match(/[A-Za-z]\d+(?=[A-Za-z])/g) ?? [];
  return random >= FEWEST_CHARACTERS || isMostlyRandom || numbers.length >= FEWEST_INNER_NUMBERS;
}

/** Marks plain words at both ends of the text, and long ones inside it. */
function markPlainWords(text: string): TypedSecret {
  const isPlain = Array.from({ length: text.length }, () => false);
  for (const [id] of text.matchAll(UUID)) isPlain.fill(true, text.indexOf(id), text.indexOf(id) + id.length);
  const segments = segmentsOf(text);
  const first = segments.findIndex(({ segment }) => !PLAIN_WORD.test(segment));
  const last = segments.findLastIndex(({ segment }) => !PLAIN_WORD.test(segment));
  for (const [index, { segment, start }] of segments.entries()) {
    const isInner = index > first && index < last;
    if (PLAIN_WORD.test(segment) && (!isInner || segment.length >= SHORTEST_INNER_WORD)) {
      isPlain.fill(true, start, start + segment.length);
    }
  }
  return { text, isPlain };
}

/** Splits text at characters that are neither letters nor digits. Leaves out UUIDs. */
function segmentsOf(text: string): readonly { readonly segment: string; readonly start: number }[] {
  const others = text.replace(UUID, (id) => "-".repeat(id.length));
  return [...others.matchAll(/[A-Za-z0-9]+/g)].map(({ 0: segment, index }) => ({ segment, start: index }));
}

/**
 * Whether a segment looks like a name: a number, or words with at most one number before, after or (as in
 * `Lexv2Bots`) between them.
 */
function isName(segment: string): boolean {
  const isNamed = /^(?:\d{1,14}|\d{0,8}[A-Za-z]+|[A-Za-z]+\d{0,8}|[A-Za-z]{3,}\d{1,2}[A-Za-z]{3,})$/.test(
    segment,
  );
  return isNamed && isWords(segment.replace(/\d+/, ""));
}

function isWords(letters: string): boolean {
  const words = wordsOf(letters);
  return (
    !words.some((word) => UNSPEAKABLE.test(word)) &&
    (words.length <= 1 || letters.length >= words.length * FEWEST_LETTERS_PER_WORD)
  );
}

function wordsOf(letters: string): readonly string[] {
  return letters.match(/[A-Z]+(?![a-z])|[A-Z]?[a-z]+/g) ?? [];
}

/**
 * Returns all parts of a secret that are random enough not to occur in other text, both as typed and
 * URL-encoded.
 */
function partsOf({ text, isPlain }: TypedSecret): readonly string[] {
  const parts: string[] = [];
  for (let start = 0; start + PART_LENGTH <= text.length; start += 1) {
    const plain = isPlain.slice(start, start + PART_LENGTH).filter(Boolean).length;
    if (plain > MOST_PLAIN_IN_PART) continue;
    for (const spelling of spellingsOf([text.slice(start, start + PART_LENGTH)])) {
      for (let offset = 0; offset + PART_LENGTH <= spelling.length; offset += 1) {
        parts.push(lowerCase(spelling.slice(offset, offset + PART_LENGTH)));
      }
    }
  }
  return parts;
}

/** Replaces the parts that occur in text. Parts that overlap or touch are replaced together. */
function hideParts(text: string, parts: ReadonlySet<string>): string {
  const lower = lowerCase(text);
  let shown = "";
  let copied = 0;
  let start = -1;
  let end = -1;
  for (let index = 0; index + PART_LENGTH <= lower.length; index += 1) {
    if (!parts.has(lower.slice(index, index + PART_LENGTH))) continue;
    if (index > end) {
      if (start >= 0) {
        shown += `${text.slice(copied, start)}${SHOWN}`;
        copied = end;
      }
      start = index;
    }
    end = index + PART_LENGTH;
  }
  return start < 0 ? text : `${shown}${text.slice(copied, start)}${SHOWN}${text.slice(end)}`;
}

/** Converts only ASCII letters to lower case, because the length of other letters can change. */
function lowerCase(text: string): string {
  return text.replace(/[A-Z]/g, (letter) => letter.toLowerCase());
}
