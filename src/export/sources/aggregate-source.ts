import { formatInterval, type Interval } from "../../analytics/interval.ts";
import { bucketBorders, divideInterval } from "../../analytics/splitting/divide-interval.ts";
import { asString, type JsonRecord } from "../../core/json.ts";
import type { Source } from "./source.ts";

/** Returns the source for one day's aggregates, which arrive in a single response without pages. */
export function aggregateSource(options: {
  readonly path: string;
  readonly itemsKey: string;
  /** Query fields: metrics, groups, granularity and filter. */
  readonly body: JsonRecord;
}): Source {
  const granularity = asString(options.body["granularity"]);
  return {
    parents: null,
    frame: null,
    itemsKey: options.itemsKey,
    pageSizes: { largest: 1, smallest: 1 },
    jobs: null,
    isResumable: false,
    divide: (interval, count) => {
      // Without a granularity, each piece would return its own data point instead of one for the whole day.
      if (granularity === null) return null;
      const borders = bucketBorders(interval, granularity, asString(options.body["timeZone"]) ?? "UTC");
      return borders === null ? null : divideInterval(interval, count, borders);
    },
    requestPage: (part) => ({
      method: "POST",
      path: options.path,
      body: { ...options.body, interval: formatInterval(part.interval as Interval) },
    }),
    nextCursor: () => null,
    isSettled: () => true,
  };
}
