import { lineOf, oneLine } from "../../core/text.ts";
import type { Completion } from "./complete.ts";

/** Maximum length of a description, because shells show one line for each candidate. */
const LONGEST_DESCRIPTION = 100;

/**
 * Formats a completion for the shell scripts. The first line is `words`, or `files<TAB>PREFIX` when the shell must
 * complete file names after a prefix. Each later line is `VALUE<TAB>DESCRIPTION`, and ends in `<TAB>+` when the value
 * continues. A value with control characters is omitted.
 * @param completion the completion; null when none exists
 */
export function formatCompletion(completion: Completion | null): string {
  const { filesAfter, candidates } = completion ?? { filesAfter: null, candidates: [] };
  const head = filesAfter === null ? "words" : `files\t${lineOf(filesAfter)}`;
  const lines = candidates
    .filter(({ value }) => value === lineOf(value))
    .map(
      ({ value, description, isPart }) =>
        `${value}\t${oneLine(description, LONGEST_DESCRIPTION)}${isPart === true ? "\t+" : ""}`,
    );
  return `${[head, ...lines].join("\n")}\n`;
}
