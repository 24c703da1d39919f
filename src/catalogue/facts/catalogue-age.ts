import type { Catalogue } from "./catalogue.ts";

/** Maximum age in days of a catalog that needs no warning; the platform publishes changes every week. */
const FRESH_DAYS = 60;

const DAY_MS = 86_400_000;

/**
 * Returns the age of a catalog in whole days when it is more than 60, otherwise null. A date in the future
 * comes from a wrong clock and counts as new.
 * @param nowMs milliseconds since the Unix epoch
 */
export function oldAgeOf({ date }: Pick<Catalogue, "date">, nowMs: number): number | null {
  const days = Math.floor((nowMs - Date.parse(date)) / DAY_MS);
  return days > FRESH_DAYS ? days : null;
}

/** Returns a sentence about an old catalog with the command that updates it; null for a newer one. */
export function describeOldAge(catalogue: Pick<Catalogue, "origin" | "date">, nowMs: number): string | null {
  const days = oldAgeOf(catalogue, nowMs);
  if (days === null) return null;
  const name = `${catalogue.origin === "cached" ? "updated" : "packaged"} catalog of ${catalogue.date}`;
  return `The ${name} is ${days} days old and may lack later changes to the platform. Update it: genscope catalog update`;
}
