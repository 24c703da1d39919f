import { InvalidArgumentError, Option } from "@commander-js/extra-typings";
import { allDatasets } from "../../../analytics/datasets/datasets.ts";
import { formatNames } from "../../../export/writers/formats.ts";
import type { Context } from "../../context.ts";
import { collectValues } from "../../flags/repeatable-option.ts";
import { readBodyText } from "../../flags/request-body.ts";
import { helpFooter, type Root } from "../../root.ts";
import { commandLineOf } from "../../shell/command-line.ts";

/** More at once only meets the token's limit sooner. */
const MOST_LANES = 16;

/** `export`: a dataset as a whole, resumable, each record once. */
export function registerExport(root: Root, context: Context): void {
  root
    .command("export")
    .description(
      "Exports a dataset day by day to NDJSON (each record as the server sent it), or to CSV or Parquet as related tables. Kill it at any moment: `--resume` goes on where it was safe, and the result is the same. What the platform has not finished collecting is never left out silently. A part that is refused is diagnosed and does not sink the rest",
    )
    .argument("<dataset...>", "words of a dataset, see below")
    .option(
      "--interval <interval>",
      "start/end in ISO 8601, a day, a month, or yesterday, last-7d, last-month, …",
    )
    .option(
      "--time-zone <zone>",
      "IANA zone of words and local times, and of the days of aggregates (default: UTC)",
    )
    .option("--filter <filter>", "as for `query` (repeatable: all must hold)", collectValues)
    .option(
      "--group-by <dimension>",
      "dimension to group aggregates by (repeatable, or with commas)",
      collectValues,
    )
    .option("--metric <metric>", "metric of aggregates (repeatable, or with commas)", collectValues)
    .option("--granularity <period>", "length of the buckets of aggregates: PT30M, 1h, P1D")
    .option("--body <file>", "the whole request as JSON, without interval and paging; `-` for standard input")
    .option(
      "--out <path>",
      "directory, a file by its ending (.ndjson, .csv.gz, .parquet), or `-` for standard output",
    )
    .addOption(new Option("--format <format>", "default: ndjson").choices(formatNames()))
    .addOption(new Option("--compress <method>", "none by default").choices(["gzip", "zstd"] as const))
    .addOption(
      new Option(
        "--partition <unit>",
        "a directory a day, date=2026-10-01, as DuckDB, Spark and Trino read it",
      ).choices(["day"] as const),
    )
    .option("--resume", "go on with what was interrupted or is missing")
    .option("--incremental", "bring what is new since the last complete run, and what has changed")
    .option(
      "--look-back <duration>",
      "how much before the last run `--incremental` fetches again (default: 2d)",
    )
    .option("--fresh-tail", "fill what is not collected yet from the live index, to be replaced later")
    .option("--shard <i/n>", "the i-th of n workers that share the days, from 1/n")
    .option("--concurrency <count>", "parts at once (default: 4)", parseLanes)
    .option("--max-wait <duration>", "how long one request may be waited for in all (default: 10m)")
    .addOption(
      new Option("--on-forbidden <what>", "what a refused part does (default: skip)").choices([
        "skip",
        "fail",
      ] as const),
    )
    .option(
      "--no-formula-guard",
      "CSV without the apostrophe before cells that spreadsheets take for formulas",
    )
    .addHelpText("after", `\nDatasets:\n${listDatasets()}`)
    .addHelpText(
      "after",
      helpFooter(
        [
          [
            "genscope export conversations details --interval 2026-10 --out october",
            "a month of conversations",
          ],
          [
            "genscope export conversations details --incremental --format parquet --partition day --out lake",
            "every night",
          ],
          [
            "genscope export conversations details --interval yesterday --out - | jq -r .conversationId",
            "in a pipe",
          ],
          ["genscope export queues --out queues.csv", "names to join with"],
        ],
        [
          "0 complete",
          "2 bad flag, or the destination holds something else: nothing was sent",
          "3 a part was refused (403), diagnosed",
          "4 token refused",
          "7 limited beyond --max-wait",
          "8 parts are missing: --resume",
          "9 no answer",
          "130 interrupted, all that was fetched is safe",
        ],
      ),
    )
    .action(async (words, _options, command) => {
      const options = command.optsWithGlobals();
      // Loaded late: help needs none of it.
      const { exportDataset } = await import("./run.ts");
      await exportDataset(context, words, options, {
        readBody: async (name) => await readBodyText(context, name),
        // An incremental export goes on by itself with what was interrupted.
        goOn: commandLineOf("export", words, command, options.incremental === true ? [] : ["--resume"]),
      });
    });
}

function listDatasets(): string {
  const width = Math.max(...allDatasets().map(({ name }) => name.length)) + 2;
  return `${allDatasets()
    .map(({ name, summary }) => `  ${name.padEnd(width)}${summary}`)
    .join("\n")}\n`;
}

function parseLanes(text: string): number {
  const number = Number(text);
  if (!Number.isInteger(number) || number < 1 || number > MOST_LANES) {
    throw new InvalidArgumentError(`a whole number from 1 to ${MOST_LANES}`);
  }
  return number;
}
