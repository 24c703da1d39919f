/** Maximum number of names that `nearestNames` returns. */
const MOST_NAMES = 3;
/** Shortest word to compare, because shorter words resemble too many others. */
const SHORTEST_WORD = 3;

/**
 * Returns at most `count` candidates that differ from `text` by at most `limit` typos, nearest first. A typo is
 * a letter that is added, omitted, replaced, or swapped with its neighbor.
 */
export function closest(
  text: string,
  candidates: readonly string[],
  count: number,
  limit: number,
): readonly string[] {
  return candidates
    .filter((candidate) => Math.abs(candidate.length - text.length) <= limit)
    .map((candidate) => ({ candidate, mistakes: countTypos(text, candidate) }))
    .filter(({ mistakes }) => mistakes <= limit)
    .sort((a, b) => a.mistakes - b.mistakes)
    .slice(0, count)
    .map(({ candidate }) => candidate);
}

/** Counts the typos between two strings (optimal string alignment distance). */
export function countTypos(left: string, right: string): number {
  let before: readonly number[] = [];
  let row: readonly number[] = Array.from({ length: right.length + 1 }, (_, index) => index);
  for (let i = 1; i <= left.length; i += 1) {
    const next = [i];
    for (let j = 1; j <= right.length; j += 1) {
      const isSame = left[i - 1] === right[j - 1];
      const isSwap = i > 1 && j > 1 && left[i - 1] === right[j - 2] && left[i - 2] === right[j - 1];
      next.push(
        Math.min(
          (row[j] ?? 0) + 1,
          (next[j - 1] ?? 0) + 1,
          (row[j - 1] ?? 0) + (isSame ? 0 : 1),
          isSwap ? (before[j - 2] ?? 0) + 1 : Number.POSITIVE_INFINITY,
        ),
      );
    }
    before = row;
    row = next;
  }
  return row[right.length] ?? 0;
}

/**
 * Returns the names that a mistyped or shortened name may mean, nearest first: first names that differ by a few typos,
 * then names that share a word with `text`, as `conversations details` does with `conversation`. Empty when no name is
 * near.
 */
export function nearestNames(text: string, names: readonly string[]): readonly string[] {
  const given = text.trim().toLowerCase();
  const mistyped = closest(given, names, MOST_NAMES, allowedTypos(given));
  const words = given.split(/\s+/).filter((word) => word.length >= SHORTEST_WORD);
  const shared = names
    .map((name) => ({ name, count: words.filter((word) => contains(name, word)).length }))
    .filter(({ count }) => count > 0)
    .toSorted((one, other) => other.count - one.count)
    .map(({ name }) => name);
  return [...new Set([...mistyped, ...shared])].slice(0, MOST_NAMES);
}

function contains(name: string, word: string): boolean {
  return name
    .split(" ")
    .some((known) => known.startsWith(word) || countTypos(word, known) <= allowedTypos(word));
}

/** Returns how many typos a word of this length may contain and still be corrected. */
function allowedTypos(text: string): number {
  return Math.floor(text.length / 4);
}
