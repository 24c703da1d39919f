import type { Clock } from "../../core/clock.ts";
import type { MovingLine, OutputStream } from "../../core/io.ts";
import { oneLine } from "../../core/text.ts";

/** A progress line. Until it is stopped, it shows the text that `describe` returns. */
export interface ProgressLine extends MovingLine {
  stop(): void;
}

/**
 * Delay before the line is drawn. Shorter work needs no line, and loading the library that draws it would delay the
 * work.
 */
const DRAWN_AFTER_MS = 200;
const REDRAWN_EVERY_MS = 200;
/** Columns that the spinner and the cursor take. */
const BESIDE_TEXT = 3;

const LOGGED_AFTER_MS = 10_000;
const LOGGED_EVERY_MS = 30_000;
const LOG_TICK_MS = 250;

/** Draws one line on a terminal and keeps redrawing it. */
export function drawnLine(stream: NodeJS.WriteStream, describe: () => string): ProgressLine {
  const fitted = () => oneLine(describe(), Math.max(1, stream.columns - BESIDE_TEXT));
  let hidden = 0;
  let isStopped = false;
  let spinner: { text: string; start(): unknown; stop(): unknown } | null = null;
  const timers: NodeJS.Timeout[] = [setTimeout(() => void draw(), DRAWN_AFTER_MS)];

  async function draw(): Promise<void> {
    const { default: ora } = await import("ora");
    if (isStopped) return;
    // The port has already decided that the output is interactive; ora would check the environment again.
    const drawn = ora({ text: fitted(), stream, isEnabled: true, discardStdin: false });
    spinner = drawn;
    if (hidden === 0) drawn.start();
    timers.push(
      setInterval(() => {
        drawn.text = fitted();
      }, REDRAWN_EVERY_MS),
    );
  }

  return {
    hide: () => {
      hidden += 1;
      spinner?.stop();
    },
    show: () => {
      hidden -= 1;
      if (hidden === 0 && !isStopped) spinner?.start();
    },
    stop: () => {
      isStopped = true;
      for (const timer of timers) clearTimeout(timer);
      spinner?.stop();
    },
  };
}

/** Writes a line to a log after ten seconds, and one every half minute after that. */
export function loggedLines(
  stream: Pick<OutputStream, "write">,
  clock: Pick<Clock, "monotonicMs">,
  describe: () => string,
): ProgressLine {
  let dueAtMs = clock.monotonicMs() + LOGGED_AFTER_MS;
  const timer = setInterval(() => {
    const nowMs = clock.monotonicMs();
    if (nowMs < dueAtMs) return;
    dueAtMs = nowMs + LOGGED_EVERY_MS;
    // A failure to write is ignored here, because the command's own output will report it.
    void stream.write(`${oneLine(describe())}\n`).catch(() => undefined);
  }, LOG_TICK_MS);
  timer.unref();
  return { hide: () => undefined, show: () => undefined, stop: () => clearInterval(timer) };
}
