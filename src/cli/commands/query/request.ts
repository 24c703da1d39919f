import { checkTimeZone, parseInterval } from "../../../analytics/interval.ts";
import type { QueryQuestion } from "../../../analytics/query-body.ts";
import { parseDuration } from "../../../core/duration.ts";
import type { JsonRecord } from "../../../core/json.ts";
import { contradiction } from "../../flags/contradiction.ts";
import type { QuestionFlags } from "../../flags/question-flags.ts";
import { parseBody } from "../../flags/request-body.ts";
import { DEFAULT_MAX_WAIT, type QueryFormat } from "./defaults.ts";

/** The flags of `query` as they came. */
export interface QueryFlags extends QuestionFlags {
  readonly limit?: number | undefined;
  readonly all?: true | undefined;
  readonly maxWait?: string | undefined;
  readonly names?: true | undefined;
  readonly preview?: true | undefined;
  readonly format?: QueryFormat | undefined;
  readonly json?: boolean | undefined;
}

/** What the command line asks for. */
export interface QueryRequest {
  readonly words: readonly string[];
  readonly question: QueryQuestion;
  /** The request body as it was given; null: made of the flags. */
  readonly body: JsonRecord | null;
  /** Records at most; null: as many as is usual. */
  readonly limit: number | null;
  readonly format: QueryFormat;
  /** How long one request may take in all. */
  readonly maxWaitMs: number;
  readonly showsNames: boolean;
  readonly allowsPreview: boolean;
  /** What words in intervals rest on. */
  readonly nowMs: number;
}

const DROP_ONE = "drop one of them, or see `genscope query --help`";
const BODY_HINT =
  "a request body is one JSON object, as the platform's documentation shows it: --body request.json, or --body - for standard input";

/**
 * The request that flags and body make, with everything checked that can be checked before anything is sent.
 * @param isTerminal whether a person reads: they get a table, a program one record a line
 * @param readBody reads what `--body` names
 * @throws UsageError for flags that contradict each other and for an interval or a body that is none
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
  if (flags.all === true && flags.limit !== undefined)
    throw contradiction("`--all` and `--limit` exclude each other", DROP_ONE);
  if (flags.json === true && flags.format !== undefined && flags.format !== "json") {
    throw contradiction(`\`--json\` and \`--format ${flags.format}\` exclude each other`, DROP_ONE);
  }
  if (flags.timeZone !== undefined) checkTimeZone(flags.timeZone);
  const shaping = (["filter", "groupBy", "metric", "granularity"] as const).find(
    (name) => flags[name] !== undefined,
  );
  if (flags.body !== undefined && shaping !== undefined) {
    throw contradiction(
      `\`--body\` is the whole request: \`--${shaping === "groupBy" ? "group-by" : shaping}\` goes into it`,
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
    format: flags.json === true ? "json" : (flags.format ?? (isTerminal ? "table" : "ndjson")),
    maxWaitMs: parseDuration(flags.maxWait ?? DEFAULT_MAX_WAIT, "--max-wait"),
    showsNames: flags.names === true,
    allowsPreview: flags.preview === true,
    nowMs,
  };
}
