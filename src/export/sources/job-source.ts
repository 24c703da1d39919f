import type { JobDefinition } from "../../analytics/datasets/dataset-access.ts";
import { formatInterval, type Interval } from "../../analytics/interval.ts";
import { createJobControl, type JobControlOptions } from "../../analytics/jobs/job-control.ts";
import { divideInterval, minuteBorders } from "../../analytics/splitting/divide-interval.ts";
import { asString, type JsonRecord } from "../../core/json.ts";
import type { Source } from "./source.ts";

const SMALLEST_PAGE = 25;

export interface JobSourceOptions extends Omit<JobControlOptions, "protocol"> {
  readonly definition: JobDefinition;
  /**
   * Name of the page field with the records, which differs from that of the jobs when they lead to other
   * records.
   */
  readonly itemsKey: string;
  /** Query fields of the submission, such as filters. */
  readonly body: JsonRecord;
  /** Whether a record is the same in every interval that returns it. */
  readonly canDivide: boolean;
}

/**
 * Returns the pages of an asynchronous query: complete, with attributes, and with a cursor that another
 * process can resume.
 */
export function jobSource({ definition, itemsKey, body, canDivide, ...options }: JobSourceOptions): Source {
  const control = createJobControl({
    ...options,
    protocol: { ...definition, idFields: [definition.idField] },
  });
  const cursorName = definition.isOneAddress === true ? "after" : "cursor";
  return {
    parents: null,
    frame: null,
    itemsKey,
    pageSizes: { largest: definition.largestPage, smallest: SMALLEST_PAGE },
    isResumable: true,
    divide: (interval, count) => (canDivide ? divideInterval(interval, count, minuteBorders()) : null),
    jobs: {
      submit: async (part, signal) =>
        await control.submit(
          { ...body, ...definition.body, interval: intervalOf(definition, part.interval as Interval) },
          signal,
        ),
      settle: control.settle,
      remove: control.remove,
    },
    requestPage: (_part, job, cursor, pageSize) => ({
      method: "GET",
      path: control.resultsPath(job ?? ""),
      query: { pageSize, ...(cursor === null ? {} : { [cursorName]: cursor }) },
    }),
    nextCursor: (_part, _cursor, { envelope: { fields } }) =>
      definition.isOneAddress === true ? afterOf(fields) : asString(fields["cursor"]),
    isSettled: () => true,
  };
}

/** Formats an interval. If the end day is included, the interval ends within the last day. */
function intervalOf({ countsDays }: JobDefinition, interval: Interval): string {
  return formatInterval(countsDays === true ? { ...interval, endMs: interval.endMs - 1 } : interval);
}

/** Returns the cursor in the address of the next page; null on the last page. */
function afterOf({ nextUri }: JsonRecord): string | null {
  const uri = asString(nextUri);
  return uri === null ? null : new URL(uri, "https://api.invalid").searchParams.get("after");
}
