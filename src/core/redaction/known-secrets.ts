import { Secret } from "../secret.ts";

/**
 * Shortest secret to replace. A shorter one also occurs in ordinary words, and replacing it there would give it
 * away.
 */
const SHORTEST_LENGTH = 4;
const SHOWN = String(new Secret(""));

/**
 * Returns every form in which a known secret may appear: as it is, URL-encoded and URL-decoded. The longest form
 * comes first, so that a secret that contains another one is replaced as a whole.
 */
export function spellingsOf(secrets: readonly string[]): readonly string[] {
  const spellings = secrets
    .flatMap((secret) => [secret, recoded(encodeURIComponent, secret), recoded(decodeURIComponent, secret)])
    .filter((spelling) => spelling.length >= SHORTEST_LENGTH);
  return [...new Set(spellings)].toSorted((a, b) => b.length - a.length);
}

/**
 * Replaces known secrets in text.
 * @param spellings the result of `spellingsOf`
 */
export function hideKnown(text: string, spellings: readonly string[]): string {
  return spellings.reduce((shown, spelling) => shown.replaceAll(spelling, SHOWN), text);
}

/** Encodes or decodes text. Returns it unchanged when that is not possible, for example because of a stray `%`. */
function recoded(recode: (text: string) => string, text: string): string {
  try {
    return recode(text);
  } catch {
    return text;
  }
}
