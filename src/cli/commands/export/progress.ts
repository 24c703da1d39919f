import type { Clock } from "../../../core/clock.ts";
import { grouped, oneLine, plural } from "../../../core/text.ts";
import type { ExportListener } from "../../../export/options/export-listener.ts";
import type { Wait } from "../../../http/transport/wait.ts";
import { countRecords, ExportCount } from "./count.ts";

/** Interval of the lines in a log, where one from time to time is enough. */
const LINE_EVERY_MS = 30_000;
/** Interval of updates: waits and rates change even when no event arrives. */
const TICK_MS = 1_000;
/** The shortest interval in which a person can read. */
const SAY_EVERY_MS = 100;
/** The period over which the rate is measured: recent moments, not past hours. */
const RATE_WINDOW_MS = 20_000;

/** Shows the progress of an export: a line that is replaced on a terminal, an occasional line in a log. */
export interface ExportProgress extends ExportListener {
  /** Returns the current line. */
  describe(): string;
  /** Describes what is saved: what the next command finds, including earlier commands; null for nothing. */
  describeKept(): string | null;
  /** Updates the line every second until the signal is aborted. */
  tick(signal: AbortSignal): Promise<void>;
}

export interface ProgressPorts {
  readonly clock: Clock;
  /** Shows the current line on a terminal. */
  readonly say: (text: string) => void;
  /** Writes a line to a log. */
  readonly log: (text: string) => void;
  /** Writes a line to a terminal or a log. */
  readonly note: (text: string) => void;
}

/** Counts records, parts and waits from events. */
export function exportProgress({ clock, say, log, note }: ProgressPorts): ExportProgress {
  const startMs = clock.now();
  const count = new ExportCount();
  /** States of the jobs in progress, by part. */
  const jobs = new Map<string, string>();
  let received = 0;
  let doneAtStart = 0;
  let waitsUntilMs = 0;
  let waitReason = "";
  /** When a silent owner of the destination counts as gone. */
  let watchedUntilMs = Number.NEGATIVE_INFINITY;
  let loggedAtMs = startMs;
  let saidAtMs = Number.NEGATIVE_INFINITY;
  const samples: { readonly atMs: number; readonly records: number }[] = [];

  function describe(): string {
    const nowMs = clock.now();
    const watchMs = watchedUntilMs - clock.monotonicMs();
    if (watchMs > 0) return `waiting to see whether another export is alive: ${readable(watchMs)} left`;
    const { total, done } = count;
    const rate = rateAt(nowMs);
    const leftMs = done > doneAtStart ? ((nowMs - startMs) / (done - doneAtStart)) * (total - done) : null;
    return [
      total > 1 ? `${done} of ${total} parts` : null,
      countRecords(count.records),
      rate === null ? null : `${grouped(rate)}/s`,
      leftMs === null || done === total ? null : `about ${readable(leftMs)} left`,
      waitsUntilMs > nowMs ? `waiting ${readable(waitsUntilMs - nowMs)} (${waitReason})` : describeJobs(jobs),
    ]
      .filter((item) => item !== null)
      .join(", ");
  }

  function rateAt(nowMs: number): number | null {
    while (samples.length > 2 && nowMs - (samples[0]?.atMs ?? 0) > RATE_WINDOW_MS) samples.shift();
    const [first] = samples;
    if (first === undefined || nowMs - first.atMs < 1_000) return null;
    return ((received - first.records) / (nowMs - first.atMs)) * 1_000;
  }

  function show(): void {
    const nowMs = clock.now();
    if (nowMs - saidAtMs < SAY_EVERY_MS) return;
    saidAtMs = nowMs;
    say(describe());
    if (nowMs - loggedAtMs < LINE_EVERY_MS) return;
    loggedAtMs = nowMs;
    log(describe());
  }

  return {
    describe,
    describeKept: () => count.describeKept(),
    tick: async (signal) => {
      try {
        for (;;) {
          await clock.sleep(TICK_MS, signal);
          show();
        }
      } catch (error) {
        if (!signal.aborted) throw error;
      }
    },
    watching: ({ remainingMs }) => {
      const nowMs = clock.monotonicMs();
      const isNew = watchedUntilMs <= nowMs;
      watchedUntilMs = nowMs + remainingMs;
      if (isNew) log(describe());
      show();
    },
    planned: (plan) => {
      watchedUntilMs = Number.NEGATIVE_INFINITY;
      count.plan(plan);
      doneAtStart = plan.done;
      samples.push({ atMs: clock.now(), records: received });
      if (plan.done > 0) {
        const verb = plan.done === 1 ? "is" : "are";
        log(
          `continuing: ${plan.done} of ${plural(plan.total, "part")} ${verb} finished, with ${countRecords(plan.records)}`,
        );
      }
      show();
    },
    begun: ({ part, records }) => {
      count.set(part, { records, kept: records });
      show();
    },
    polled: ({ part, state, records }) => {
      count.set(part, { records, kept: records });
      jobs.set(part, oneLine(state.toLowerCase(), 40));
      show();
    },
    page: ({ part, records, soFar, kept }) => {
      received += records;
      count.set(part, { records: soFar, kept });
      jobs.delete(part);
      samples.push({ atMs: clock.now(), records: received });
      show();
    },
    restarted: ({ part, reason }) => {
      count.set(part, { records: 0, kept: 0 });
      jobs.delete(part);
      note(`fetching \`${part}\` again from its start: ${oneLine(reason)}`);
    },
    finished: ({ part, records }) => {
      count.finish(part, records);
      jobs.delete(part);
      show();
    },
    refused: ({ part, message }) => {
      count.refuse(part);
      jobs.delete(part);
      note(`skipped \`${part}\`: ${message}`);
    },
    changed: ({ part, path }) => {
      note(`fetching \`${part}\` again: \`${path}\` has changed since it was written`);
    },
    waiting: ({ delayMs, reason }) => {
      waitsUntilMs = clock.now() + delayMs;
      waitReason = inWords(reason);
      if (delayMs >= LINE_EVERY_MS) log(`waiting ${readable(delayMs)}: ${waitReason}`);
      show();
    },
  };
}

/** Describes the jobs in progress; null without any. */
function describeJobs(jobs: ReadonlyMap<string, string>): string | null {
  const [first, ...more] = jobs;
  if (first === undefined) return null;
  const [part, state] = first;
  if (more.length === 0) return `waiting for the job of ${part} (${state})`;
  return `waiting for ${jobs.size} jobs (${[...new Set(jobs.values())].join(", ")})`;
}

function inWords(reason: Wait["reason"]): string {
  if (reason === "pace") return "the token's request rate";
  if (reason === "no-answer") return "no answer";
  return reason === 429 ? "rate limit" : `HTTP ${reason}`;
}

function readable(durationMs: number): string {
  const seconds = Math.ceil(durationMs / 1_000);
  if (seconds < 90) return `${seconds} s`;
  const minutes = Math.round(seconds / 60);
  return minutes < 90 ? `${minutes} min` : `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}
