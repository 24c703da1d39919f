import type { NamedQuery } from "../../../../analytics/named-query.ts";
import { namedQueries } from "../../../../analytics/query-list.ts";
import { parseDuration } from "../../../../core/duration.ts";
import { UsageError } from "../../../../core/errors.ts";
import { contradiction } from "../../../flags/contradiction.ts";
import type { QueryFormat } from "../defaults.ts";

/**
 * Minimum time between two requests. A token may send 300 requests per minute by default, and one program should not
 * use more than a tenth of them.
 */
const SHORTEST_MS = 2_000;
/** Maximum time between two requests. For longer intervals, a scheduler that runs the query is the better tool. */
const LONGEST_MS = 3_600_000;

/**
 * Parses the time between two requests of `--watch` into milliseconds.
 * @throws UsageError `usage.duration` for an invalid duration or one outside 2 s to 1 h; `usage.arguments` for
 * flags that exclude it
 */
export function readWatchInterval(
  text: string,
  { format, isDescription }: { readonly format: QueryFormat; readonly isDescription: boolean },
): number {
  const ms = parseDuration(text, "--watch", "5s");
  if (ms < SHORTEST_MS || ms > LONGEST_MS) {
    const why =
      ms < SHORTEST_MS ? "shorter than 2 s, which would use up the token's rate limit" : "longer than 1 h";
    throw new UsageError("usage.duration", `\`${text}\` is ${why} (--watch)`, {
      hint: "choose a period from 2s to 1h: --watch 5s",
    });
  }
  if (isDescription) {
    throw contradiction("`--describe` and `--watch` cannot be combined", "use only one of them");
  }
  if (format === "json" || format === "csv") {
    throw contradiction(
      `\`--watch\` and \`--output ${format}\` cannot be combined`,
      "for programs, --output ndjson prints one JSON document per result",
    );
  }
  return ms;
}

/**
 * Returns the query when it reads the current state.
 * @throws UsageError `usage.arguments` for any other query or operation
 */
export function requireCurrentState(query: NamedQuery | null, name: string): NamedQuery {
  if (query !== null && isCurrentState(query)) return query;
  const names = namedQueries()
    .filter(isCurrentState)
    .map((each) => `\`${each.name}\``);
  throw new UsageError("usage.arguments", `\`${name}\` does not read the current state`, {
    hint: `use \`--watch\` with ${names.slice(0, -1).join(", ")} or ${names.at(-1)}`,
  });
}

function isCurrentState({ kind, subject }: NamedQuery): boolean {
  return kind === "observations" || kind === "activity" || subject === "agents";
}
