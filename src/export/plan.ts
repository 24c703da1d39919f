import type { Dataset } from "../analytics/dataset.ts";
import { splitIntoDays } from "../analytics/days.ts";
import { type Interval, splitIntoUtcDays } from "../analytics/interval.ts";
import type { Shard } from "./destination.ts";
import { type Part, partOfDay, tailOfDay, WHOLE } from "./part.ts";

const DAY_MS = 86_400_000;
const MINUTE_MS = 60_000;

export interface PlanOptions {
  readonly dataset: Dataset;
  /** Null for a dataset without time. */
  readonly interval: Interval | null;
  /** Days of aggregates are this zone's. */
  readonly timeZone: string;
  readonly watermarkMs: number | null;
  /** Whether the live index fills what the lake does not have. */
  readonly hasFreshTail: boolean;
  readonly shard: Shard | null;
}

export interface Plan {
  readonly parts: readonly Part[];
  /** The end of what this worker was asked for that can't be had yet; null when there is none. */
  readonly missing: Interval | null;
}

/**
 * Cuts what is wanted into parts: a day of the lake each, so that every conversation falls into exactly one; the end
 * of the interval stops at the watermark, beyond which the lake answers, and silently leaves out.
 */
export function planParts(options: PlanOptions): Plan {
  const { dataset, interval, watermarkMs, shard } = options;
  const isMine = (part: Part) => isOfShard(part, shard);
  if (interval === null) {
    return { parts: shard === null || shard.number === 1 ? [WHOLE] : [], missing: null };
  }
  if (dataset.access.kind === "aggregates") {
    const parts = splitIntoDays(interval, options.timeZone).map(({ date, ...day }) => ({
      ...partOfDay(day),
      key: date,
      date,
    }));
    return { parts: parts.filter(isMine), missing: null };
  }
  const lakeEndMs = Math.min(interval.endMs, watermarkMs ?? interval.endMs);
  const lake = splitIntoUtcDays({ startMs: interval.startMs, endMs: lakeEndMs })
    .map(partOfDay)
    .filter(isMine);
  const beyond = { startMs: Math.max(interval.startMs, lakeEndMs), endMs: interval.endMs };
  const tail = splitIntoUtcDays(beyond).map(tailOfDay).filter(isMine);
  return options.hasFreshTail
    ? { parts: [...lake, ...tail], missing: null }
    : { parts: lake, missing: spanOf(tail) };
}

/** From the first to the last part; null when there is none. */
function spanOf(parts: readonly Part[]): Interval | null {
  const startMs = parts[0]?.interval?.startMs;
  const endMs = parts.at(-1)?.interval?.endMs;
  return startMs === undefined || endMs === undefined ? null : { startMs, endMs };
}

/** The interval as far as the live index can fill it: its last minute is still being written. */
export function untilLastMinute(interval: Interval, nowMs: number): Interval {
  const lastMs = Math.floor(nowMs / MINUTE_MS) * MINUTE_MS - MINUTE_MS;
  return { startMs: interval.startMs, endMs: Math.min(interval.endMs, lastMs) };
}

/** By the day alone, so that every worker and every later run agrees on whose it is. */
function isOfShard({ interval }: Part, shard: Shard | null): boolean {
  if (shard === null || interval === null) return true;
  return Math.floor(interval.startMs / DAY_MS) % shard.count === shard.number - 1;
}
