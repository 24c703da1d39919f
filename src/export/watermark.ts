import type { JobWords } from "../analytics/datasets/dataset.ts";
import { asRecord, asString } from "../core/json.ts";
import type { Api } from "../platform/api.ts";
import { requireJson } from "../platform/api-client.ts";
import { ApiError } from "../platform/api-error.ts";

/**
 * Up to when the lake has everything, in milliseconds since the epoch; null for a dataset of which the platform
 * does not say. A job beyond it succeeds and leaves out what is not there yet (domain facts: analytics, section 2.3),
 * so that an answer without the date must not be taken for one without a limit.
 * @throws ApiError `export.watermark_unknown`, and for whatever is refused
 */
export async function readWatermark(api: Api, { availabilityPath }: JobWords): Promise<number | null> {
  if (availabilityPath === null) return null;
  const request = { method: "GET", path: availabilityPath };
  const answer = await api.send(request);
  const date = asString(asRecord(requireJson(request, answer, api.region))["dataAvailabilityDate"]);
  const watermarkMs = Date.parse(date ?? "");
  if (!Number.isNaN(watermarkMs)) return watermarkMs;
  throw new ApiError(
    "export.watermark_unknown",
    `\`GET ${availabilityPath}\` does not say until when the platform has collected everything`,
    { request, answer, hint: `see what it answers: genscope query GET ${availabilityPath}` },
  );
}
