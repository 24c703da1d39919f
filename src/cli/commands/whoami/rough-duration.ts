const MINUTE = 60;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** Formats seconds in the largest unit that fits at least twice: `24 h`, `90 min`, `119 s`. */
export function roughDuration(seconds: number): string {
  if (seconds >= 2 * DAY) return `${Math.round(seconds / DAY)} days`;
  if (seconds >= 2 * HOUR) return `${Math.round(seconds / HOUR)} h`;
  return seconds >= 2 * MINUTE ? `${Math.round(seconds / MINUTE)} min` : `${seconds} s`;
}
