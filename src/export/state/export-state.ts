import type { Interval } from "../../analytics/interval.ts";
import { parseJson } from "../../core/json.ts";
import { damagedFile } from "../files/damaged-file.ts";
import type { Guard } from "../files/guard.ts";
import { readNoFollow } from "../files/no-follow-file.ts";
import { replaceFile } from "../files/replace-file.ts";
import { isFlag, isNumber, isOf, isText, listOf, orNull, recordOf, type Shape } from "../files/shape.ts";
import type { RequestIdentity } from "../options/export-question.ts";

/** One run of the command over the parts: the first, one that goes on, or one that brings what is new. */
export interface RunState {
  /** From 1. */
  readonly number: number;
  /** What is wanted; null where the dataset knows no time. */
  readonly interval: Interval | null;
  /** When it began. What was still to come then is not planned, by whoever goes on with it later either. */
  readonly startedAtMs: number;
  /** Before this everything was in the lake when the run began; null where that does not matter. */
  readonly watermarkMs: number | null;
  /** Parts that are fetched again although they were finished. */
  readonly rework: readonly string[];
  readonly hasEnded: boolean;
  /** Whether nothing is left to bring: nothing is missing, and nothing provisional waits for the lake. */
  readonly isComplete: boolean;
}

/** What is known of an export between two commands. */
export interface ExportState {
  readonly version: 1;
  /** What was asked for, word by word: an export is only continued by the same question. */
  readonly request: RequestIdentity;
  readonly run: RunState;
}

const RUN: Shape = {
  number: isNumber,
  interval: orNull(recordOf({ startMs: isNumber, endMs: isNumber })),
  startedAtMs: isNumber,
  watermarkMs: orNull(isNumber),
  rework: listOf(isText),
  hasEnded: isFlag,
  isComplete: isFlag,
};

function isState(value: unknown): value is ExportState {
  return isOf({ version: (version) => version === 1, request: recordOf({}), run: recordOf(RUN) }, value);
}

/** Null when there is none. @throws OutputError when it can't be read */
export async function readExportState(path: string): Promise<ExportState | null> {
  const text = await readNoFollow(path);
  if (text === null) return null;
  const value = parseJson(text);
  if (!isState(value)) throw damagedFile(path);
  return value;
}

/** Durable when it resolves. @throws OutputError */
export async function writeExportState(path: string, state: ExportState, guard: Guard): Promise<void> {
  await replaceFile(path, { besides: `${path}.new`, text: `${JSON.stringify(state, null, 2)}\n`, guard });
}
