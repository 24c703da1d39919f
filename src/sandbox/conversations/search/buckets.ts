import { asString, type JsonRecord } from "../../../core/json.ts";
import { ownValue } from "../../../core/own-value.ts";
import { invalidValue, type Refusal, refusal } from "../../refusal.ts";
import { at } from "../plan/instant.ts";
import type { SearchInterval } from "./interval.ts";
import { localDaysOf } from "./local-days.ts";

const DAYS: Readonly<Record<string, number>> = { D: 1, W: 7 };
const TIME_MS: Readonly<Record<string, number>> = { H: 3_600_000, M: 60_000 };

/**
 * Splits the interval by the body's `granularity`, starting at the beginning of the interval. Without a granularity,
 * the whole interval is one bucket. Supports periods of days, weeks, hours and minutes. Days begin and end in the
 * body's `timeZone`, which is UTC by default.
 * @param mostBuckets maximum number of buckets in one response
 */
export function bucketsIn(
  body: JsonRecord,
  interval: SearchInterval,
  mostBuckets: number,
): readonly SearchInterval[] | Refusal {
  const granularity = asString(body["granularity"]);
  const timeZone = asString(body["timeZone"]) ?? "UTC";
  const calendar = localDaysOf(timeZone);
  if (calendar === null) return invalidValue(timeZone, "timeZone");
  if (granularity === null) return [interval];
  const [, day, dayUnit = "", time, timeUnit = ""] =
    /^P(?:(\d{1,6})([DW]))?(?:T(\d{1,9})([HM]))?$/.exec(granularity) ?? [];
  const days = Number(day ?? 0) * (ownValue(DAYS, dayUnit) ?? 0);
  const timeMs = Number(time ?? 0) * (ownValue(TIME_MS, timeUnit) ?? 0);
  if (days + timeMs <= 0) return invalidValue(granularity, "granularity");
  const edgeAt = (index: number): number =>
    (days === 0 ? interval.startMs : calendar.after(interval.startMs, index * days)) + index * timeMs;
  const buckets: SearchInterval[] = [];
  for (let startMs = interval.startMs; startMs < interval.endMs; ) {
    if (buckets.length === mostBuckets) {
      return refusal(
        400,
        "response.entity.too.large",
        "The response is over the size limit. Reduce the interval or use a larger granularity.",
      );
    }
    const endMs = Math.min(interval.endMs, edgeAt(buckets.length + 1));
    buckets.push({ startMs, endMs });
    startMs = endMs;
  }
  return buckets;
}

/** Returns the index of the bucket that contains an instant; -1 when no bucket does. */
export function bucketAt(buckets: readonly SearchInterval[], ms: number): number {
  let low = 0;
  let high = buckets.length - 1;
  while (low <= high) {
    const middle = (low + high) >> 1;
    const bucket = buckets[middle];
    if (bucket === undefined) break;
    if (ms < bucket.startMs) high = middle - 1;
    else if (ms >= bucket.endMs) low = middle + 1;
    else return middle;
  }
  return -1;
}

/** Formats an interval as `start/end`. */
export function intervalText({ startMs, endMs }: SearchInterval): string {
  return `${at(startMs)}/${at(endMs)}`;
}
