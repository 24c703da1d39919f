import type { FailOn } from "../../../access/verdict/exit-of-verdicts.ts";
import { UsageError } from "../../../core/errors.ts";
import type { RecordEmitKind } from "./result.ts";

/** The input and the requested output of `record`. */
export interface RecordRequest {
  /** Recordings to read. */
  readonly files: readonly string[];
  /** The program to run and its arguments; empty when recordings are read. */
  readonly command: readonly string[];
  readonly isOffline: boolean;
  readonly emit: RecordEmitKind | null;
  /** The policy file to create, or to add the operations to. */
  readonly writePolicy: string | null;
  readonly isForced: boolean;
  /** Name or id of the objects' division. */
  readonly division: string | null;
  readonly failOn: FailOn;
}

/** The flags of `record`. */
export interface RecordFlags {
  readonly from?: readonly string[] | undefined;
  readonly offline?: true | undefined;
  readonly emit?: RecordEmitKind | undefined;
  readonly writePolicy?: string | undefined;
  readonly force?: true | undefined;
  readonly division?: string | undefined;
  readonly failOn: FailOn;
}

/**
 * Checks the flags.
 * @throws UsageError when there is nothing to record, and for flags that contradict each other
 */
export function readRecordRequest(command: readonly string[], flags: RecordFlags): RecordRequest {
  const { from = [], emit = null, writePolicy = null, division = null, failOn } = flags;
  if (from.length === 0 && command.length === 0) {
    throw new UsageError("usage.arguments", "nothing to record", {
      hint: "run a program: `genscope record -- node app.js`; or read a recording: `genscope record --from access.log`",
    });
  }
  if (from.length > 0 && command.length > 0) {
    throw new UsageError("usage.arguments", "`--from` and a program cannot be combined", {
      hint: "record the program in one run, and read the recordings in another",
    });
  }
  if (flags.force === true && writePolicy === null) {
    throw new UsageError("usage.arguments", "`--force` requires `--write-policy`", {
      hint: "omit `--force`, or see `genscope record --help`",
    });
  }
  return {
    files: from,
    command,
    isOffline: flags.offline === true,
    emit,
    writePolicy,
    isForced: flags.force === true,
    division,
    failOn,
  };
}
