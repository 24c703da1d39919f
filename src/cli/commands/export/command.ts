import { Option } from "@commander-js/extra-typings";
import { allDatasets } from "../../../analytics/datasets/datasets.ts";
import { UsageError } from "../../../core/errors.ts";
import {
  defaultCompressions,
  fileEndings,
  spreadsheetFormats,
  tableFormats,
} from "../../../export/writers/format-words.ts";
import { formatNames } from "../../../export/writers/formats.ts";
import type { Context } from "../../context.ts";
import { contradiction } from "../../flags/contradiction.ts";
import { describeMaxWait, MAX_WAIT, readMaxWait } from "../../flags/max-wait.ts";
import { outputFile } from "../../flags/output-file.ts";
import { collectValues } from "../../flags/repeatable-option.ts";
import { readBodyText } from "../../flags/request-body.ts";
import { wholeNumber } from "../../flags/whole-number.ts";
import { helpFooter, type Root } from "../../root.ts";
import { commandLineOf } from "../../shell/command-line.ts";
import type { ExportDocument } from "./result.ts";

/** Maximum of `--concurrency`. A higher value would only reach the token's rate limit sooner. */
const MAX_CONCURRENCY = 16;

/** `export`: exports a whole dataset with each record exactly once, and can be resumed. */
export function registerExport(root: Root, context: Context): void {
  root
    .command("export")
    .description(
      `export a dataset in bulk: resumable, each record exactly once\n\nExports day by day to NDJSON (each record as the server sent it), or to ${tableFormats("or")} as related tables. After an interruption at any moment, \`--resume\` continues from the last checkpoint, with the same result. If the platform has not finished collecting the data, the export stops there with a warning and exits with 8. A refused part, such as one day, is diagnosed and skipped; the rest continues.`,
    )
    .argument("[dataset...]", "one of the datasets listed below")
    .option(
      "--interval <interval>",
      "start/end in ISO 8601, a day, a month, or yesterday, last-week, last-month, …",
    )
    .option(
      "--time-zone <zone>",
      "IANA time zone for relative dates, local times and the days of aggregates (default: UTC)",
    )
    .option("--filter <filter>", "filter as for `query` (repeatable: all must match)", collectValues)
    .option(
      "--group-by <dimension>",
      "dimension to group aggregates by (repeatable, or comma-separated)",
      collectValues,
    )
    .option("--metric <metric>", "metric of aggregates (repeatable, or comma-separated)", collectValues)
    .option("--granularity <period>", "bucket length of aggregates: PT30M, 1h, P1D")
    .option(
      "--body <file>",
      "file with the request as JSON, without interval and paging; `-` for standard input",
    )
    .option(
      "--out <path>",
      `directory, file that ends in ${fileEndings()}, or \`-\` for standard output; creates missing directories (default: a directory named after the dataset)`,
    )
    .addOption(new Option("--format <format>", "file format (default: ndjson)").choices(formatNames()))
    .addOption(
      new Option("--compress <method>", `compression (default: ${defaultCompressions()})`).choices([
        "gzip",
        "zstd",
        "none",
      ] as const),
    )
    .addOption(
      new Option(
        "--partition <unit>",
        "with `day`, one directory per day, such as date=2026-10-01, which DuckDB, Spark and Trino read",
      ).choices(["day"] as const),
    )
    .option("--resume", "continue an interrupted or incomplete export")
    .option(
      "--incremental",
      "fetch what is new or changed since the last complete run, up to now; the end of --interval is ignored",
    )
    .option(
      "--replace",
      "fetch everything again and replace an earlier run of the same request, if there is one",
    )
    .option(
      "--look-back <duration>",
      "period before the last run that `--incremental` fetches again (default: 2d)",
    )
    .option(
      "--fresh-tail",
      "also export the newest, provisional data from the live index; a later run replaces it",
    )
    .option("--shard <i/n>", "export only the days of worker i of n, counted from 1")
    .option(
      "--concurrency <count>",
      "number of parts to fetch in parallel (default: 4)",
      wholeNumber(1, MAX_CONCURRENCY),
    )
    .option(MAX_WAIT, describeMaxWait("10m"), readMaxWait)
    .addOption(
      new Option(
        "--on-forbidden <what>",
        "how to handle a part that the API refuses (default: skip)",
      ).choices(["skip", "fail"] as const),
    )
    .option(
      "--media <media>",
      "kind of recordings: audio, screen, email, chat, message (repeatable, or comma-separated; default: all)",
      collectValues,
    )
    .addOption(
      new Option(
        "--what <what>",
        "export recordings with their files, or only the list (default: files)",
      ).choices(["files", "index"] as const),
    )
    .option(
      "--no-formula-guard",
      `omit the apostrophe that protects ${spreadsheetFormats("and")} cells from being read as formulas`,
    )
    .option(
      "--check",
      "show whether the token may export this, how much data there is and how long it will take; write nothing",
    )
    .option("--describe", "show the requests, permissions, limits and columns of a dataset; send nothing")
    .option(
      "--metrics <file>",
      "file for the counts and times of the run, as OpenMetrics text for monitoring",
      outputFile("--metrics"),
    )
    .option("--verify <path>", "compare a finished export with its manifest instead of exporting")
    .configureHelp(
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
            "into a pipe",
          ],
          [
            "genscope export queues --out queues.csv --replace",
            "queue names for joins, refreshed every night",
          ],
          [
            "genscope export recordings --interval yesterday --media audio --out calls --replace",
            "audio files plus a list",
          ],
          [
            "genscope export conversations details --interval 2026-10 --check",
            "is it allowed, and how long will it take?",
          ],
          ["genscope export evaluations --describe", "which permissions, limits and columns?"],
          ["genscope export --verify october", "check that every record is still there"],
        ],
        [
          "0 complete, or verified",
          "2 bad flag, or the destination contains something else (nothing was sent)",
          "3 a part was refused (403), with a diagnosis",
          "4 token refused",
          "7 rate limit not lifted within --max-wait",
          "8 parts are missing (--resume fetches them), or a file differs from the manifest",
          "9 no response",
          "130 interrupted, all fetched data is saved",
        ],
        () => ["Datasets", allDatasets().map(({ name, summary }) => [name, summary])],
      ),
    )
    .action(async (words, _options, command) => {
      const options = command.optsWithGlobals();
      if (options.verify !== undefined) {
        assertAlone(words, command);
        const { verify } = await import("./verify/run.ts");
        await verify(context, options.verify, options);
        return;
      }
      if (words.length === 0) {
        throw new UsageError("usage.arguments", "no dataset given", {
          hint: "list the datasets: genscope export --help",
        });
      }
      if (options.describe === true) {
        const { presentDataset } = await import("./describe/run.ts");
        await presentDataset(context, words, options);
        return;
      }
      // Loaded lazily, because help does not need it.
      const { exportDataset } = await import("./run.ts");
      const run = async (report: (document: ExportDocument) => void) =>
        await exportDataset(context, words, options, {
          readBody: async (name) => await readBodyText(context, name),
          // An incremental export continues interrupted work without a flag.
          resumeCommand: commandLineOf(
            "export",
            words,
            command,
            options.incremental === true ? [] : ["--resume"],
            ["--replace"],
          ),
          report,
        });
      // A check exports nothing. Its metrics would hide the age of the latest export.
      if (options.metrics === undefined || options.check === true) {
        await run(() => {});
      } else {
        const { withMetrics } = await import("./metrics.ts");
        await withMetrics(context, { file: options.metrics, dataset: words.join(" ") }, run);
      }
    });
}

/** @throws UsageError when anything but global flags accompanies `--verify` */
function assertAlone(words: readonly string[], command: { opts(): Readonly<Record<string, unknown>> }): void {
  const [flag] = Object.entries(command.opts())
    .filter(([name, value]) => name !== "verify" && value !== undefined && !isNegation(name, value))
    .map(([name]) => `--${name.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`);
  const other =
    words.length > 0 ? `the dataset \`${words.join(" ")}\`` : flag === undefined ? null : `\`${flag}\``;
  if (other !== null) {
    throw contradiction(
      `\`--verify\` cannot be combined with ${other}: it reads the request from the manifest`,
      `omit ${other}`,
    );
  }
}

/** Returns whether an option value is the default of a `--no-…` flag. */
function isNegation(name: string, value: unknown): boolean {
  return name === "formulaGuard" && value === true;
}
