import { type Interval, splitByDays } from "../interval.ts";

const DAY_MS = 86_400_000;
const MINUTE_MS = 60_000;

/**
 * Returns the two halves of an interval, split at a UTC midnight if it is longer than a day and at a full minute
 * otherwise. Returns the interval itself when no full minute begins inside its first half.
 */
export function halveInterval(interval: Interval): readonly Interval[] {
  const lengthMs = interval.endMs - interval.startMs;
  const days = Math.ceil(lengthMs / DAY_MS);
  if (days > 1) {
    const parts = splitByDays(interval, Math.ceil(days / 2));
    if (parts.length > 1) return parts;
  }
  const middleMs = Math.floor((interval.startMs + lengthMs / 2) / MINUTE_MS) * MINUTE_MS;
  if (middleMs <= interval.startMs) return [interval];
  return [
    { startMs: interval.startMs, endMs: middleMs },
    { startMs: middleMs, endMs: interval.endMs },
  ];
}
