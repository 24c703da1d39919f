import type { Clock } from "../../../core/clock.ts";
import { grouped, oneLine, plural } from "../../../core/text.ts";
import type { ExportListener } from "../../../export/options/export-listener.ts";
import { WHOLE } from "../../../export/part/part.ts";
import { describeTimeLeft } from "../../../output/progress/work-in-progress.ts";
import { countRecords, ExportCount } from "./count.ts";
import { readableBytes } from "./readable-bytes.ts";
import { briefRefusal } from "./result.ts";

/** Period over which the rate is measured. It is short, so that the rate reflects the current speed. */
const RATE_WINDOW_MS = 20_000;

/** Counts the events of an export, for its progress line. */
export interface ExportProgress extends Omit<ExportListener, "waiting"> {
  /** Returns the current line. */
  describe(): string;
  /** Describes the saved data that the next run can use, including that of earlier runs; null if none exists. */
  describeKept(): string | null;
}

export interface ProgressPorts {
  readonly clock: Clock;
  /** Writes a line to a log. Writes nothing on a terminal, because the progress line shows the same. */
  readonly log: (text: string) => void;
  /** Writes a line to a terminal or a log. */
  readonly note: (text: string) => void;
}

/** Counts records and parts from events. */
export function exportProgress({ clock, log, note }: ProgressPorts): ExportProgress {
  const startMs = clock.now();
  const count = new ExportCount();
  /** States of the jobs in progress, by part. */
  const jobs = new Map<string, string>();
  let received = 0;
  let doneAtStart = 0;
  let files = 0;
  let fileBytes = 0;
  /** Time at which a silent owner of the destination is presumed dead. */
  let watchedUntilMs = Number.NEGATIVE_INFINITY;
  const samples: { readonly atMs: number; readonly records: number }[] = [];

  function describe(): string {
    const nowMs = clock.now();
    const watchMs = watchedUntilMs - clock.monotonicMs();
    if (watchMs > 0) {
      return `checking whether another export is still running: ${describeTimeLeft(watchMs)} left`;
    }
    const { total, done } = count;
    const rate = rateAt(nowMs);
    const leftMs = done > doneAtStart ? ((nowMs - startMs) / (done - doneAtStart)) * (total - done) : null;
    return [
      total > 1 ? `${done} of ${total} parts` : null,
      countRecords(count.records),
      files === 0 ? null : `${plural(files, "file")} (${readableBytes(fileBytes)})`,
      rate === null ? null : `${grouped(rate)}/s`,
      leftMs === null || done === total ? null : `about ${describeTimeLeft(leftMs)} left`,
      describeJobs(jobs),
    ]
      .filter((item) => item !== null)
      .join(", ");
  }

  function takeSample(): void {
    const nowMs = clock.now();
    samples.push({ atMs: nowMs, records: received });
    while (samples.length > 2 && nowMs - (samples[0]?.atMs ?? 0) > RATE_WINDOW_MS) samples.shift();
  }

  function rateAt(nowMs: number): number | null {
    const [first] = samples;
    if (first === undefined || nowMs - first.atMs < 1_000) return null;
    return ((received - first.records) / (nowMs - first.atMs)) * 1_000;
  }

  return {
    describe,
    describeKept: () => count.describeKept(),
    watching: ({ remainingMs }) => {
      const nowMs = clock.monotonicMs();
      const isNew = watchedUntilMs <= nowMs;
      watchedUntilMs = nowMs + remainingMs;
      if (isNew) log(describe());
    },
    planned: (plan) => {
      watchedUntilMs = Number.NEGATIVE_INFINITY;
      count.plan(plan);
      doneAtStart = plan.done;
      takeSample();
      if (plan.done > 0) {
        const verb = plan.done === 1 ? "is" : "are";
        log(
          `continuing: ${plan.done} of ${plural(plan.total, "part")} ${verb} finished, with ${countRecords(plan.records)}`,
        );
      }
    },
    begun: ({ part, records }) => {
      count.set(part, { records, kept: records });
    },
    polled: ({ part, state, records }) => {
      count.set(part, { records, kept: records });
      jobs.set(part, oneLine(state.toLowerCase(), 40));
    },
    page: ({ part, records, soFar, kept }) => {
      received += records;
      count.set(part, { records: soFar, kept });
      jobs.delete(part);
      takeSample();
    },
    file: ({ bytes }) => {
      files += 1;
      fileBytes += bytes;
    },
    restarted: ({ part, reason }) => {
      count.set(part, { records: 0, kept: 0 });
      jobs.delete(part);
      note(`fetching \`${part}\` again from its start: ${oneLine(reason)}`);
    },
    finished: ({ part, records }) => {
      count.finish(part, records);
      jobs.delete(part);
    },
    refused: ({ part, message }) => {
      count.refuse(part);
      jobs.delete(part);
      note(`skipped ${part === WHOLE.key ? "the listing" : `\`${part}\``}: ${briefRefusal(message)}`);
    },
    changed: ({ part, path }) => {
      note(`fetching \`${part}\` again: \`${path}\` has changed since it was written`);
    },
  };
}

/** Describes the jobs in progress; null if there are none. */
function describeJobs(jobs: ReadonlyMap<string, string>): string | null {
  const [first, ...more] = jobs;
  if (first === undefined) return null;
  const [part, state] = first;
  if (more.length === 0) return `waiting for the job of ${part} (${state})`;
  return `waiting for ${jobs.size} jobs (${[...new Set(jobs.values())].join(", ")})`;
}
