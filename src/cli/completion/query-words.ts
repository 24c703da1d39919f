import { ownValue } from "../../core/own-value.ts";
import type { Candidate, CommandTree, QueryWords } from "./command-tree.ts";

/** Kinds of values that depend on the query: values of `--metric`, `--group-by` and `--filter`. */
type QueryKindOfWord = "metric" | "dimension" | "filter";

/** Returns whether a kind of value depends on the query that the line names. */
export function isQueryWord(kind: string): kind is QueryKindOfWord {
  return kind === "metric" || kind === "dimension" || kind === "filter";
}

/**
 * Returns the completions of a metric, a grouping or a filter for the query or dataset that the operands
 * name. Empty if they name none. Lists continue after their last comma, and filters after their `=` with the
 * values of an enumeration.
 */
export function queryWords(
  { queryWords: known }: Pick<CommandTree, "queryWords">,
  kind: QueryKindOfWord,
  operands: readonly string[],
  text: string,
): readonly Candidate[] {
  const words: QueryWords | undefined = ownValue(known, operands.join(" ").toLowerCase());
  if (words === undefined) return [];
  if (kind === "filter") return filters(words, text);
  const start = text.slice(0, text.lastIndexOf(",") + 1);
  return words[kind].map((word) => ({ value: start + word, description: "" }));
}

function filters({ filter, values }: QueryWords, text: string): readonly Candidate[] {
  const [dimension = "", ...rest] = text.split("=");
  if (rest.length === 0) return filter.map((name) => ({ value: `${name}=`, description: "", isPart: true }));
  return (ownValue(values, dimension) ?? []).map((value) => ({
    value: `${dimension}=${value}`,
    description: "",
  }));
}
