import { formatInterval, type Interval } from "../../analytics/interval.ts";
import { UsageError } from "../../core/errors.ts";
import type { ExportMode } from "../options/export-policy.ts";
import type { RequestIdentity } from "../options/export-question.ts";
import type { ExportState, RunState } from "../state/export-state.ts";
import { assertSameRequest } from "../state/same-request.ts";

export interface BeginOptions {
  readonly mode: ExportMode;
  readonly request: RequestIdentity;
  /** As flags say; null for a dataset without time. */
  readonly interval: Interval | null;
  readonly nowMs: number;
  /** Of the destination, for messages. */
  readonly place: string;
  /** Whether the destination can be brought up to date: only a directory can. */
  readonly isDirectory: boolean;
}

/** What this process has to do: a run that is new or goes on; null when there is nothing left of it. */
export type Beginning =
  | { readonly kind: "continued"; readonly run: RunState }
  /** `before` is the last run; the new one's watermark is still to be read. */
  | { readonly kind: "new"; readonly run: RunState; readonly before: RunState | null }
  | { readonly kind: "done"; readonly run: RunState };

/**
 * Finds out from what is at the destination what is to be done. What is there is never overwritten without being
 * asked: not by another question, and not by the same one without `--resume` or `--incremental`.
 * @throws UsageError `usage.destination`, `usage.other_export`; `usage.other_interval` for a complete export whose words
 * mean other days by now
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
  if (mode === "fresh") {
    const what = state.run.hasEnded ? "an export" : "an export that was not finished";
    throw new UsageError("usage.destination", `there is ${what} in \`${place}\``, {
      hint: `go on with it: add \`--resume\`${state.run.hasEnded && isDirectory ? "; bring what is new: add `--incremental`" : ""}; or export to another place: --out PATH`,
    });
  }
  // What began as an export of some days may be brought up to date from then on.
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

/** An export that is brought up to date ends where the data does; the interval says where it begins. */
function untilNow(interval: Interval | null, nowMs: number): Interval | null {
  return interval === null ? null : { startMs: interval.startMs, endMs: Math.max(interval.startMs, nowMs) };
}

/** `last-month` is another month after a while: "complete" would then be said of days that nobody asks for. */
function assertCovered({ interval: held }: RunState, options: BeginOptions): void {
  const { interval: asked, request, place, isDirectory } = options;
  if (held === null || asked === null) return;
  if (held.startMs <= asked.startMs && asked.endMs <= held.endMs) return;
  throw new UsageError(
    "usage.other_interval",
    `\`${String(request["interval"])}\` now means \`${formatInterval(asked)}\`, and the export in \`${place}\` holds \`${formatInterval(held)}\``,
    {
      hint: `export to another place, named by its dates: --out PATH${isDirectory ? "; or bring what is new: `--incremental` in place of `--resume`" : ""}`,
    },
  );
}
