import type { Interval } from "../../analytics/interval.ts";

/**
 * The unit that is fetched, checkpointed and replaced: one day of a dataset, the provisional tail of a day, or
 * a whole listing.
 */
export interface Part {
  /** Base name of the part's files: `2026-10-05`, `2026-10-05-tail` or `all`. */
  readonly key: string;
  /** Date of the part's partition; null for a listing. */
  readonly date: string | null;
  /** Interval of the part; null for a dataset without time. */
  readonly interval: Interval | null;
  /**
   * Whether the records are provisional. Such records come from the live index and are replaced once the data lake has
   * them.
   */
  readonly isProvisional: boolean;
}

/** Returns the part for one UTC day, or for a section of one. */
export function partOfDay(interval: Interval): Part {
  const date = new Date(interval.startMs).toISOString().slice(0, 10);
  return { key: date, date, interval, isProvisional: false };
}

/** Returns the provisional part for the piece of a day that the data lake does not have yet. */
export function tailOfDay(interval: Interval): Part {
  const part = partOfDay(interval);
  return { ...part, key: tailKeyOf(part.key), isProvisional: true };
}

/** Returns the key of a day's provisional part. */
export function tailKeyOf(day: string): string {
  return `${day}-tail`;
}

/** Returns the day in a part's key; null for a listing. */
export function dateOfKey(key: string): string | null {
  return key === WHOLE.key ? null : key.slice(0, "YYYY-MM-DD".length);
}

/** The single part of a listing. */
export const WHOLE: Part = { key: "all", date: null, interval: null, isProvisional: false };
