import { openCalendar } from "../calendar.ts";
import type { Interval } from "../interval.ts";

/** The instants where an interval may be divided. */
export interface Borders {
  /**
   * Returns the border closest to an instant, strictly between two other instants; null if there is no such
   * border.
   */
  near(instantMs: number, afterMs: number, beforeMs: number): number | null;
  /** Returns whether an instant is a border or the start of the interval. */
  has(instantMs: number): boolean;
}

const MINUTE_MS = 60_000;
/**
 * Maximum number of buckets. With more, dividing the interval does not help, because no consumer can handle that
 * many.
 */
const MOST_BUCKETS = 1_000_000;

/** Returns the minutes of an interval as borders, for data without buckets. */
export function minuteBorders(): Borders {
  return {
    near: (instantMs, afterMs, beforeMs) => {
      const minuteMs = Math.round(instantMs / MINUTE_MS) * MINUTE_MS;
      return minuteMs > afterMs && minuteMs < beforeMs ? minuteMs : null;
    },
    has: (instantMs) => instantMs % MINUTE_MS === 0,
  };
}

/**
 * Returns the ends of an interval's buckets as borders. Buckets begin at its start, and days, weeks and months
 * follow the time zone, including daylight saving time. Null when the period cannot be parsed.
 * @param granularity ISO 8601 period
 */
export function bucketBorders(
  { startMs, endMs }: Interval,
  granularity: string,
  timeZone: string,
): Borders | null {
  const calendar = openCalendar(timeZone);
  const starts = [startMs];
  for (let fromMs = startMs; fromMs < endMs && starts.length <= MOST_BUCKETS; ) {
    const toMs = calendar?.move(fromMs, granularity, 1) ?? null;
    if (toMs === null || toMs <= fromMs) return null;
    if (granularity.startsWith("PT")) return evenBorders(startMs, toMs - fromMs);
    starts.push(toMs);
    fromMs = toMs;
  }
  const known = new Set(starts);
  return {
    near: (instantMs, afterMs, beforeMs) => {
      const inside = starts.filter((each) => each > afterMs && each < beforeMs);
      const distance = (each: number) => Math.abs(each - instantMs);
      return inside.length === 0 ? null : inside.reduce((a, b) => (distance(b) < distance(a) ? b : a));
    },
    has: (instantMs) => known.has(instantMs),
  };
}

function evenBorders(startMs: number, stepMs: number): Borders {
  return {
    near: (instantMs, afterMs, beforeMs) => {
      const place = Math.round((instantMs - startMs) / stepMs);
      const candidates = [place, place + 1, place - 1].map((each) => startMs + each * stepMs);
      return candidates.find((each) => each > afterMs && each < beforeMs) ?? null;
    },
    has: (instantMs) => (instantMs - startMs) % stepMs === 0,
  };
}

/**
 * Divides an interval at borders into at most this many parts of about the same length, without gap or overlap. Fewer
 * parts when there are fewer borders.
 */
export function divideInterval(
  { startMs, endMs }: Interval,
  count: number,
  borders: Borders,
): readonly Interval[] {
  const parts: Interval[] = [];
  let fromMs = startMs;
  for (let number = 1; number < count; number += 1) {
    const toMs = borders.near(startMs + ((endMs - startMs) * number) / count, fromMs, endMs);
    if (toMs === null) continue;
    parts.push({ startMs: fromMs, endMs: toMs });
    fromMs = toMs;
  }
  return [...parts, { startMs: fromMs, endMs }];
}
