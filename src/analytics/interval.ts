import { UsageError } from "../core/errors.ts";
import { type Calendar, type CalendarUnit, openCalendar } from "./calendar.ts";

/** A stretch of time in milliseconds since the Unix epoch; the end is no part of it. */
export interface Interval {
  readonly startMs: number;
  readonly endMs: number;
}

/** What words and local times in an interval rest on. */
export interface IntervalOptions {
  /** IANA name, e.g. `Europe/Berlin`; UTC when absent. */
  readonly timeZone?: string | undefined;
  readonly nowMs: number;
}

const DAY_MS = 86_400_000;
const MINUTE_MS = 60_000;

/** Words for whole stretches of the calendar: the unit, and how many units after the present one. */
const WORDS: Readonly<Record<string, readonly [CalendarUnit, number]>> = {
  today: ["day", 0],
  yesterday: ["day", -1],
  "this-week": ["week", 0],
  "last-week": ["week", -1],
  "this-month": ["month", 0],
  "last-month": ["month", -1],
};

/** `last-7d` and its like end with the last full minute, so that what is counted has stopped moving. */
const ROLLING = /^last-([1-9]\d{0,3})(h|d|w)$/;

/**
 * The interval a person means: ISO 8601 `start/end`, `start/P1D`, `P1D/end` (dates, local times, times with an offset,
 * `now`), one date or month, or a word (`today`, `last-week`, `last-7d`). A date as an end is its first instant, as in
 * ISO 8601: `2026-10-01/2026-10-03` is two days.
 * @throws UsageError `usage.interval`, `usage.time_zone`
 */
export function parseInterval(text: string, { timeZone = "UTC", nowMs }: IntervalOptions): Interval {
  const calendar = requireCalendar(timeZone);
  const trimmed = text.trim();
  const interval = trimmed.includes("/")
    ? betweenEnds(trimmed, calendar, nowMs)
    : (wholeUnit(trimmed, calendar, nowMs) ?? rolling(trimmed, calendar, nowMs) ?? calendar.spanOf(trimmed));
  if (interval === null) {
    throw new UsageError("usage.interval", `\`${text}\` is not an interval`, {
      hint: "an interval is `start/end` in ISO 8601, a day, a month or a word: --interval 2026-10-01/2026-10-08, --interval 2026-10, --interval yesterday, --interval last-7d",
    });
  }
  if (interval.endMs <= interval.startMs) {
    const fault = interval.endMs === interval.startMs ? "is empty" : "ends before it has begun";
    throw new UsageError("usage.interval", `the interval \`${text}\` ${fault}`, {
      hint: "the end is not part of an interval: one day is --interval 2026-10-01/2026-10-02, or --interval 2026-10-01",
    });
  }
  return interval;
}

/** Sees to it that a time zone is one, also where nothing rests on it. @throws UsageError `usage.time_zone` */
export function checkTimeZone(timeZone: string): void {
  requireCalendar(timeZone);
}

function requireCalendar(timeZone: string): Calendar {
  const calendar = openCalendar(timeZone);
  if (calendar !== null) return calendar;
  throw new UsageError("usage.time_zone", `\`${timeZone}\` is not a time zone`, {
    hint: "time zones have IANA names: --time-zone Europe/Berlin",
  });
}

/** `2026-10-01T00:00:00.000Z/2026-10-02T00:00:00.000Z`: always UTC, which keeps slices on the platform's daily indexes. */
export function formatInterval({ startMs, endMs }: Interval): string {
  return `${new Date(startMs).toISOString()}/${new Date(endMs).toISOString()}`;
}

/** The parts of the interval that lie in one UTC day each: only the first and the last may be shorter than a day. */
export function splitIntoUtcDays(interval: Interval): readonly Interval[] {
  return splitByDays(interval, 1);
}

/** Parts of at most `days` UTC days each, cut at UTC midnights; together they are the interval, without gap or overlap. */
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
  const meaning = Object.hasOwn(WORDS, word) ? WORDS[word] : undefined;
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
