import { AGGREGATE_JOB_FIELDS } from "../conversations/search/declared-fields.ts";
import { aggregatesOf } from "../visible-aggregates.ts";
import type { JobKind } from "./submission.ts";

/** Jobs for conversation aggregates, with one row per group. The request that submits a job sets its `pageSize`. */
export const AGGREGATE_JOBS: JobKind = {
  rowsKey: "results",
  includesAvailability: false,
  fields: AGGREGATE_JOB_FIELDS,
  plan(exchange, { body, interval }) {
    const results = aggregatesOf(exchange, interval, body);
    if ("template" in results) return results;
    return () => ({
      count: results.length,
      textAt: (place) => JSON.stringify(results[place]),
    });
  },
};
