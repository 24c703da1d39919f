/** Placeholder for a part of a paste that genscope does not recognize and therefore does not repeat. */
const WITHHELD = "[withheld]";
/** Longest run of unknown characters to keep. A fragment of a secret this short is useless. */
const LONGEST_UNKNOWN = 11;
/**
 * Longest unknown run of letters mixed with digits to keep. It is lower, because words of prose contain no digits.
 * Known words such as `v2` and `sha256` are exceptions; `Zk3v9Qw` is not.
 */
const LONGEST_UNKNOWN_MIXED = 6;
/** Shortest known word that ends a run of unknown characters. */
const SHORTEST_WORD = 4;
/** Shortest complete name from the API definition, such as `getScimV2User`, that is kept as a whole. */
const SHORTEST_NAME = 8;
/** Minimum average number of letters per word in a `camelCase` run. The words of a random string are shorter. */
const FEWEST_LETTERS_PER_WORD = 3;

/**
 * Matches one part of the text. Ids, times and addresses are always kept. Words and host labels are kept only if they
 * are known or short.
 */
const ATOM =
  /(?<id>(?<![\w.~+=%-])\/?api\/v\d{1,2}(?=\/)|\bAADSTS\d{4,7}\b|\bE00000\d\d\b|\b[a-z]{2,4}(?:-de)?-(?:central|(?:north|south)?(?:east|west)|north|south)-\d\b|(?<![\w.~+=%/-])0x[08Cc][0-9A-Fa-f]{7}(?![\w~+=%/-]|\.\w)|(?<![0-9a-f])[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}(?![0-9a-f])|(?<!\d)\d{4}-\d\d-\d\d(?:[T ]\d\d:\d\d(?::\d\d(?:[.,]\d{1,9})?)?(?:Z|[+-]\d\d:?\d\d)?)?(?!\d)|(?<![\d.])\d{1,3}(?:\.\d{1,3}){3}(?::\d{1,5})?(?![\d.])|(?<![\w:])(?:[0-9a-f]{0,4}:){3,7}[0-9a-f]{0,4}(?![\w:]))|(?<host>(?<![\w.-])(?:[a-z0-9-]{1,32}\.){1,6}(?:app|at|au|be|biz|br|ca|ch|cloud|co|com|corp|de|dev|edu|es|eu|example|fr|gov|ie|in|info|internal|invalid|io|it|jp|kr|lan|local|localhost|net|nl|org|sg|test|uk|us)(?::\d{1,5})?(?![\w-]))|(?<run>[\p{L}\p{N}]+)|(?<joint>[-._~+/=%@\\!?*#$^&]+)|(?<wall>[^\p{L}\p{N}._~+/=%@\\!?*#$^&-]+)/gu;
const WORDS = /\p{Lu}+(?!\p{Ll})|\p{Lu}?\p{Ll}+|\p{Lo}+|\p{N}+|./gu;

/** A run of characters that contains nothing known. */
interface UnknownRun {
  start: number;
  end: number;
  isMixed: boolean;
}

/**
 * Reduces text to its known parts: words that the API definition or genscope uses, ids, times, addresses, hosts,
 * and parts too short to be usable as a secret. Replaces everything else with `[withheld]`.
 */
export function keepKnown(text: string, isKnownWord: (word: string) => boolean): string {
  const pieces: string[] = [];
  let done = 0;
  let row: UnknownRun | null = null;
  const close = (): void => {
    if (row !== null && (row.isMixed || row.end - row.start > LONGEST_UNKNOWN)) {
      pieces.push(text.slice(done, row.start), WITHHELD);
      done = row.end;
    }
    row = null;
  };
  for (const { index, 0: atom, groups } of text.matchAll(ATOM)) {
    if (groups?.["joint"] !== undefined) continue;
    if (groups?.["host"] !== undefined) {
      close();
      pieces.push(text.slice(done, index), keepKnownLabels(atom, isKnownWord));
      done = index + atom.length;
    } else if (groups?.["run"] === undefined || isKnownRun(atom, isKnownWord)) {
      close();
    } else {
      row = {
        start: (row as UnknownRun | null)?.start ?? index,
        end: index + atom.length,
        isMixed: (row as UnknownRun | null)?.isMixed === true || isMixedRun(atom),
      };
    }
  }
  close();
  pieces.push(text.slice(done));
  return pieces.join("");
}

/** Fewest and most vowels per letter in a word. Random letters contain fewer. */
const VOWELS = { fewest: 0.3, most: 0.6 };

/** Whether a part of a host label consists of letters that can be a word, such as `kundenverwaltung`. */
function isPronounceable(part: string): boolean {
  if (!/^[a-z]+$/.test(part) || /[^aeiouy]{4}|[aeiouy]{3}|(.)\1\1/.test(part)) return false;
  const share = part.replace(/[^aeiouy]/g, "").length / part.length;
  return share >= VOWELS.fewest && share <= VOWELS.most;
}

/**
 * Keeps the labels of a host that are known, short or made of words. A long unknown label could be a misplaced secret.
 */
function keepKnownLabels(host: string, isKnownWord: (word: string) => boolean): string {
  return host
    .split(".")
    .map((label) =>
      label.length <= LONGEST_UNKNOWN ||
      label.split("-").every(isPronounceable) ||
      longestUnknown(label, isKnownWord) <= LONGEST_UNKNOWN
        ? label
        : WITHHELD,
    )
    .join(".");
}

/**
 * Returns the number of characters in the longest run of unknown parts of a label; infinite if a part mixes letters and
 * digits.
 */
function longestUnknown(label: string, isKnownWord: (word: string) => boolean): number {
  let longest = 0;
  let row = 0;
  for (const part of label.split(/[-:]/)) {
    row = isKnownRun(part, isKnownWord) ? 0 : isMixedRun(part) ? Number.POSITIVE_INFINITY : row + part.length;
    longest = Math.max(longest, row);
  }
  return longest;
}

/** Whether a run of letters and digits consists entirely of known words. */
function isKnownRun(run: string, isKnownWord: (word: string) => boolean): boolean {
  if (run.length >= SHORTEST_NAME && isKnownWord(run)) return true;
  const words = run.match(WORDS) ?? [];
  return (
    run.length >= SHORTEST_WORD &&
    run.length >= words.length * FEWEST_LETTERS_PER_WORD &&
    words.some((word) => word.length >= SHORTEST_WORD) &&
    words.every((word) => word.length < SHORTEST_WORD || (!/\p{N}/u.test(word) && isKnownWord(word)))
  );
}

function isMixedRun(run: string): boolean {
  return run.length > LONGEST_UNKNOWN_MIXED && /\p{N}/u.test(run) && /\p{L}/u.test(run);
}
