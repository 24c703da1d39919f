import type { Announcement } from "./announcement.ts";

/** First and last day or month, inclusive, as `2026-03-01` or `2026-03`; null for no limit. */
export interface Period {
  readonly since: string | null;
  readonly until: string | null;
}

/**
 * Returns the announcements of a period, oldest first. Those without a date come last, and only if the period
 * has no end.
 */
export function selectAnnouncements(
  announcements: readonly Announcement[],
  { since, until }: Period,
): readonly Announcement[] {
  return announcements
    .filter(({ date }) =>
      date === null
        ? until === null
        : (since === null || lastDayOf(date) >= since) && (until === null || date <= lastDayOf(until)),
    )
    .toSorted((a, b) => (a.date ?? "9999").localeCompare(b.date ?? "9999"));
}

/** Returns whether an announced date has passed. A month has passed once its last day is over. */
export function hasPassed({ date }: Pick<Announcement, "date">, today: string): boolean {
  return date !== null && lastDayOf(date) < today;
}

/**
 * Returns the last day of a month, or the given day. The result may not exist (`2026-02-31`) and is only compared as
 * text.
 */
function lastDayOf(date: string): string {
  return date.length === 7 ? `${date}-31` : date;
}
