import type { Clock } from "../../core/clock.ts";
import { plural } from "../../core/text.ts";
import type { ExportListener } from "../../export/export-options.ts";
import type { Wait } from "../../http/wait.ts";

/** In a log a line now and then is enough. */
const LINE_EVERY_MS = 30_000;
/** Nobody reads faster. */
const SAY_EVERY_MS = 100;
/** The rate is that of the last moments, not of the hours before. */
const RATE_WINDOW_MS = 20_000;

/** How an export is getting on, told in one line that is replaced, or in a line now and then. */
export interface ExportProgress extends ExportListener {
  /** The line of this moment. */
  describe(): string;
  /** Records that are safe, those of earlier commands included. */
  count(): number;
}

export interface ProgressPorts {
  readonly clock: Clock;
  /** Shows the line of this moment to who watches. */
  readonly say: (text: string) => void;
  /** Writes a line for a log. */
  readonly log: (text: string) => void;
}

/** Counts records, parts and waits as they are told. */
export function exportProgress({ clock, say, log }: ProgressPorts): ExportProgress {
  const startMs = clock.now();
  let total = 0;
  let done = 0;
  let records = 0;
  let doneAtStart = 0;
  let waitsUntilMs = 0;
  let waitReason = "";
  let loggedAtMs = startMs;
  let saidAtMs = Number.NEGATIVE_INFINITY;
  const samples: { readonly atMs: number; readonly records: number }[] = [];

  function describe(): string {
    const nowMs = clock.now();
    const rate = rateAt(nowMs);
    const leftMs = done > doneAtStart ? ((nowMs - startMs) / (done - doneAtStart)) * (total - done) : null;
    return [
      total > 1 ? `${done} of ${total} parts` : null,
      `${records.toLocaleString("en-US")} records`,
      rate === null ? null : `${Math.round(rate).toLocaleString("en-US")}/s`,
      leftMs === null || done === total ? null : `about ${readable(leftMs)} left`,
      waitsUntilMs > nowMs ? `waiting ${readable(waitsUntilMs - nowMs)} (${waitReason})` : null,
    ]
      .filter((item) => item !== null)
      .join(", ");
  }

  function rateAt(nowMs: number): number | null {
    while (samples.length > 2 && nowMs - (samples[0]?.atMs ?? 0) > RATE_WINDOW_MS) samples.shift();
    const [first] = samples;
    if (first === undefined || nowMs - first.atMs < 1_000) return null;
    return ((records - first.records) / (nowMs - first.atMs)) * 1_000;
  }

  function tell(): void {
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
    count: () => records,
    planned: (plan) => {
      total = plan.total;
      done = plan.done;
      doneAtStart = plan.done;
      records = plan.records;
      samples.push({ atMs: clock.now(), records });
      if (done > 0)
        log(
          `going on: ${done} of ${plural(total, "part")} are finished, with ${records.toLocaleString("en-US")} records`,
        );
      tell();
    },
    page: (page) => {
      records += page.records;
      samples.push({ atMs: clock.now(), records });
      tell();
    },
    finished: () => {
      done += 1;
      tell();
    },
    refused: ({ part, message }) => {
      done += 1;
      log(`left out \`${part}\`: ${message}`);
    },
    waiting: ({ delayMs, reason }) => {
      waitsUntilMs = clock.now() + delayMs;
      waitReason = inWords(reason);
      if (delayMs >= LINE_EVERY_MS) log(`waiting ${readable(delayMs)}: ${waitReason}`);
      tell();
    },
  };
}

function inWords(reason: Wait["reason"]): string {
  if (reason === "pace") return "the token's allowance";
  if (reason === "no-answer") return "no answer";
  return reason === 429 ? "rate limit" : `the service answered ${reason}`;
}

function readable(durationMs: number): string {
  const seconds = Math.ceil(durationMs / 1_000);
  if (seconds < 90) return `${seconds} s`;
  const minutes = Math.round(seconds / 60);
  return minutes < 90 ? `${minutes} min` : `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}
