import { asString, type JsonRecord } from "../../../core/json.ts";
import { ownValue } from "../../../core/own-value.ts";
import { type Refusal, refusal } from "../../refusal.ts";
import { at } from "../plan/instant.ts";
import type { SearchInterval } from "./interval.ts";

const UNITS_MS: Readonly<Record<string, number>> = {
  D: 86_400_000,
  W: 7 * 86_400_000,
  H: 3_600_000,
  M: 60_000,
};

/** Largest number of buckets in one answer. */
const MOST_BUCKETS = 5_000;

/**
 * Splits the interval by the body's `granularity`, from its start on; without one it stays whole. Supports
 * periods of days, weeks, hours and minutes.
 */
export function bucketsIn(body: JsonRecord, interval: SearchInterval): readonly SearchInterval[] | Refusal {
  const granularity = asString(body["granularity"]);
  if (granularity === null) return [interval];
  const [, day, dayUnit = "", time, timeUnit = ""] =
    /^P(?:(\d+)([DW]))?(?:T(\d+)([HM]))?$/.exec(granularity) ?? [];
  const stepMs =
    Number(day ?? 0) * (ownValue(UNITS_MS, dayUnit) ?? 0) +
    Number(time ?? 0) * (ownValue(UNITS_MS, timeUnit) ?? 0);
  if (stepMs <= 0) {
    return refusal(400, "invalid.value", "Value [{value}] is not valid for parameter type [{type}]", {
      value: granularity,
      type: "granularity",
    });
  }
  const count = Math.ceil((interval.endMs - interval.startMs) / stepMs);
  if (count > MOST_BUCKETS) {
    return refusal(
      400,
      "response.entity.too.large",
      "The response is over the size limit. Reduce the interval or use a larger granularity.",
    );
  }
  return Array.from({ length: count }, (_, index) => ({
    startMs: interval.startMs + index * stepMs,
    endMs: Math.min(interval.endMs, interval.startMs + (index + 1) * stepMs),
  }));
}

/** Formats an interval as `start/end`. */
export function intervalText({ startMs, endMs }: SearchInterval): string {
  return `${at(startMs)}/${at(endMs)}`;
}
