import { formatInterval, type Interval } from "../../analytics/interval.ts";
import { UsageError } from "../../core/errors.ts";
import type { ExportMode } from "../options/export-policy.ts";
import type { RequestIdentity } from "../options/export-question.ts";
import type { ExportState, RunState } from "../state/export-state.ts";
import { assertSameRequest } from "../state/same-request.ts";

export interface BeginOptions {
  readonly mode: ExportMode;
  readonly request: RequestIdentity;
  /** Interval from the flags; null for a dataset without time. */
  readonly interval: Interval | null;
  readonly nowMs: number;
  /** Destination, for messages. */
  readonly place: string;
  /** Whether the destination supports `--incremental`, which only a directory does. */
  readonly isDirectory: boolean;
}

/** What this process does: continue a run, begin a new one, or nothing. */
export type Beginning =
  | { readonly kind: "continued"; readonly run: RunState }
  /** `before` is the last run. The new run's watermark has not been read yet. */
  | { readonly kind: "new"; readonly run: RunState; readonly before: RunState | null }
  | { readonly kind: "done"; readonly run: RunState };

/**
 * Decides from the destination's state whether to start, resume or stop. An existing export is never overwritten or
 * continued without a request to do so: neither for a different request, nor for the same one without `--resume`,
 * `--incremental` or `--replace`.
 * @throws UsageError `usage.destination`, `usage.other_export`; `usage.other_interval` for a complete export whose
 * relative interval now means different days
 */
export function beginRun(state: ExportState | null, options: BeginOptions): Beginning {
  const { mode, request, interval, nowMs, place, isDirectory } = options;
  const first: RunState = {
    number: 1,
    interval: mode === "incremental" ? untilNow(interval, nowMs) : interval,
    startedAtMs: nowMs,
    watermarkMs: null,
    rework: [],
    hasEnded: false,
    isComplete: false,
  };
  if (state === null) return { kind: "new", run: first, before: null };
  if (mode === "fresh") throw taken(state.run, place, isDirectory);
  if (mode === "replace") {
    assertSameRequest(state.request, request, { place, except: ["interval"] });
    const run = { ...first, number: state.run.number + 1, replaces: true };
    return { kind: "new", run, before: state.run };
  }
  // An export of fixed days may later become incremental.
  assertSameRequest(state.request, request, { place, except: mode === "incremental" ? ["interval"] : [] });
  const { run } = state;
  if (!run.hasEnded) return { kind: "continued", run };
  if (mode === "resume" && run.isComplete) {
    assertCovered(run, options);
    return { kind: "done", run };
  }
  const next = { ...first, number: run.number + 1, interval: run.interval };
  return {
    kind: "new",
    run: mode === "incremental" ? { ...next, interval: untilNow(run.interval, nowMs) } : next,
    before: run,
  };
}

function taken({ hasEnded, isComplete }: RunState, place: string, isDirectory: boolean): UsageError {
  const ways = [
    ...(isComplete ? [] : ["`--resume` to continue it"]),
    "`--replace` to fetch it again",
    ...(hasEnded && isDirectory ? ["`--incremental` to add new data"] : []),
  ];
  const what = hasEnded ? "an export" : "an unfinished export";
  return new UsageError("usage.destination", `\`${place}\` already contains ${what}`, {
    hint: `add ${ways.join(", ")}, or choose another path with --out PATH`,
  });
}

/** Returns the interval extended or shortened to end now, because an incremental export has no fixed end. */
export function untilNow(interval: Interval | null, nowMs: number): Interval | null {
  return interval === null ? null : { startMs: interval.startMs, endMs: Math.max(interval.startMs, nowMs) };
}

/**
 * Throws when a relative interval such as `last-month` now means different days. Otherwise the export would be reported
 * as complete for the wrong days.
 */
function assertCovered({ interval: held }: RunState, options: BeginOptions): void {
  const { interval: asked, request, place, isDirectory } = options;
  if (held === null || asked === null) return;
  if (held.startMs <= asked.startMs && asked.endMs <= held.endMs) return;
  throw new UsageError(
    "usage.other_interval",
    `\`${String(request["interval"])}\` now means \`${formatInterval(asked)}\`, and the export in \`${place}\` contains \`${formatInterval(held)}\``,
    {
      hint: `fetch it again with \`--replace\` instead of \`--resume\`${isDirectory ? ", add new data with `--incremental`" : ""}, or choose another path with --out PATH`,
    },
  );
}
