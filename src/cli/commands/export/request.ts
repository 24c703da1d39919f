import type { Dataset } from "../../../analytics/datasets/dataset.ts";
import { hasDays } from "../../../analytics/datasets/dataset-access.ts";
import { findDataset } from "../../../analytics/datasets/datasets.ts";
import { checkTimeZone, type Interval, parseInterval } from "../../../analytics/interval.ts";
import { parseDuration } from "../../../core/duration.ts";
import { UsageError } from "../../../core/errors.ts";
import { asStrings, type JsonRecord } from "../../../core/json.ts";
import type { Shard } from "../../../export/destination/destination.ts";
import type { ExportMode } from "../../../export/options/export-policy.ts";
import type { RecordingChoice } from "../../../export/options/export-question.ts";
import { FORMATS } from "../../../export/writers/formats.ts";
import { contradiction } from "../../flags/contradiction.ts";
import { readExportBody } from "./body.ts";
import type { ExportFlags } from "./flags.ts";
import { readRecordingChoice } from "./recordings.ts";
import { parseShard, readDestination, type Target } from "./target.ts";

/** The request from the command line, checked as thoroughly as possible without sending anything. */
export interface ExportRequest extends Target {
  readonly dataset: Dataset;
  readonly interval: Interval | null;
  readonly timeZone: string;
  readonly body: JsonRecord;
  readonly groupBy: readonly string[];
  readonly guardsFormulas: boolean;
  readonly mode: ExportMode;
  readonly lookBackMs: number;
  readonly hasFreshTail: boolean;
  readonly shard: Shard | null;
  readonly concurrency: number;
  readonly maxWaitMs: number;
  readonly failsOnForbidden: boolean;
  readonly recordings: RecordingChoice | null;
  /** The parts of a request that must stay the same for an export to continue. */
  readonly identity: Readonly<Record<string, unknown>>;
}

const DEFAULT_CONCURRENCY = 4;
const DEFAULT_MAX_WAIT_MS = 600_000;
const DEFAULT_LOOK_BACK = "2d";
/** An incremental export begins this many days before its first run. */
const DEFAULT_DAYS = 7;
const DAY_MS = 86_400_000;

/** Builds the request from words and flags. @throws UsageError for contradictions, missing flags and unknown names */
export async function readExportRequest(
  words: readonly string[],
  flags: ExportFlags,
  ports: {
    readonly nowMs: number;
    readonly workingDirectory: string;
    readonly readBody: (name: string) => Promise<string>;
  },
): Promise<ExportRequest> {
  const dataset = findDataset(words);
  const mode = modeOf(flags);
  const timeZone = flags.timeZone ?? "UTC";
  checkTimeZone(timeZone);
  const interval = intervalOf(dataset, flags, mode, timeZone, ports.nowMs);
  const body = await readExportBody(dataset, flags, interval, ports.readBody);
  const { destination, format, compression } = readDestination(dataset, flags, ports.workingDirectory);
  const shard = flags.shard === undefined ? null : parseShard(flags.shard, destination);
  if (destination === null && mode !== "fresh") {
    throw contradiction(
      `an export to standard output cannot be ${mode === "replace" ? "replaced" : "continued"}`,
      "export to a directory: --out PATH",
    );
  }
  if (mode === "incremental" && destination?.kind !== "directory") {
    throw contradiction(
      "`--incremental` replaces days, which need separate files",
      "specify a directory: --out PATH",
    );
  }
  if (flags.lookBack !== undefined && mode !== "incremental") {
    throw contradiction(
      "`--look-back` requires `--incremental`",
      "add `--incremental`, or omit `--look-back`",
    );
  }
  if (flags.freshTail === true && (dataset.access.kind !== "jobs" || dataset.access.tail === null)) {
    throw contradiction(`\`${dataset.name}\` has no live index for \`--fresh-tail\``, "omit `--fresh-tail`");
  }
  const recordings = readRecordingChoice(dataset, flags, destination);
  return {
    dataset,
    recordings,
    interval,
    timeZone,
    body,
    groupBy: asStrings(body["groupBy"]),
    destination,
    format,
    compression,
    guardsFormulas: flags.formulaGuard !== false,
    mode,
    lookBackMs: parseDuration(flags.lookBack ?? DEFAULT_LOOK_BACK, "--look-back", DEFAULT_LOOK_BACK),
    hasFreshTail: flags.freshTail === true,
    shard,
    concurrency: flags.concurrency ?? DEFAULT_CONCURRENCY,
    maxWaitMs: flags.maxWait ?? DEFAULT_MAX_WAIT_MS,
    failsOnForbidden: flags.onForbidden === "fail",
    identity: {
      dataset: dataset.name,
      // Words such as `yesterday` are compared as typed, because a continued run keeps the days that it started with.
      interval: flags.interval ?? null,
      timeZone,
      body,
      format,
      compression,
      partition: destination?.kind === "directory" && destination.isPartitioned ? "day" : null,
      freshTail: flags.freshTail === true,
      // Only formats that spreadsheets open need the guard against formulas.
      formulaGuard: !FORMATS[format].isForSpreadsheets || flags.formulaGuard !== false,
      shard: flags.shard ?? null,
      ...(recordings === null
        ? {}
        : { media: recordings.kinds, what: recordings.hasFiles ? "files" : "index" }),
    },
  };
}

function modeOf(flags: ExportFlags): ExportMode {
  if (flags.replace === true) {
    const other = flags.incremental === true ? "--incremental" : flags.resume === true ? "--resume" : null;
    if (other !== null) {
      throw contradiction(`\`--replace\` and \`${other}\` cannot be combined`, "use only one of them");
    }
    return "replace";
  }
  // An incremental export continues interrupted work without a flag.
  if (flags.incremental === true) return "incremental";
  return flags.resume === true ? "resume" : "fresh";
}

function intervalOf(
  dataset: Dataset,
  flags: ExportFlags,
  mode: ExportMode,
  timeZone: string,
  nowMs: number,
): Interval | null {
  if (!hasDays(dataset.access)) {
    if (flags.interval !== undefined) {
      throw contradiction(
        `\`${dataset.name}\` takes no interval: it lists the current state`,
        "omit `--interval`",
      );
    }
    return null;
  }
  const text = flags.interval ?? (mode === "incremental" ? defaultInterval(nowMs) : null);
  if (text === null) {
    throw new UsageError("usage.flag", `\`${dataset.name}\` needs an interval`, {
      hint: `add an interval: genscope export ${dataset.name} --interval yesterday`,
    });
  }
  const interval = parseInterval(text, { timeZone, nowMs });
  return dataset.access.kind === "jobs" && dataset.access.definition.countsDays === true
    ? wholeDays(interval)
    : interval;
}

/** Returns the UTC days that an interval touches. */
function wholeDays({ startMs, endMs }: Interval): Interval {
  return { startMs: Math.floor(startMs / DAY_MS) * DAY_MS, endMs: Math.ceil(endMs / DAY_MS) * DAY_MS };
}

/**
 * Returns the default interval of an incremental export. It consists of whole days, so that a later run can replace
 * each day as a whole.
 */
function defaultInterval(nowMs: number): string {
  return `${new Date(nowMs - DEFAULT_DAYS * DAY_MS).toISOString().slice(0, 10)}/now`;
}
