import type { Io } from "../core/io.ts";
import { oneLine } from "../core/text.ts";

/** The current activity, for a person at a terminal. */
export interface Progress {
  say(text: string): void;
}

/**
 * Runs `work` with a spinner on stderr on a terminal, silently otherwise. For a pipe, a log, `--quiet` or
 * `--json`, nothing is loaded or shown.
 */
export async function withProgress<Result>(
  io: Io,
  options: {
    readonly quiet?: boolean | undefined;
    readonly json?: boolean | undefined;
  },
  text: string,
  work: (progress: Progress) => Promise<Result>,
): Promise<Result> {
  const { terminal } = io.stderr;
  if (terminal === null || options.quiet === true || options.json === true) {
    return await work({ say: () => {} });
  }
  const { default: ora } = await import("ora");
  const spinner = ora({ text: oneLine(text), stream: terminal.stream, discardStdin: false }).start();
  terminal.movingLine = { hide: () => void spinner.stop(), show: () => void spinner.start() };
  try {
    return await work({
      say: (now) => {
        spinner.text = oneLine(now);
      },
    });
  } finally {
    terminal.movingLine = null;
    spinner.stop();
  }
}
