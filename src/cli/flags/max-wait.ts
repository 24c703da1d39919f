import { parseDuration } from "../../core/duration.ts";

/** The flag of every command that calls the API. */
export const MAX_WAIT = "--max-wait <duration>";

/** Returns the help of `--max-wait`; the default is a duration such as `30s`. */
export function describeMaxWait(preset = "30s"): string {
  return `longest wait for one request, including retries (default: ${preset})`;
}

/** Parses the value of `--max-wait` into milliseconds. @throws UsageError `usage.duration` */
export function readMaxWait(text: string): number {
  return parseDuration(text, "--max-wait");
}
