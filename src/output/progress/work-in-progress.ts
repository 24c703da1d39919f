import type { Clock } from "../../core/clock.ts";
import type { Activity, MovingLine, ProgressText } from "../../core/io.ts";

/** The steps and the wait of the work in progress, as one line of text. */
export class WorkInProgress implements Omit<Activity, keyof MovingLine> {
  readonly #clock: Pick<Clock, "monotonicMs">;
  /** The steps that have begun and not ended; the last one is shown. */
  readonly #steps: { text: ProgressText }[] = [];
  #wait = { endsAtMs: 0, reason: "" };

  constructor(clock: Pick<Clock, "monotonicMs">) {
    this.#clock = clock;
  }

  begin(text: ProgressText): { say(text: ProgressText): void; end(): void } {
    const step = { text };
    this.#steps.push(step);
    return {
      say: (now) => {
        step.text = now;
      },
      // Steps of parallel work do not end in the order in which they began.
      end: () => void this.#steps.splice(this.#steps.indexOf(step), 1),
    };
  }

  /** Adds a wait to the line. If there are several waits in parallel, shows the one that ends last. */
  wait(delayMs: number, reason: string): void {
    const endsAtMs = this.#clock.monotonicMs() + delayMs;
    if (endsAtMs > this.#wait.endsAtMs) this.#wait = { endsAtMs, reason };
  }

  /** Returns the current line. */
  describe(): string {
    const { text = "" } = this.#steps.at(-1) ?? {};
    const said = typeof text === "string" ? text : text();
    const leftMs = this.#wait.endsAtMs - this.#clock.monotonicMs();
    return leftMs > 0 ? `${said}, waiting ${describeTimeLeft(leftMs)} (${this.#wait.reason})` : said;
  }
}

/** Formats a remaining time for a progress line: `12 s`, `4 min`, `1 h 20 min`. */
export function describeTimeLeft(durationMs: number): string {
  const seconds = Math.ceil(durationMs / 1_000);
  if (seconds < 90) return `${seconds} s`;
  const minutes = Math.round(seconds / 60);
  return minutes < 90 ? `${minutes} min` : `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}
