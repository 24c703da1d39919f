import { Option } from "@commander-js/extra-typings";
import { namedQueries } from "../../../analytics/query-list.ts";
import type { Context } from "../../context.ts";
import { describeMaxWait, MAX_WAIT, readMaxWait } from "../../flags/max-wait.ts";
import { collectValues } from "../../flags/repeatable-option.ts";
import { readBodyText } from "../../flags/request-body.ts";
import { wholeNumber } from "../../flags/whole-number.ts";
import { helpFooter, type Root } from "../../root.ts";
import { DEFAULT_LIMIT, QUERY_FORMATS } from "./defaults.ts";

/** `query`: runs one analytics query by name, or any read operation by method and path. */
export function registerQuery(root: Root, context: Context): void {
  root
    .command("query")
    .description(
      "run an analytics query or any read operation, and diagnose a 403\n\nRuns a query by name, or an operation by method and path. Fetches every page, and prints a table on a terminal and one JSON record per line in a pipe. Splits intervals that are too long for the platform and joins the results without gaps or duplicates. Never sends a request that could change the organization.",
    )
    .argument("<name...>", "name of a query, METHOD PATH with real ids, a URL, or an SDK method name")
    .option(
      "--interval <interval>",
      "start/end in ISO 8601, start/P1D, a day, a month, or today, yesterday, last-7d, last-week",
    )
    .option(
      "--time-zone <zone>",
      "IANA time zone for relative dates, local times and the buckets of aggregates (default: UTC)",
    )
    .option(
      "--filter <filter>",
      "`dimension=value`, `dimension in a,b`, `dimension=*`, `dimension!=`, `metric>n`; a name works in place of an id (repeatable: all must match)",
      collectValues,
    )
    .option("--group-by <dimension>", "dimension to group by (repeatable, or comma-separated)", collectValues)
    .option("--metric <metric>", "metric to request (repeatable, or comma-separated)", collectValues)
    .option("--granularity <period>", "bucket length of aggregates: PT30M, 1h, P1D")
    .option("--body <file>", "file with the whole request body as JSON, `-` for standard input")
    .option("--limit <count>", `maximum number of records (default: ${DEFAULT_LIMIT})`, wholeNumber(1))
    .option("--all", "fetch every record")
    .option(MAX_WAIT, describeMaxWait(), readMaxWait)
    .option(
      "--watch <duration>",
      "repeat a query of the current state until Ctrl-C, e.g. every 5s: a redrawn table on a terminal, one JSON document per result in a pipe (from 2s to 1h)",
    )
    .option("--names", "add names of queues, users and wrap-up codes next to their ids")
    .option(
      "--describe",
      "list the dimensions, metrics and values of a named query, without sending a request",
    )
    .option("--preview", "allow preview queries, which the platform may change without notice")
    .addOption(
      new Option(
        "-o, --output <format>",
        "output format: table (default on a terminal), wide (nothing omitted or shortened), ndjson (default in a pipe), json or csv",
      ).choices(QUERY_FORMATS),
    )
    .option(
      "--columns <column>",
      "column of the table or CSV (repeatable, or comma-separated)",
      collectValues,
    )
    .option(
      "--chart",
      "draw bars below the table, even in a pipe (default on terminals of 80 columns or more; needs groups or a granularity)",
    )
    .option("--no-chart", "draw no bars below the table")
    .configureHelp(
      helpFooter(
        [
          [
            "genscope query conversations details --interval yesterday --filter mediaType=voice",
            "one day's voice calls",
          ],
          [
            "genscope query conversations aggregates --interval last-7d --metric tHandle --group-by queueId --names",
            "handle times by queue",
          ],
          [
            "genscope query conversations aggregates --interval yesterday --metric nOffered --granularity 1h --chart",
            "offered conversations per hour, as bars",
          ],
          [
            'genscope query queues observations --filter "queueId=Sales inbound"',
            "conversations that are waiting now",
          ],
          ["genscope query queues observations --watch 5s --names", "the same for all queues, live"],
          ["genscope query --all GET /api/v2/routing/queues | jq -r .name", "every queue, for a script"],
        ],
        [
          "0 done, even with no results; --watch ended after a result",
          "2 unknown name or flag, or not a read (nothing was sent)",
          "3 refused (403), with a diagnosis",
          "4 token refused",
          "7 rate limit not lifted within --max-wait",
          "8 incomplete result",
          "9 no response",
        ],
        () => ["Queries", { names: listQueries() }],
      ),
    )
    .action(async (words, _options, command) => {
      const options = command.optsWithGlobals();
      // Loaded lazily, because help does not need it.
      const { query } = await import("./run.ts");
      await query(context, words, options, async (name) => await readBodyText(context, name));
    });
}

function listQueries(): readonly string[] {
  return namedQueries().map(({ name, isPreview }) => (isPreview ? `${name} (preview)` : name));
}
