import type { JobDefinition } from "../../analytics/datasets/dataset-access.ts";
import { asRecord, asString } from "../../core/json.ts";
import type { Api } from "../../platform/api/api.ts";
import { requireJson } from "../../platform/api/api-client.ts";
import { ApiError } from "../../platform/api/api-error.ts";

const DAY_MS = 86_400_000;

/**
 * Returns the instant before which the data lake is complete, in milliseconds since the epoch, or null for a dataset
 * that has no such instant. The API definition guarantees only data before `dataAvailabilityDate`: a job beyond it
 * succeeds and omits data that has not arrived yet. A response without the date therefore never counts as "no limit".
 * @throws ApiError `export.watermark_unknown`, and the error of a refused request
 */
export async function readWatermark(
  api: Api,
  { availabilityPath, lagMs }: JobDefinition,
  nowMs: number,
): Promise<number | null> {
  // A dataset with a fixed delay is complete up to a day boundary.
  if (lagMs !== undefined) return Math.floor((nowMs - lagMs) / DAY_MS) * DAY_MS;
  if (availabilityPath === null) return null;
  const request = { method: "GET", path: availabilityPath };
  const answer = await api.send(request);
  const date = asString(asRecord(requireJson(request, answer, api.region))["dataAvailabilityDate"]);
  const watermarkMs = Date.parse(date ?? "");
  if (!Number.isNaN(watermarkMs)) return watermarkMs;
  throw new ApiError(
    "export.watermark_unknown",
    `the response to \`GET ${availabilityPath}\` has no \`dataAvailabilityDate\``,
    { request, answer, hint: `inspect the response: genscope query GET ${availabilityPath}` },
  );
}
