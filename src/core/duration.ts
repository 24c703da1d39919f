import { UsageError } from "./errors.ts";
import { ownValue } from "./own-value.ts";

const UNITS: Readonly<Record<string, number>> = { ms: 1, s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 };

/**
 * Parses `500ms`, `4s`, `2m`, `1h` or `7d` and returns milliseconds.
 * @throws UsageError `usage.duration` for anything else; its message names `flag`, and its hint shows `example`
 */
export function parseDuration(text: string, flag: string, example = "30s"): number {
  const [, digits = "", unit = ""] = /^(\d+(?:\.\d+)?)(ms|s|m|h|d)$/.exec(text.trim()) ?? [];
  const factor = ownValue(UNITS, unit);
  if (factor === undefined) {
    throw new UsageError("usage.duration", `\`${text}\` is not a duration (${flag})`, {
      hint: `durations look like \`500ms\`, \`4s\`, \`2m\`, \`1h\`, \`7d\`, for example \`${flag} ${example}\``,
    });
  }
  return Math.round(Number(digits) * factor);
}
