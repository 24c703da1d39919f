import { Temporal } from "temporal-polyfill";

/** A stretch of the calendar that words name: a day, a week from Monday, a month. */
export type CalendarUnit = "day" | "week" | "month";

/** The calendar of one time zone, with its changes between summer and winter; instants are UTC epoch milliseconds. */
export interface Calendar {
  /** The instant of `2026-10-05T08:00` (this zone's time) or of a time with its own offset; null for other text. */
  instantOf(text: string): number | null;
  /** The first instant of `2026-10-05` or of the month `2026-10`, and of the day or month after it; null for other text. */
  spanOf(text: string): { readonly startMs: number; readonly endMs: number } | null;
  /** The unit `offset` units after the one that holds `nowMs`: 0 is this one, -1 the last. */
  unitAt(
    nowMs: number,
    unit: CalendarUnit,
    offset: number,
  ): { readonly startMs: number; readonly endMs: number };
  /** The instant an ISO 8601 duration (`P1D`, `PT30M`, `P1M`) after or before another; null when it is none, or not longer than zero. */
  move(instantMs: number, duration: string, direction: 1 | -1): number | null;
}

const DATE = /^\d{4}-\d\d-\d\d$/;
const MONTH = /^\d{4}-\d\d$/;
const LOCAL_TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d{1,9})?)?$/i;
const EXACT_TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d{1,9})?)?(Z|[+-]\d\d(:?\d\d)?)$/i;

/** The calendar of an IANA time zone; null when there is no such zone. */
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
      // A time that the change to summer time skips is the one an hour later; one that comes twice is the first.
      return attempt(
        () =>
          Temporal.PlainDateTime.from(text).toZonedDateTime(timeZone, { disambiguation: "compatible" })
            .epochMilliseconds,
      );
    },
    spanOf: (text) => {
      if (DATE.test(text)) return attempt(() => spanFrom(Temporal.PlainDate.from(text), { days: 1 }));
      if (MONTH.test(text))
        return attempt(() => spanFrom(Temporal.PlainDate.from(`${text}-01`), { months: 1 }));
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
        if (length.sign !== 1) throw new RangeError("a stretch of time is longer than zero");
        return zonedAt(instantMs)[direction === 1 ? "add" : "subtract"](length).epochMilliseconds;
      }),
  };
}

/** The result, or null for what the calendar says does not exist: 30 February, a zone on the moon. */
function attempt<Result>(ask: () => Result): Result | null {
  try {
    return ask();
  } catch (error) {
    if (error instanceof RangeError) return null;
    throw error;
  }
}
