import type { Interval } from "../../analytics/interval.ts";

/** What is fetched, checkpointed and replaced as one: a day of a dataset, what the lake does not have of it yet, or all of a listing. */
export interface Part {
  /** `2026-10-05`, `2026-10-05-tail`, `all`; names its files. */
  readonly key: string;
  /** The day as partitions are named by it; null where there are no days. */
  readonly date: string | null;
  /** What the part covers; null where the dataset knows no time. */
  readonly interval: Interval | null;
  /** Read from the live index before the lake has it: replaced later. */
  readonly isProvisional: boolean;
}

/** One UTC day, or a piece of it. */
export function partOfDay(interval: Interval): Part {
  const date = new Date(interval.startMs).toISOString().slice(0, 10);
  return { key: date, date, interval, isProvisional: false };
}

/** The piece of a day that the lake does not have yet. */
export function tailOfDay(interval: Interval): Part {
  const part = partOfDay(interval);
  return { ...part, key: tailKeyOf(part.key), isProvisional: true };
}

/** The key of the piece of a day that the lake does not have yet. */
export function tailKeyOf(day: string): string {
  return `${day}-tail`;
}

/** The day of a part, by its key; null for a listing. */
export function dateOfKey(key: string): string | null {
  return key === WHOLE.key ? null : key.slice(0, "YYYY-MM-DD".length);
}

/** A listing, whole. */
export const WHOLE: Part = { key: "all", date: null, interval: null, isProvisional: false };
