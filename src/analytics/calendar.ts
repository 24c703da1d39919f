import { Temporal } from "temporal-polyfill";

/** A named period of the calendar: a day, a week from Monday, a month. */
export type CalendarUnit = "day" | "week" | "month";

/** The calendar of one time zone, including daylight saving time; instants are UTC epoch milliseconds. */
export interface Calendar {
  /**
   * Returns the instant of `2026-10-05T08:00` in this zone, or of a time with its own offset; null for any other
   * string.
   */
  instantOf(text: string): number | null;
  /** Returns the local time of an instant in this zone, to the minute: `2026-10-05T08:00`. */
  localTimeOf(instantMs: number): string;
  /** Returns the instant in RFC 3339 with the offset of this zone, to the minute: `2026-10-05T08:00+02:00`. */
  timeOf(instantMs: number): string;
  /**
   * Returns the time that replaces a local time that this zone skips when clocks go forward, without seconds;
   * null for a time that exists and for any other string.
   */
  skippedTo(text: string): string | null;
  /**
   * Returns the first instant of the day `2026-10-05` or the month `2026-10`, and of the day or month after it;
   * null for any other string.
   */
  spanOf(text: string): { readonly startMs: number; readonly endMs: number } | null;
  /**
   * Returns the unit that is `offset` units after the one that contains `nowMs`: 0 for the current one, -1 for
   * the previous.
   */
  unitAt(
    nowMs: number,
    unit: CalendarUnit,
    offset: number,
  ): { readonly startMs: number; readonly endMs: number };
  /**
   * Moves an instant forward or backward by an ISO 8601 duration (`P1D`, `PT30M`, `P1M`); null when the string is not
   * a positive duration.
   */
  move(instantMs: number, duration: string, direction: 1 | -1): number | null;
}

const DATE = /^\d{4}-\d\d-\d\d$/;
const MONTH = /^\d{4}-\d\d$/;
const LOCAL_TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d{1,9})?)?$/i;
const EXACT_TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d{1,9})?)?(Z|[+-]\d\d(:?\d\d)?)$/i;

/** Returns the calendar of an IANA time zone; null when there is no such zone. */
export function openCalendar(timeZone: string): Calendar | null {
  const zonedAt = (instantMs: number) =>
    Temporal.Instant.fromEpochMilliseconds(instantMs).toZonedDateTimeISO(timeZone);
  if (attempt(() => zonedAt(0)) === null) return null;
  const startOf = (day: Temporal.PlainDate) => day.toZonedDateTime({ timeZone }).epochMilliseconds;
  const spanFrom = (first: Temporal.PlainDate, length: { days: number } | { months: number }) => ({
    startMs: startOf(first),
    endMs: startOf(first.add(length)),
  });
  return {
    instantOf: (text) => {
      if (EXACT_TIME.test(text)) return attempt(() => Temporal.Instant.from(text).epochMilliseconds);
      if (!LOCAL_TIME.test(text)) return null;
      // A time that is skipped when clocks go forward is moved one hour later; of a repeated time, the first
      // occurrence is used.
      return attempt(
        () =>
          Temporal.PlainDateTime.from(text).toZonedDateTime(timeZone, { disambiguation: "compatible" })
            .epochMilliseconds,
      );
    },
    localTimeOf: (instantMs) => zonedAt(instantMs).toPlainDateTime().toString({ smallestUnit: "minute" }),
    timeOf: (instantMs) => zonedAt(instantMs).toString({ smallestUnit: "minute", timeZoneName: "never" }),
    skippedTo: (text) => {
      if (!LOCAL_TIME.test(text)) return null;
      return attempt(() => {
        const local = Temporal.PlainDateTime.from(text);
        const used = local.toZonedDateTime(timeZone, { disambiguation: "compatible" }).toPlainDateTime();
        return used.equals(local) ? null : used.toString({ smallestUnit: "minute" });
      });
    },
    spanOf: (text) => {
      if (DATE.test(text)) return attempt(() => spanFrom(Temporal.PlainDate.from(text), { days: 1 }));
      if (MONTH.test(text)) {
        return attempt(() => spanFrom(Temporal.PlainDate.from(`${text}-01`), { months: 1 }));
      }
      return null;
    },
    unitAt: (nowMs, unit, offset) => {
      const today = zonedAt(nowMs).toPlainDate();
      switch (unit) {
        case "day":
          return spanFrom(today.add({ days: offset }), { days: 1 });
        case "week":
          return spanFrom(today.add({ days: 1 - today.dayOfWeek + 7 * offset }), { days: 7 });
        case "month":
          return spanFrom(today.with({ day: 1 }).add({ months: offset }), { months: 1 });
      }
    },
    move: (instantMs, duration, direction) =>
      attempt(() => {
        const length = Temporal.Duration.from(duration);
        if (length.sign !== 1) throw new RangeError("a duration is longer than zero");
        return zonedAt(instantMs)[direction === 1 ? "add" : "subtract"](length).epochMilliseconds;
      }),
  };
}

/** Returns the result, or null for a date or zone that does not exist, such as 30 February. */
function attempt<Result>(ask: () => Result): Result | null {
  try {
    return ask();
  } catch (error) {
    if (error instanceof RangeError) return null;
    throw error;
  }
}
