import { countTypos } from "../../core/closest.ts";
import { appendAll } from "../../core/lists/append-all.ts";
import { ownValue } from "../../core/own-value.ts";

/** Maximum length of a word to compare. No word of the platform is nearly as long. */
const LONGEST_WORD = 40;
const MOST_WORDS = 24;
/** Minimum length of each part in a compound word, such as `skill` in `routingskills`. */
const SHORTEST_PART = 4;
/** Minimum length of a word that may contain two typos; shorter ones may contain one. */
const LONG_WORD = 8;
/**
 * Minimum length of a word that may contain any typo. In a shorter word, only an omitted or swapped letter counts as a
 * typo, because other changes produce a different word.
 */
const SHORTEST_TYPO = 5;

const SAME = 1;
const SYNONYM = 0.9;
const TYPING_ERROR = 0.8;
const COMPOUND = 0.65;
const NEIGHBOR = 0.6;

/** Common names for the platform's objects, as stems, with the stems that its paths and permissions use. */
const SYNONYMS: Readonly<Record<string, readonly string[]>> = {
  agent: ["user"],
  auth: ["authorization"],
  customer: ["externalcontact", "contact"],
  dialer: ["outbound"],
  disposition: ["wrapupcode", "wrapup"],
  employee: ["user"],
  interaction: ["conversation"],
  kb: ["knowledge", "knowledgebase"],
  licence: ["license"],
  org: ["organization"],
  organisation: ["organization"],
  people: ["user"],
  person: ["user"],
  qa: ["quality"],
  qm: ["quality"],
  sta: ["speechandtextanalytic"],
  skill: ["routingskill"],
  staff: ["user"],
  token: ["token", "oauth"],
  voice: ["call"],
  webhook: ["notification"],
  websocket: ["notification", "channel"],
  wfm: ["workforcemanagement", "wfm"],
  workforce: ["workforcemanagement", "wfm"],
};

/** Contact-center terms that the platform expresses with two words. */
const EXPANSIONS: Readonly<Record<string, readonly string[]>> = {
  dataaction: ["integration", "action"],
  customaction: ["integration", "action"],
  webserviceaction: ["integration", "action"],
};

/** Words in commands and SDK names that do not describe the object itself. */
const FILLERS: ReadonlySet<string> = new Set(
  "a all api by count fetch find for from get in list load my new of on or read show the to v1 v2 v3 with".split(
    " ",
  ),
);

/**
 * Splits names into meaningful stems: at capitals, hyphens and underscores, without filler words, translated into the
 * platform's own terms (`data-actions` becomes `integration`, `action`).
 */
export function fieldWords(texts: readonly string[]): readonly string[] {
  const stems = texts
    .flatMap((text) => text.slice(0, 400).match(/[A-Z]+(?![a-z])|[A-Z]?[a-z]+|\d+/g) ?? [])
    .filter((word) => word.length > 1 && word.length <= LONGEST_WORD && !/^\d/.test(word))
    .slice(0, MOST_WORDS * 2)
    .map((word) => stemOf(word.toLowerCase()));
  const words: string[] = [];
  for (let index = 0; index < stems.length; index += 1) {
    const stem = stems[index] ?? "";
    const pair = ownValue(EXPANSIONS, `${stem}${stems[index + 1] ?? ""}`);
    if (pair !== undefined) {
      appendAll(words, pair);
      index += 1;
    } else if (!FILLERS.has(stem)) {
      appendAll(words, ownValue(EXPANSIONS, stem) ?? [stem]);
    }
  }
  return [...new Set(words)].slice(0, MOST_WORDS);
}

/**
 * Returns the words of a search. Replaces `data action` and similar terms with the two words that the platform uses.
 */
export function termsOf(words: readonly string[]): readonly string[] {
  return words.flatMap((word, index) => {
    const isSecond = ownValue(EXPANSIONS, pairOf(words[index - 1], word)) !== undefined;
    if (isSecond) return [];
    return (
      ownValue(EXPANSIONS, pairOf(word, words[index + 1])) ?? ownValue(EXPANSIONS, stemOf(word)) ?? [word]
    );
  });
}

function pairOf(first = "", second = ""): string {
  return `${stemOf(first)}${stemOf(second)}`;
}

/** Returns the singular of a lower-case word. Both words of a comparison must be singular. */
export function stemOf(word: string): string {
  if (word.length < 4 || /(?:ss|us|is)$/.test(word)) return word;
  return word
    .replace(/ies$/, "y")
    .replace(/(?<=x|ch|sh|ss)es$/, "")
    .replace(/(?<!s)s$/, "");
}

/**
 * Returns how closely a given word matches a known one in meaning, from 0 (not at all) to 1 (the same word).
 * Both are stems. Synonyms, typos and parts of compound words score lower than the word itself.
 */
export function likeness(given: string, known: string): number {
  if (given === known) return SAME;
  const synonyms = ownValue(SYNONYMS, given);
  if (synonyms?.includes(known) === true) return SYNONYM;
  const [short, long] = given.length < known.length ? [given, known] : [known, given];
  if (short.length >= SHORTEST_PART && (long.startsWith(short) || long.endsWith(short))) return COMPOUND;
  if (Math.abs(given.length - known.length) > 2 || given[0] !== known[0]) return 0;
  // A three-letter word is a typo of a two-letter word only if it begins with that word: `mee` for `me`.
  if (short.length === 2 && long.length === 3) return long.startsWith(short) ? NEIGHBOR : 0;
  // A word with its own meaning is not a typo: `interactions` is not `integrations`.
  if (synonyms !== undefined) return 0;
  if (given.length < SHORTEST_TYPO && !isShortTypo(given, known)) return 0;
  return countTypos(given, known) <= (given.length < LONG_WORD ? 1 : 2) ? TYPING_ERROR : 0;
}

/**
 * Returns whether a four-letter stem may be a longer one with a letter missing, or has the same letters in another
 * order: `quue`, `uesr`.
 */
function isShortTypo(given: string, known: string): boolean {
  if (given.length < SHORTEST_PART) return false;
  return known.length > given.length || [...given].sort().join() === [...known].sort().join();
}
