import { InvalidArgumentError, Option } from "@commander-js/extra-typings";
import { namedQueries } from "../../../analytics/query-list.ts";
import type { Context } from "../../context.ts";
import { collectValues } from "../../flags/repeatable-option.ts";
import { readBodyText } from "../../flags/request-body.ts";
import { helpFooter, type Root } from "../../root.ts";
import { DEFAULT_LIMIT, DEFAULT_MAX_WAIT, QUERY_FORMATS } from "./defaults.ts";

/** `query`: one analytics query by name, or any operation that only reads by method and path. */
export function registerQuery(root: Root, context: Context): void {
  root
    .command("query")
    .description(
      "Asks one analytics query by name, or any operation that only reads by method and path, follows every page, and prints a table on a terminal and one JSON record a line in a pipe. Intervals longer than the platform takes are cut and joined again without gaps or repeats. A 403 comes with its diagnosis. Sends nothing that could change the organization",
    )
    .argument("<name...>", "words of a query, METHOD PATH with real ids, an address, or an SDK method name")
    .option(
      "--interval <interval>",
      "start/end in ISO 8601, start/P1D, a day, a month, or today, yesterday, last-7d, last-week",
    )
    .option(
      "--time-zone <zone>",
      "IANA zone of words and local times, and of the buckets of aggregates (default: UTC)",
    )
    .option(
      "--filter <filter>",
      "`dimension=value`, `dimension in a,b`, `dimension=*`, `dimension!=`, `metric>n` (repeatable: all must hold)",
      collectValues,
    )
    .option("--group-by <dimension>", "dimension to group by (repeatable, or with commas)", collectValues)
    .option("--metric <metric>", "metric to ask for (repeatable, or with commas)", collectValues)
    .option("--granularity <period>", "length of the buckets of aggregates: PT30M, 1h, P1D")
    .option("--body <file>", "the whole request body as JSON, `-` for standard input")
    .option("--limit <count>", `records at most (default: ${DEFAULT_LIMIT})`, parseLimit)
    .option("--all", "every record there is")
    .option(
      "--max-wait <duration>",
      `longest wait for one request, repetitions included (default: ${DEFAULT_MAX_WAIT})`,
    )
    .option("--names", "names of queues, users and wrap-up codes beside their ids")
    .option("--preview", "allow queries that the platform may change without notice")
    .addOption(
      new Option(
        "--format <format>",
        "table (default on a terminal), ndjson (default in a pipe), json or csv",
      ).choices(QUERY_FORMATS),
    )
    .addHelpText("after", () => `\nQueries:\n${listQueries()}`)
    .addHelpText(
      "after",
      helpFooter(
        [
          [
            "genscope query conversations details --interval yesterday --filter mediaType=voice",
            "calls of a day",
          ],
          [
            "genscope query conversations aggregates --interval last-7d --metric tHandle --group-by queueId --names",
            "handle times by queue",
          ],
          ["genscope query queues observations --filter queueId=ID", "what waits right now"],
          ["genscope query --all GET /api/v2/routing/queues | jq -r .name", "every queue, for a script"],
        ],
        [
          "0 done, also when nothing is found",
          "2 unknown name or flag, or not a read: nothing was sent",
          "3 refused (403), diagnosed",
          "4 token refused",
          "7 limited beyond --max-wait",
          "8 not all could be read",
          "9 no answer",
        ],
      ),
    )
    .action(async (words, _options, command) => {
      const options = command.optsWithGlobals();
      // Loaded late: help needs none of it.
      const { query } = await import("./run.ts");
      await query(context, words, options, async (name) => await readBodyText(context, name));
    });
}

function listQueries(): string {
  const lines: string[] = [];
  for (const { name, isPreview } of namedQueries()) {
    const text = isPreview ? `${name} (preview)` : name;
    const last = lines.at(-1);
    if (last !== undefined && last.length + text.length < 96) lines[lines.length - 1] = `${last}, ${text}`;
    else lines.push(`  ${text}`);
  }
  return lines.join("\n");
}

function parseLimit(value: string): number {
  const limit = Number(value);
  if (!Number.isInteger(limit) || limit < 1) throw new InvalidArgumentError("a whole number from 1 on");
  return limit;
}
