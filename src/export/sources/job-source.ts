import type { JobDefinition } from "../../analytics/datasets/dataset-access.ts";
import { formatInterval, type Interval } from "../../analytics/interval.ts";
import { createJobControl, type JobControlOptions } from "../../analytics/jobs/job-control.ts";
import { JobLost } from "../../analytics/jobs/job-lost.ts";
import { divideInterval, minuteBorders } from "../../analytics/splitting/divide-interval.ts";
import type { JsonRecord } from "../../core/json.ts";
import type { Source } from "./source.ts";

const SMALLEST_PAGE = 25;

export interface JobSourceOptions extends Omit<JobControlOptions, "protocol"> {
  readonly definition: JobDefinition;
  /**
   * Name of the page field that contains the records. It differs from the field in the job's results when other
   * records, such as recordings, replace these results.
   */
  readonly itemsKey: string;
  /** Query fields of the request that submits the job, such as filters. */
  readonly body: JsonRecord;
  /** Whether a record is identical in every interval that returns it. */
  readonly canDivide: boolean;
}

/**
 * Returns the source for an asynchronous query. Its pages are complete, have attributes, and have a cursor from which
 * another process can resume.
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
      definition.isOneAddress === true ? afterOf(fields) : textOf(fields["cursor"]),
    isSettled: () => true,
  };
}

/**
 * Formats an interval. If the platform includes the day on which an interval ends, the text ends within the last day.
 */
function intervalOf({ countsDays }: JobDefinition, interval: Interval): string {
  return formatInterval(countsDays === true ? { ...interval, endMs: interval.endMs - 1 } : interval);
}

/** Returns the cursor in the address of the next page; null on the last page. @throws JobLost */
function afterOf({ nextUri }: JsonRecord): string | null {
  const uri = textOf(nextUri);
  if (uri === null) return null;
  const after = URL.canParse(uri, ANY_HOST) ? new URL(uri, ANY_HOST).searchParams.get("after") : null;
  return textOf(after) ?? unreadable();
}

const ANY_HOST = "https://api.invalid";

/** Returns a string, or null for an absent or empty value. @throws JobLost for any other value */
function textOf(value: unknown): string | null {
  if (value === undefined || value === null || value === "") return null;
  return typeof value === "string" ? value : unreadable();
}

/** Throws for a cursor that cannot be read, because treating it as the end would lose the remaining pages. */
function unreadable(): never {
  throw new JobLost("unknown", "the cursor of the next page cannot be read");
}
