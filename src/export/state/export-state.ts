import type { Interval } from "../../analytics/interval.ts";
import { parseJson } from "../../core/json.ts";
import { damagedFile } from "../files/damaged-file.ts";
import type { Guard } from "../files/guard.ts";
import { readOwnFile } from "../files/read-own-file.ts";
import { replaceOwnFile } from "../files/replace-own-file.ts";
import {
  isFlag,
  isNumber,
  isOf,
  isText,
  listOf,
  orAbsent,
  orNull,
  recordOf,
  type Shape,
} from "../files/shape.ts";
import type { RequestIdentity } from "../options/export-question.ts";

/** One run of the command: the first one, a resumed one, or one that adds new data. */
export interface RunState {
  /** Number of the run, counted from 1. */
  readonly number: number;
  /** Requested interval; null for a dataset without time. */
  readonly interval: Interval | null;
  /**
   * Start of the run. Data that was still in the future then is not planned, even when the run is resumed
   * later.
   */
  readonly startedAtMs: number;
  /**
   * Instant before which the data lake was complete when the run began; null when the platform reports no such instant.
   */
  readonly watermarkMs: number | null;
  /** Keys of finished parts that this run fetches again. */
  readonly rework: readonly string[];
  /** Whether this run, once it is complete, removes those parts of earlier runs that it does not cover. */
  readonly replaces?: boolean;
  readonly hasEnded: boolean;
  /** Whether nothing is missing and no provisional data is left to replace. */
  readonly isComplete: boolean;
}

/** State that an export keeps from one run to the next. */
export interface ExportState {
  readonly version: 1;
  /** The original request; only the same request may continue the export. */
  readonly request: RequestIdentity;
  readonly run: RunState;
}

const RUN: Shape = {
  number: isNumber,
  interval: orNull(recordOf({ startMs: isNumber, endMs: isNumber })),
  startedAtMs: isNumber,
  watermarkMs: orNull(isNumber),
  rework: listOf(isText),
  replaces: orAbsent(isFlag),
  hasEnded: isFlag,
  isComplete: isFlag,
};

function isState(value: unknown): value is ExportState {
  return isOf({ version: (version) => version === 1, request: recordOf({}), run: recordOf(RUN) }, value);
}

/** Returns the stored state, or null when it is missing. @throws OutputError when it cannot be read */
export async function readExportState(path: string): Promise<ExportState | null> {
  const text = await readOwnFile(path);
  if (text === null) return null;
  const value = parseJson(text);
  if (!isState(value)) throw damagedFile(path);
  return value;
}

/** Replaces the stored state; it is durable when the promise resolves. @throws OutputError */
export async function writeExportState(path: string, state: ExportState, guard: Guard): Promise<void> {
  await replaceOwnFile(path, { besides: `${path}.new`, text: `${JSON.stringify(state, null, 2)}\n`, guard });
}
