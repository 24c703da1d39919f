import { asString, type JsonRecord } from "../../../core/json.ts";
import { type Refusal, refusal } from "../../refusal.ts";
import type { Entry } from "../archive/archive.ts";
import { DAY_MS } from "../plan/instant.ts";

const ISO_INSTANT = /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:?\d\d)?$/;

/** A period in milliseconds since the epoch; the end is exclusive. */
export interface SearchInterval {
  readonly startMs: number;
  readonly endMs: number;
}

/**
 * Parses `start/end` in ISO 8601; a time without an offset is in UTC. Returns null for any other string, or when the
 * end precedes the start.
 */
export function parseInterval(text: string): SearchInterval | null {
  const [start = "", end = "", ...more] = text.split("/");
  if (more.length > 0 || !ISO_INSTANT.test(start) || !ISO_INSTANT.test(end)) return null;
  const startMs = parseInstant(start);
  const endMs = parseInstant(end);
  return endMs > startMs ? { startMs, endMs } : null;
}

/** Parses the body's `interval`. Refuses an interval longer than `longestDays`, unless that is null. */
export function intervalIn(body: JsonRecord, longestDays: number | null): SearchInterval | Refusal {
  const tooLong = refusal(400, "bad.request", "{message}", {
    message: `You must specify a search interval as part of your query${longestDays === null ? "" : ` that does not exceed ${longestDays} days`}`,
  });
  const text = asString(body["interval"]);
  if (text === null) return tooLong;
  const interval = parseInterval(text);
  if (interval === null) {
    return refusal(
      400,
      "invalid.date",
      "Dates must be specified as ISO-8601 strings. For example: yyyy-MM-ddTHH:mm:ss.SSSZ",
    );
  }
  const isTooLong = longestDays !== null && interval.endMs - interval.startMs > longestDays * DAY_MS;
  return isTooLong ? tooLong : interval;
}

/** Returns whether the conversation was open at any instant of the interval. */
export function overlaps(interval: SearchInterval, { startMs, endMs }: Entry): boolean {
  return startMs < interval.endMs && (endMs === null || endMs >= interval.startMs);
}

function parseInstant(text: string): number {
  return Date.parse(/(Z|[+-]\d\d:?\d\d)$/.test(text) ? text : `${text}Z`);
}
