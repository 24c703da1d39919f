import { type Calendar, openCalendar } from "../calendar.ts";

/** The periods of a time series, in order. */
export interface Buckets {
  readonly startsMs: readonly number[];
  /** The local start time of each bucket. The date appears only when it differs from the previous one. */
  readonly labels: readonly string[];
}

export interface BucketOptions {
  /** ISO 8601 period, as in the request. */
  readonly granularity: string;
  /** The interval of the request; null when it is not known. */
  readonly interval: { readonly startMs: number; readonly endMs: number } | null;
  readonly timeZone: string;
}

/** Maximum number of periods once missing ones are added. A longer series would be unreadable. */
const MOST_ADDED = 2_000;
const WEEKDAYS = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"];
const DATE_LENGTH = "2026-10-19".length;

/**
 * Returns every period of the interval, including those that the platform omits because nothing happened in
 * them. The periods are aligned with the observed ones.
 */
export function bucketsOf(
  observedMs: readonly number[],
  { granularity, interval, timeZone }: BucketOptions,
): Buckets {
  const calendar = openCalendar(timeZone) ?? openCalendar("UTC");
  const seen = new Set(observedMs);
  const first = observedMs.reduce((least, startMs) => Math.min(least, startMs), Number.POSITIVE_INFINITY);
  const last = observedMs.reduce((most, startMs) => Math.max(most, startMs), Number.NEGATIVE_INFINITY);
  if (calendar === null || seen.size === 0) return { startsMs: [], labels: [] };
  const { startMs = first, endMs = last + 1 } = interval ?? {};
  const step = (fromMs: number, direction: 1 | -1) => calendar.move(fromMs, granularity, direction);
  for (let at = step(first, -1); at !== null && at >= startMs && seen.size < MOST_ADDED; at = step(at, -1)) {
    seen.add(at);
  }
  for (let at = step(first, 1); at !== null && at < endMs && seen.size < MOST_ADDED; at = step(at, 1)) {
    seen.add(at);
  }
  const startsMs = [...seen].toSorted((one, other) => one - other);
  return { startsMs, labels: labelsOf(startsMs, calendar) };
}

function labelsOf(startsMs: readonly number[], calendar: Calendar): readonly string[] {
  const times = startsMs.map((startMs) => calendar.localTimeOf(startMs));
  if (times.every((time) => time.endsWith("T00:00"))) return times.map(dayOf);
  return times.map((time, index) => {
    const isSameDay = times[index - 1]?.slice(0, DATE_LENGTH) === time.slice(0, DATE_LENGTH);
    const day = dayOf(time);
    return `${isSameDay ? " ".repeat(day.length) : day} ${time.slice(DATE_LENGTH + 1)}`;
  });
}

function dayOf(localTime: string): string {
  const date = localTime.slice(0, DATE_LENGTH);
  return `${WEEKDAYS[new Date(`${date}T00:00Z`).getUTCDay()] ?? ""} ${date}`;
}
