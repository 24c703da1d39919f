import { openCalendar } from "./calendar.ts";
import type { Interval } from "./interval.ts";

/** A day of some time zone, or a piece of it, with its date there. */
export interface Day extends Interval {
  /** `2026-10-05` */
  readonly date: string;
}

/** The interval cut at the midnights of a time zone; days there may have 23 or 25 hours. */
export function splitIntoDays({ startMs, endMs }: Interval, timeZone: string): readonly Day[] {
  const calendar = openCalendar(timeZone);
  if (calendar === null) throw new RangeError(`no such time zone: ${timeZone}`);
  // The Swedish way of writing dates is that of ISO 8601.
  const dates = new Intl.DateTimeFormat("sv-SE", { timeZone });
  const days: Day[] = [];
  for (let fromMs = startMs; fromMs < endMs; ) {
    const toMs = Math.min(endMs, calendar.unitAt(fromMs, "day", 0).endMs);
    days.push({ startMs: fromMs, endMs: toMs, date: dates.format(fromMs) });
    fromMs = toMs;
  }
  return days;
}
