import { closest } from "../core/closest.ts";
import { UsageError } from "../core/errors.ts";

/** Returns the error for a dimension or metric that the query does not have, with the closest ones. */
export function unknownWord(
  kind: "dimension" | "metric",
  name: string,
  known: readonly string[],
): UsageError {
  const near = nearestWords(name, known);
  const offer =
    near.length > 0
      ? `did you mean ${near.map((word) => `\`${word}\``).join(", ")}?`
      : `it has ${known.slice(0, 40).join(" ")}${known.length > 40 ? " …" : ""}`;
  return new UsageError(
    kind === "metric" ? "usage.unknown_metric" : "usage.unknown_dimension",
    `this query has no ${kind} \`${name}\``,
    {
      hint: known.length === 0 ? "give the whole request with `--body FILE`" : offer,
    },
  );
}

/** Returns the words that differ in case only, otherwise the closest ones; empty when none is close. */
export function nearestWords(name: string, known: readonly string[]): readonly string[] {
  const sameLetters = known.filter((word) => lettersOf(word) === lettersOf(name));
  if (sameLetters.length > 0) return sameLetters;
  const byLower = new Map(known.map((word) => [word.toLowerCase(), word]));
  const mistakes = Math.max(2, Math.ceil(name.length / 3));
  return closest(name.toLowerCase(), [...byLower.keys()], 3, mistakes).map(
    (word) => byLower.get(word) ?? word,
  );
}

/** `On Queue`, `on-queue` and `ON_QUEUE` have the same letters. */
function lettersOf(word: string): string {
  return word.toLowerCase().replace(/[\s_-]/g, "");
}
