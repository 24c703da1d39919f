import type { Dataset } from "../../analytics/datasets/dataset.ts";
import { type Day, splitIntoDays } from "../../analytics/days.ts";
import { type Interval, splitIntoUtcDays } from "../../analytics/interval.ts";
import type { Shard } from "../destination/destination.ts";
import { type Part, partOfDay, tailOfDay, WHOLE } from "../part/part.ts";

const DAY_MS = 86_400_000;
const MINUTE_MS = 60_000;

export interface PlanOptions {
  readonly dataset: Dataset;
  /** Null for a dataset without time. */
  readonly interval: Interval | null;
  /** Days of aggregates are this zone's. */
  readonly timeZone: string;
  /** Up to here the lake has everything; null where nobody says. */
  readonly watermarkMs: number | null;
  /** When the run began: what comes later is not planned. */
  readonly nowMs: number;
  /** Whether the live index fills what the lake does not have. */
  readonly hasFreshTail: boolean;
  readonly shard: Shard | null;
}

/** The end of an interval that can't be had yet. */
export interface Missing {
  readonly interval: Interval;
  /** Not collected yet, or not happened yet. */
  readonly code: "export.watermark" | "export.not_yet";
}

export interface Plan {
  readonly parts: readonly Part[];
  /** What the parts of all workers and what is missing add up to: less than is wanted where a tail ends with now. */
  readonly interval: Interval | null;
  /** The end of what this worker was asked for that can't be had yet; null when there is none. */
  readonly missing: Missing | null;
}

/** Until when days can be had as they are, and until when at all. */
interface Reach {
  readonly ownEndMs: number;
  readonly endMs: number;
  /** What to call the rest; null where a tail goes as far as one can now, and the interval ends there. */
  readonly code: Missing["code"] | null;
}

/**
 * Cuts what is wanted into parts: a day of the lake each, so that every conversation falls into exactly one; the end
 * of the interval stops at the watermark, beyond which the lake answers, and silently leaves out, and where nobody
 * names one, at what has happened.
 */
export function planParts(options: PlanOptions): Plan {
  const { interval, shard } = options;
  if (interval === null) {
    return { parts: shard === null || shard.number === 1 ? [WHOLE] : [], interval, missing: null };
  }
  const reach = reachOf(options, interval);
  const mine = daysOf(options, interval).filter((day) => isOfShard(day, shard));
  const own = mine.flatMap(({ date, ...day }) =>
    within(day, interval.startMs, reach.ownEndMs).map((piece) => ({ ...partOfDay(piece), key: date, date })),
  );
  const tails = mine.flatMap((day) => within(day, reach.ownEndMs, reach.endMs).map(tailOfDay));
  const rest = mine.flatMap((day) => within(day, reach.endMs, interval.endMs));
  return {
    parts: [...own, ...tails],
    interval: reach.code === null ? { ...interval, endMs: reach.endMs } : interval,
    missing: missingOf(rest, reach),
  };
}

function daysOf({ dataset, timeZone }: PlanOptions, interval: Interval): readonly Day[] {
  return dataset.access.kind === "aggregates"
    ? splitIntoDays(interval, timeZone)
    : splitIntoUtcDays(interval).map((day) => ({ ...day, date: partOfDay(day).key }));
}

function reachOf({ dataset, watermarkMs, nowMs, hasFreshTail }: PlanOptions, interval: Interval): Reach {
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

/** What of a day lies between two instants: one piece or none. */
function within(day: Interval, fromMs: number, untilMs: number): readonly Interval[] {
  const piece = { startMs: Math.max(day.startMs, fromMs), endMs: Math.min(day.endMs, untilMs) };
  return piece.startMs < piece.endMs ? [piece] : [];
}

/** From the first to the last piece; null when there is none. */
function missingOf(pieces: readonly Interval[], { code }: Reach): Missing | null {
  const startMs = pieces[0]?.startMs;
  const endMs = pieces.at(-1)?.endMs;
  if (startMs === undefined || endMs === undefined || code === null) return null;
  return { interval: { startMs, endMs }, code };
}

/** Until when all is told: the last minute is still being written. */
function lastMinuteBefore(nowMs: number): number {
  return Math.floor(nowMs / MINUTE_MS) * MINUTE_MS - MINUTE_MS;
}

/** By the day alone, so that every worker and every later run agrees on whose it is. */
function isOfShard({ startMs }: Interval, shard: Shard | null): boolean {
  return shard === null || Math.floor(startMs / DAY_MS) % shard.count === shard.number - 1;
}
