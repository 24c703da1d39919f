import type { JsonRecord } from "../../../../core/json.ts";

/**
 * Returns the refusals in an object that counts responses per status, such as `{"200": 1022, "403": 4}` in a field
 * `statusCounts`, without those that occurred zero times. Returns null for any other object.
 */
export function readCountedStatuses(name: string, record: JsonRecord): readonly number[] | null {
  const entries = Object.entries(record);
  const areCounts = entries.every(([key, count]) => /^[1-5]\d\d$/.test(key) && Number.isInteger(count));
  if (entries.length < 2 || !areCounts || !/status|code|response|error/i.test(name)) return null;
  return entries.filter(([key, count]) => Number(key) >= 400 && count !== 0).map(([key]) => Number(key));
}
