import { UsageError } from "../core/errors.ts";
import { ownValue } from "../core/own-value.ts";
import { type Calendar, type CalendarUnit, openCalendar } from "./calendar.ts";
import { missingDate, nearIntervals } from "./wording/near-interval.ts";

/** A period in milliseconds since the Unix epoch; the end is exclusive. */
export interface Interval {
  readonly startMs: number;
  readonly endMs: number;
}

/** Settings for resolving words and local times in an interval. */
export interface IntervalOptions {
  /** IANA name, e.g. `Europe/Berlin`; UTC when absent. */
  readonly timeZone?: string | undefined;
  readonly nowMs: number;
}

const DAY_MS = 86_400_000;
const MINUTE_MS = 60_000;

/** Words for calendar periods: the unit, and its offset from the current one. */
const WORDS: Readonly<Record<string, readonly [CalendarUnit, number]>> = {
  today: ["day", 0],
  yesterday: ["day", -1],
  "this-week": ["week", 0],
  "last-week": ["week", -1],
  "this-month": ["month", 0],
  "last-month": ["month", -1],
};

/** Words for intervals, for shell completion; any number of hours, days or weeks may follow `last-`. */
export const INTERVAL_WORDS: readonly string[] = [...Object.keys(WORDS), "last-24h", "last-7d", "last-30d"];

/**
 * Matches `last-7d` and similar intervals. Such an interval ends with the last full minute, so that the counted data
 * no longer changes.
 */
const ROLLING = /^last-([1-9]\d{0,3})(h|d|w)$/;

/**
 * Parses an interval: ISO 8601 `start/end`, `start/P1D`, `P1D/end` (dates, local times, times with an offset,
 * `now`), one date or month, or a word (`today`, `last-week`, `last-7d`). A date as an end means its first
 * instant, as in ISO 8601: `2026-10-01/2026-10-03` is two days.
 * @throws UsageError `usage.interval`, `usage.time_zone`
 */
export function parseInterval(text: string, { timeZone = "UTC", nowMs }: IntervalOptions): Interval {
  const calendar = requireCalendar(timeZone);
  const trimmed = text.trim();
  const interval = spanOf(trimmed, calendar, nowMs);
  if (interval === null) throw notAnInterval(text, calendar, nowMs);
  if (interval.endMs <= interval.startMs) {
    const fault = interval.endMs === interval.startMs ? "is empty" : "ends before it begins";
    throw new UsageError("usage.interval", `the interval \`${text}\` ${fault}`, {
      hint: "the end is exclusive: one day is --interval 2026-10-01/2026-10-02, or --interval 2026-10-01",
    });
  }
  return interval;
}

function spanOf(text: string, calendar: Calendar, nowMs: number): Interval | null {
  if (text.includes("/")) return betweenEnds(text, calendar, nowMs);
  return wholeUnit(text, calendar, nowMs) ?? rolling(text, calendar, nowMs) ?? calendar.spanOf(text);
}

function notAnInterval(text: string, calendar: Calendar, nowMs: number): UsageError {
  const reason = missingDate(text);
  const [near] = nearIntervals(text, INTERVAL_WORDS).filter((each) => {
    const span = spanOf(each, calendar, nowMs);
    return span !== null && span.startMs < span.endMs;
  });
  const fault = `\`${text}\` is not an interval`;
  return new UsageError("usage.interval", reason === null ? fault : `${fault}: ${reason}`, {
    hint:
      near === undefined
        ? "write `start/end` in ISO 8601, a day, a month or a relative interval: --interval 2026-10-01/2026-10-08, --interval 2026-10, --interval yesterday, --interval last-7d"
        : `did you mean --interval ${near}? All forms: genscope help intervals`,
  });
}

/**
 * Throws unless the string names a time zone, even if the zone has no effect.
 * @throws UsageError `usage.time_zone`
 */
export function checkTimeZone(timeZone: string): void {
  requireCalendar(timeZone);
}

function requireCalendar(timeZone: string): Calendar {
  const calendar = openCalendar(timeZone);
  if (calendar !== null) return calendar;
  throw new UsageError("usage.time_zone", `\`${timeZone}\` is not a time zone`, {
    hint: "use an IANA name: --time-zone Europe/Berlin",
  });
}

/**
 * Formats an interval as `2026-10-01T00:00:00.000Z/2026-10-02T00:00:00.000Z`, always in UTC, so that parts
 * match the platform's daily indexes.
 */
export function formatInterval({ startMs, endMs }: Interval): string {
  return `${new Date(startMs).toISOString()}/${new Date(endMs).toISOString()}`;
}

/** Splits an interval at UTC midnights. Only the first and the last part can be shorter than a day. */
export function splitIntoUtcDays(interval: Interval): readonly Interval[] {
  return splitByDays(interval, 1);
}

/** Splits an interval at UTC midnights into parts of at most `days` days, without gap or overlap. */
export function splitByDays({ startMs, endMs }: Interval, days: number): readonly Interval[] {
  const parts: Interval[] = [];
  for (let fromMs = startMs; fromMs < endMs; ) {
    const midnightMs = Math.floor(fromMs / DAY_MS) * DAY_MS;
    const toMs = Math.min(endMs, midnightMs + days * DAY_MS);
    parts.push({ startMs: fromMs, endMs: toMs });
    fromMs = toMs;
  }
  return parts;
}

function wholeUnit(word: string, calendar: Calendar, nowMs: number): Interval | null {
  const meaning = ownValue(WORDS, word);
  return meaning === undefined ? null : calendar.unitAt(nowMs, ...meaning);
}

function rolling(word: string, calendar: Calendar, nowMs: number): Interval | null {
  const [, count, unit] = ROLLING.exec(word) ?? [];
  if (count === undefined || unit === undefined) return null;
  const endMs = Math.floor(nowMs / MINUTE_MS) * MINUTE_MS;
  const startMs = calendar.move(endMs, unit === "h" ? `PT${count}H` : `P${count}${unit.toUpperCase()}`, -1);
  return startMs === null ? null : { startMs, endMs };
}

function betweenEnds(text: string, calendar: Calendar, nowMs: number): Interval | null {
  const [first = "", second = "", ...more] = text.split("/").map((end) => end.trim());
  if (more.length > 0) return null;
  const instant = (end: string) =>
    end === "now" ? nowMs : (calendar.instantOf(end) ?? calendar.spanOf(end)?.startMs ?? null);
  const startsWithLength = first.startsWith("P");
  const endsWithLength = second.startsWith("P");
  if (startsWithLength && endsWithLength) return null;
  const endOf = endsWithLength ? null : instant(second);
  const move = (fromMs: number | null, length: string, direction: 1 | -1) =>
    fromMs === null ? null : calendar.move(fromMs, length, direction);
  const startMs = startsWithLength ? move(endOf, first, -1) : instant(first);
  const endMs = endsWithLength ? move(startMs, second, 1) : endOf;
  return startMs === null || endMs === null ? null : { startMs, endMs };
}
