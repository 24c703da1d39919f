import { AGGREGATE_TRUTHS } from "./aggregates.ts";
import { CONFIGURED_TRUTHS } from "./configured.ts";
import { DAY_TRUTHS } from "./days.ts";
import { LISTING_TRUTHS } from "./listings.ts";
import type { DatasetTruth } from "./sandbox-truth.ts";
import { SCORE_TRUTHS } from "./scores.ts";

/** The sandbox's content for every dataset, by name. Add new datasets here. */
export const DATASET_TRUTHS: Readonly<Record<string, DatasetTruth>> = {
  ...CONFIGURED_TRUTHS,
  ...LISTING_TRUTHS,
  ...DAY_TRUTHS,
  ...AGGREGATE_TRUTHS,
  ...SCORE_TRUTHS,
};
