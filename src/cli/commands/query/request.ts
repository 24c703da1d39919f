import { checkTimeZone, parseInterval } from "../../../analytics/interval.ts";
import { adviseInterval } from "../../../analytics/interval-advice.ts";
import type { QueryQuestion } from "../../../analytics/query-body.ts";
import type { JsonRecord } from "../../../core/json.ts";
import { contradiction } from "../../flags/contradiction.ts";
import type { QuestionFlags } from "../../flags/question-flags.ts";
import { parseBody } from "../../flags/request-body.ts";
import type { QueryFormat } from "./defaults.ts";
import { readWatchInterval } from "./watch/watch-interval.ts";

/** The raw flags of `query`. */
export interface QueryFlags extends QuestionFlags {
  readonly limit?: number | undefined;
  readonly all?: true | undefined;
  readonly maxWait?: number | undefined;
  readonly names?: true | undefined;
  readonly preview?: true | undefined;
  readonly describe?: true | undefined;
  readonly output?: QueryFormat | undefined;
  readonly columns?: readonly string[] | undefined;
  readonly chart?: boolean | undefined;
  readonly watch?: string | undefined;
  readonly json?: boolean | undefined;
}

/** The validated request of a query. */
export interface QueryRequest {
  readonly words: readonly string[];
  readonly question: QueryQuestion;
  /** The request body that the user gave; null to build it from the flags. */
  readonly body: JsonRecord | null;
  /** The maximum number of records; null for the default. */
  readonly limit: number | null;
  readonly format: QueryFormat;
  /** The requested columns in the order to show them; null for all. */
  readonly columns: readonly string[] | null;
  /** When to draw bars: always, only when they fit and are meaningful, or never. */
  readonly chart: "always" | "fitting" | "never";
  /** The time between two requests of `--watch` in milliseconds; null for a single request. */
  readonly watchMs: number | null;
  readonly showsNames: boolean;
  readonly allowsPreview: boolean;
  /** Warnings about probable mistakes in the interval. */
  readonly advice: readonly string[];
  /** The current time in milliseconds since the Unix epoch, on which relative intervals are based. */
  readonly nowMs: number;
}

const DROP_ONE = "use only one of them, or see `genscope query --help`";
const BODY_HINT =
  "pass one JSON object, as the platform's documentation shows it: --body request.json, or --body - for standard input";

/**
 * Builds the request from flags and body, and checks everything that can be checked before a request is sent.
 * @param isTerminal whether stdout is a terminal, which gets a table; a pipe gets one record per line
 * @param readBody reads the file that `--body` names
 * @throws UsageError for flags that contradict each other, and for an invalid interval or body
 */
export async function readQueryRequest(
  words: readonly string[],
  flags: QueryFlags,
  {
    isTerminal,
    nowMs,
    readBody,
  }: { isTerminal: boolean; nowMs: number; readBody: (name: string) => Promise<string> },
): Promise<QueryRequest> {
  if (flags.all === true && flags.limit !== undefined) {
    throw contradiction("`--all` and `--limit` cannot be combined", DROP_ONE);
  }
  if (flags.json === true && flags.output !== undefined && flags.output !== "json") {
    throw contradiction(`\`--json\` and \`--output ${flags.output}\` cannot be combined`, DROP_ONE);
  }
  const draws = flags.chart === true;
  const columns = flags.columns?.flatMap((names) => names.split(",").map((name) => name.trim())) ?? null;
  // Columns and bars exist only in a table, so these flags select a table even in a pipe.
  const isTable = isTerminal || columns !== null || draws;
  const format = flags.json === true ? "json" : (flags.output ?? (isTable ? "table" : "ndjson"));
  const watchMs =
    flags.watch === undefined
      ? null
      : readWatchInterval(flags.watch, { format, isDescription: flags.describe === true });
  if (draws && format !== "table" && format !== "wide") {
    throw contradiction(
      `\`--chart\` and \`${flags.json === true ? "--json" : `--output ${format}`}\` cannot be combined`,
      "bars are drawn only with --output table or wide",
    );
  }
  if (columns !== null && (format === "json" || format === "ndjson")) {
    throw contradiction(
      `\`--columns\` and \`${flags.json === true ? "--json" : `--output ${format}`}\` cannot be combined`,
      "JSON contains the records as the service sent them; --columns works with --output table, wide and csv",
    );
  }
  if (flags.timeZone !== undefined) checkTimeZone(flags.timeZone);
  const shaping = (["filter", "groupBy", "metric", "granularity"] as const).find(
    (name) => flags[name] !== undefined,
  );
  if (flags.body !== undefined && shaping !== undefined) {
    throw contradiction(
      `\`--body\` is the whole request and cannot be combined with \`--${shaping === "groupBy" ? "group-by" : shaping}\``,
      DROP_ONE,
    );
  }
  const interval =
    flags.interval === undefined ? null : parseInterval(flags.interval, { timeZone: flags.timeZone, nowMs });
  return {
    words,
    question: {
      interval,
      timeZone: flags.timeZone ?? null,
      filters: flags.filter ?? [],
      groupBy: flags.groupBy ?? [],
      metrics: flags.metric ?? [],
      granularity: flags.granularity ?? null,
    },
    body: flags.body === undefined ? null : parseBody(await readBody(flags.body), flags.body, BODY_HINT),
    limit: flags.all === true ? Number.POSITIVE_INFINITY : (flags.limit ?? null),
    format,
    columns,
    chart: draws ? "always" : flags.chart !== false && isTerminal && format === "table" ? "fitting" : "never",
    watchMs,
    showsNames: flags.names === true,
    allowsPreview: flags.preview === true,
    advice:
      flags.interval === undefined || interval === null
        ? []
        : adviseInterval(flags.interval, flags.timeZone ?? "UTC", { startMs: interval.startMs, nowMs }),
    nowMs,
  };
}
