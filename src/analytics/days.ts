import { openCalendar } from "./calendar.ts";
import type { Interval } from "./interval.ts";

/** A day in a time zone, or a part of one, with its local date. */
export interface Day extends Interval {
  /** Local date, such as `2026-10-05`. */
  readonly date: string;
}

/**
 * Splits an interval at the midnights of a time zone, where a day can have 23 or 25 hours.
 * @throws RangeError for an unknown time zone
 */
export function splitIntoDays({ startMs, endMs }: Interval, timeZone: string): readonly Day[] {
  const calendar = openCalendar(timeZone);
  if (calendar === null) throw new RangeError(`no such time zone: ${timeZone}`);
  // The Swedish date format is the ISO 8601 format.
  const dates = new Intl.DateTimeFormat("sv-SE", { timeZone });
  const days: Day[] = [];
  for (let fromMs = startMs; fromMs < endMs; ) {
    const toMs = Math.min(endMs, calendar.unitAt(fromMs, "day", 0).endMs);
    days.push({ startMs: fromMs, endMs: toMs, date: dates.format(fromMs) });
    fromMs = toMs;
  }
  return days;
}
