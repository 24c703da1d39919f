import { formatInterval, type Interval } from "../../analytics/interval.ts";
import type { JsonRecord } from "../../core/json.ts";
import type { Source } from "./source.ts";

/** Aggregates of a day, in one answer that has no pages. */
export function aggregateSource(options: {
  readonly path: string;
  readonly itemsKey: string;
  /** Metrics, groups, granularity and filter. */
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
