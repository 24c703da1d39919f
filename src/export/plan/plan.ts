import type { Dataset } from "../../analytics/datasets/dataset.ts";
import { type Day, splitIntoDays } from "../../analytics/days.ts";
import { type Interval, splitIntoUtcDays } from "../../analytics/interval.ts";
import type { Shard } from "../destination/destination.ts";
import { type Part, partOfDay, tailOfDay, WHOLE } from "../part/part.ts";

const DAY_MS = 86_400_000;
const MINUTE_MS = 60_000;

export interface PlanOptions {
  readonly dataset: Dataset;
  /** Requested interval; null for a dataset without time. */
  readonly interval: Interval | null;
  /** Time zone that determines the days of aggregates. */
  readonly timeZone: string;
  /** Instant before which the data lake is complete; null when the platform does not report one. */
  readonly watermarkMs: number | null;
  /** Start of the run. The plan omits later data. */
  readonly nowMs: number;
  /** Whether to query the live index for the data that the data lake does not contain yet. */
  readonly hasFreshTail: boolean;
  readonly shard: Shard | null;
}

/** The last stretch of an interval, for which data is not available yet. */
export interface UnavailableEnd {
  readonly interval: Interval;
  /**
   * `export.watermark`: the data lake does not contain the data yet. `export.not_yet`: the data is still in the future.
   */
  readonly code: "export.watermark" | "export.not_yet";
}

export interface Plan {
  readonly parts: readonly Part[];
  /**
   * Interval that the parts of all workers and the missing end together cover. It is shorter than the requested one
   * when a provisional tail ends at the current time. Null for a dataset without time.
   */
  readonly interval: Interval | null;
  /** The available part of the interval, for all workers together; null for a dataset without time. */
  readonly reached: Interval | null;
  /** The last stretch of this worker's interval, if its data is not available yet; null when nothing is missing. */
  readonly missing: UnavailableEnd | null;
}

/** The times, in milliseconds since the Unix epoch, at which the data for the regular parts and for all parts ends. */
interface AvailableSpan {
  readonly ownEndMs: number;
  readonly endMs: number;
  /** Code for the missing end; null when a tail covers everything up to the current time. */
  readonly code: UnavailableEnd["code"] | null;
}

/**
 * Splits the requested interval into parts. Each part is one day of the data lake, so every conversation belongs
 * to exactly one part. The interval stops at the watermark, because a query beyond it succeeds but silently
 * omits records. Without a watermark it stops at the current time.
 */
export function planParts(options: PlanOptions): Plan {
  const { interval, shard } = options;
  if (interval === null) {
    const parts = shard === null || shard.number === 1 ? [WHOLE] : [];
    return { parts, interval, reached: interval, missing: null };
  }
  const available = availableSpanOf(options, interval);
  const mine = daysOf(options, interval).filter((day) => isOfShard(day, shard));
  const own = mine.flatMap(({ date, ...day }) =>
    within(day, interval.startMs, available.ownEndMs).map((piece) => ({
      ...partOfDay(piece),
      key: date,
      date,
    })),
  );
  const tails = mine.flatMap((day) => within(day, available.ownEndMs, available.endMs).map(tailOfDay));
  const rest = mine.flatMap((day) => within(day, available.endMs, interval.endMs));
  return {
    parts: [...own, ...tails],
    interval: available.code === null ? { ...interval, endMs: available.endMs } : interval,
    reached: { ...interval, endMs: Math.max(interval.startMs, available.endMs) },
    missing: missingOf(rest, available, options.nowMs),
  };
}

function daysOf({ dataset, timeZone }: PlanOptions, interval: Interval): readonly Day[] {
  return dataset.access.kind === "aggregates"
    ? splitIntoDays(interval, timeZone)
    : splitIntoUtcDays(interval).map((day) => ({ ...day, date: partOfDay(day).key }));
}

function availableSpanOf(
  { dataset, watermarkMs, nowMs, hasFreshTail }: PlanOptions,
  interval: Interval,
): AvailableSpan {
  const { startMs, endMs } = interval;
  const happenedMs = Math.min(endMs, lastMinuteBefore(nowMs));
  if (dataset.access.kind !== "jobs" || watermarkMs === null) {
    const ownEndMs = endMs > nowMs ? happenedMs : endMs;
    return { ownEndMs, endMs: ownEndMs, code: "export.not_yet" };
  }
  const lakeEndMs = Math.min(endMs, watermarkMs);
  if (!hasFreshTail) return { ownEndMs: lakeEndMs, endMs: lakeEndMs, code: "export.watermark" };
  const liveEndMs = Math.max(lakeEndMs, happenedMs);
  return {
    ownEndMs: lakeEndMs,
    endMs: liveEndMs,
    code: liveEndMs > startMs ? null : "export.not_yet",
  };
}

/** Returns the part of a day that lies between two instants; empty if none exists. */
function within(day: Interval, fromMs: number, untilMs: number): readonly Interval[] {
  const piece = { startMs: Math.max(day.startMs, fromMs), endMs: Math.min(day.endMs, untilMs) };
  return piece.startMs < piece.endMs ? [piece] : [];
}

/** Returns the unavailable end of the interval, which covers all of these parts; null when there are none. */
function missingOf(
  pieces: readonly Interval[],
  { code }: AvailableSpan,
  nowMs: number,
): UnavailableEnd | null {
  const startMs = pieces[0]?.startMs;
  const endMs = pieces.at(-1)?.endMs;
  if (startMs === undefined || endMs === undefined || code === null) return null;
  return { interval: { startMs, endMs }, code: startMs >= nowMs ? "export.not_yet" : code };
}

/** Returns the end of the second-to-last complete minute, because the data of the last one may still be arriving. */
function lastMinuteBefore(nowMs: number): number {
  return Math.floor(nowMs / MINUTE_MS) * MINUTE_MS - MINUTE_MS;
}

/** Returns whether this worker exports the day. Depends only on the day, so later runs make the same choice. */
function isOfShard({ startMs }: Interval, shard: Shard | null): boolean {
  return shard === null || Math.floor(startMs / DAY_MS) % shard.count === shard.number - 1;
}
