import { DAY_MS } from "../plan/instant.ts";

/** The days of a time zone. They last 23 or 25 hours when the clocks change. */
export interface LocalDays {
  /** Returns the instant with the same local time, this many days later. */
  after(startMs: number, days: number): number;
}

/** Returns the days of an IANA time zone; null for an unknown zone. */
export function localDaysOf(timeZone: string): LocalDays | null {
  const format = formatIn(timeZone);
  if (format === null) return null;
  /** Returns the zone's local time at an instant, expressed as if it were UTC. */
  const shownAt = (ms: number): number => {
    const part = Object.fromEntries(format.formatToParts(ms).map(({ type, value }) => [type, Number(value)]));
    const { year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = part;
    return Date.UTC(year, month - 1, day, hour, minute, second) + (((ms % 1_000) + 1_000) % 1_000);
  };
  const offsetAt = (ms: number): number => shownAt(ms) - ms;
  return {
    after(startMs, days) {
      const shown = shownAt(startMs) + days * DAY_MS;
      const near = shown - offsetAt(startMs);
      const exact = shown - offsetAt(near);
      // A local time that a clock change skips does not exist, so applying the offset from before the change moves it
      // one hour later.
      return shownAt(exact) === shown ? exact : Math.max(near, exact);
    },
  };
}

function formatIn(timeZone: string): Intl.DateTimeFormat | null {
  try {
    return new Intl.DateTimeFormat("en-US", {
      timeZone,
      hourCycle: "h23",
      year: "numeric",
      month: "numeric",
      day: "numeric",
      hour: "numeric",
      minute: "numeric",
      second: "numeric",
    });
  } catch (error) {
    if (error instanceof RangeError) return null;
    throw error;
  }
}
