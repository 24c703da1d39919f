import type { Clock } from "../../core/clock.ts";
import type { Io, ProgressText } from "../../core/io.ts";
import type { Wait } from "../../http/transport/wait.ts";
import { drawnLine, loggedLines } from "./progress-line.ts";
import { WorkInProgress } from "./work-in-progress.ts";

/** The text of the work in progress. */
export interface Progress {
  /** Replaces the text. */
  say(text: ProgressText): void;
}

export interface ProgressOptions {
  readonly quiet?: boolean | undefined;
  /** Whether lines go to a log even on a terminal, because another program also draws there. */
  readonly isSparse?: boolean | undefined;
}

/**
 * Reports on stderr what `work` does: one line that is redrawn on a terminal, an occasional line in a log,
 * nothing with `--quiet`. Nested work becomes a step of the same line.
 */
export async function withProgress<Result>(
  { io, clock }: { readonly io: Io; readonly clock: Clock },
  options: ProgressOptions,
  text: ProgressText,
  work: (progress: Progress) => Promise<Result>,
): Promise<Result> {
  if (options.quiet === true) return await work({ say: () => undefined });
  const { activity } = io;
  const outer = activity.current;
  if (outer !== null) {
    const step = outer.begin(text);
    try {
      return await work(step);
    } finally {
      step.end();
    }
  }
  const inProgress = new WorkInProgress(clock);
  const step = inProgress.begin(text);
  const describe = () => inProgress.describe();
  const { terminal } = io.stderr;
  const line =
    terminal === null || options.isSparse === true
      ? loggedLines(io.stderr, clock, describe)
      : drawnLine(terminal, describe);
  activity.current = {
    begin: (inner) => inProgress.begin(inner),
    wait: (delayMs, reason) => inProgress.wait(delayMs, reason),
    hide: line.hide,
    show: line.show,
  };
  try {
    return await work(step);
  } finally {
    activity.current = null;
    line.stop();
  }
}

/**
 * Returns the options for work that streams records to stdout: no progress when the records themselves appear
 * on the terminal, occasional lines when a pipe leads to another program.
 */
export function besideRecords({ stdout }: Pick<Io, "stdout">, options: ProgressOptions): ProgressOptions {
  return { quiet: options.quiet === true || stdout.isTerminal, isSparse: true };
}

/** Adds a wait before a request to the progress line. */
export function showWait({ activity }: Pick<Io, "activity">, { delayMs, reason }: Wait): void {
  activity.current?.wait(delayMs, describeReason(reason));
}

function describeReason(reason: Wait["reason"]): string {
  if (reason === "pace") return "the token's request rate";
  if (reason === "no-answer") return "no response";
  return reason === 429 ? "rate limit" : `HTTP ${reason}`;
}
