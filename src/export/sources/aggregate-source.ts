import { formatInterval, type Interval } from "../../analytics/interval.ts";
import type { JsonRecord } from "../../core/json.ts";
import type { Source } from "./source.ts";

/** Returns the source of one day's aggregates, which is a single unpaged answer. */
export function aggregateSource(options: {
  readonly path: string;
  readonly itemsKey: string;
  /** Query fields: metrics, groups, granularity and filter. */
  readonly body: JsonRecord;
}): Source {
  return {
    itemsKey: options.itemsKey,
    pageSizes: { largest: 1, smallest: 1 },
    jobs: null,
    isResumable: false,
    requestPage: (part) => ({
      method: "POST",
      path: options.path,
      body: { ...options.body, interval: formatInterval(part.interval as Interval) },
    }),
    nextCursor: () => null,
    isSettled: () => true,
  };
}
