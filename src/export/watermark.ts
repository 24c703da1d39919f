import type { JobWords } from "../analytics/dataset.ts";
import { asRecord, asString } from "../core/json.ts";
import type { Api } from "../platform/api.ts";

/**
 * Up to when the lake has everything, in milliseconds since the epoch; null where the platform does not say. A job
 * beyond it succeeds and leaves out what is not there yet (domain facts: analytics, section 2.3).
 */
export async function readWatermark(api: Api, { availabilityPath }: JobWords): Promise<number | null> {
  if (availabilityPath === null) return null;
  const date = asString(asRecord(await api.get(availabilityPath))["dataAvailabilityDate"]);
  const watermarkMs = date === null ? Number.NaN : Date.parse(date);
  return Number.isNaN(watermarkMs) ? null : watermarkMs;
}
