import type { HelpRow } from "../../layout/section.ts";
import type { TopicPage } from "../page.ts";

const FORMATS: readonly HelpRow[] = [
  [
    "table",
    "the default on a terminal; a value that every row shares is printed once above the table, long ids are shortened, columns that do not fit are listed, and durations have readable units",
  ],
  [
    "wide",
    "a table with every column and unshortened values, one line per row; lines may be longer than the terminal is wide",
  ],
  ["ndjson", "the default in a pipe: one JSON record per line, as it arrives"],
  ["json", "the `--json` document: the records in `records`, next to the query and its completeness"],
  [
    "csv",
    "one row per record; for aggregates, one row per group, interval and metric; for observations, one row per group and metric; several values in a cell are joined by `; `",
  ],
];

export function outputPage(): TopicPage {
  return {
    sections: [
      "Data goes to stdout; progress, hints and warnings go to stderr. Tables and color appear only on terminals. Times are RFC 3339 UTC, with epoch seconds next to expiry times. `--quiet` hides progress and hints, including the hints of errors. Every flag that names an output file creates missing directories.",
      'With `--json`, every command prints exactly one document, even on failure, with `"schema": "genscope/<command>/v1"`. The JSON Schemas are in dist/schemas in the package. After a 403, the document of `query` and `export` contains the diagnosis. `genscope --help --json` prints every command with its flags, choices, exit codes and schema.',
      "Formats of `query`, for `--output`:",
      FORMATS,
      "`--columns queueName,count` chooses the columns of a table or CSV. On a terminal, aggregates and observations of several metrics have one column per metric if the columns fit. Below the table, bars show each period or group; `--chart` always draws bars, and `--no-chart` never does. All formats except ndjson keep the records in memory, so use ndjson or `export` for large results. Outside tables, durations are in milliseconds. In CSV, text that a spreadsheet would run as a formula is prefixed with an apostrophe, including column names.",
      "Anything that narrows a result is reported in a line on stderr, and as `narrowing` and `divisions` in `--json` and in the manifest of an export. Examples are a start page such as pageNumber=3, and a permission that is held only in some divisions, because the platform omits objects in other divisions from lists. When an interval starts in the middle of a UTC day, a line also counts the conversations of that day that began before the interval, and states whether the result contains them: `query` includes them, and `export` leaves them out. `divisions` is null when the service does not respond in time.",
      "Control characters are removed from the service's text before it reaches a terminal. `--verbose` shows requests without secrets, which it recognizes by their header or field, not by their format. `explain` removes credentials from a paste before it parses the paste, and repeats only what it recognizes; everything else becomes [withheld].",
    ],
    examples: [
      ["genscope query --all GET /api/v2/routing/queues | jq -r .name", "every queue, for a script"],
      [
        "genscope query users details --interval yesterday --json",
        "one document that states whether the result is complete",
      ],
    ],
  };
}
