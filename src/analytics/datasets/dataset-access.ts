import type { JsonRecord } from "../../core/json.ts";

/**
 * How a listing is paged: by `pageNumber` and `pageSize`, as parameters or in the body of a POST; by `pageSize`
 * and a cursor in `nextUri`; by `limit` and a cursor in `cursors.after`; without parameters, by `nextUri` if
 * there is more; or everything in one response.
 */
export type ListingPaging = "page-number" | "body" | "cursor" | "scan" | "next-uri" | "one-answer";

/** Requests of an asynchronous query: submit it, poll its state, read its result pages by cursor. */
export interface JobDefinition {
  readonly path: string;
  /** Field of the submit response that contains the job id. */
  readonly idField: string;
  readonly itemsKey: string;
  readonly largestPage: number;
  /** Job states in capitals. */
  readonly finishedStates: readonly string[];
  readonly lostStates: readonly string[];
  readonly canBeDeleted: boolean;
  /** Path of the operation that returns the date up to which data is complete; null when the API has none. */
  readonly availabilityPath: string | null;
  /**
   * Whether the address of the job itself returns its state, in `queryStatus`, and its results, in pages that link to
   * the next one. Otherwise, the results are at a path below the job and are paged with cursors.
   */
  readonly isOneAddress?: boolean;
  /** Whether the records are sums over whole UTC days, and an interval includes the day that it ends on. */
  readonly countsDays?: true;
  /** Maximum delay before the platform reports a day that has ended, in milliseconds; 0 by default. */
  readonly lagMs?: number;
  /** Fields that every submission contains in addition to its interval and filters. */
  readonly body: Readonly<Record<string, unknown>>;
}

/** Requests for a listing of the current state. */
export interface ListingAccess {
  readonly kind: "listing";
  readonly path: string;
  /** Parameters of the consecutive requests whose responses together form the listing. */
  readonly queries: readonly Readonly<Record<string, string>>[];
  readonly itemsKey: string;
  readonly largestPage: number;
  readonly paging: ListingPaging;
  /**
   * Content of a response: a page with its records in `itemsKey` (by default), a bare list of records, or one
   * record.
   */
  readonly shape?: "page" | "list" | "record";
}

/** A query of the live index for an interval. Its body contains the page number and the page size. */
export interface LiveQuery {
  readonly path: string;
  readonly itemsKey: string;
  readonly largestPage: number;
}

/** Objects that each have their own listing, such as the queues with their members. */
export interface ParentAccess {
  /** The listing that returns the objects, or the query that returns a day's objects. */
  readonly from: ListingAccess | (LiveQuery & { readonly kind: "query"; readonly body: JsonRecord });
  /** Returns the objects of a record: the record itself, or objects inside it. */
  objectsOf(record: JsonRecord): readonly JsonRecord[];
  /** Field that contains the start of an object, which determines its day; null for a listing. */
  readonly startField: string | null;
  /**
   * Fields that are added to the start of each record. The keys are their names; the values name the object's fields
   * whose values they get.
   */
  readonly repeated: Readonly<Record<string, string>>;
}

/** A report about an object on a UTC day: a job whose results are files at signed URLs. */
export interface ReportAccess {
  /** Path to which jobs are submitted. The state of a job is at `jobs/{id}` below it. */
  readonly path: string;
  /** Fields of a file that are added to the start of each record in it. */
  readonly repeated: readonly string[];
  /** Returns the body that requests the report about an object from `start` to `end`, both in RFC 3339. */
  bodyOf(objectId: string, start: string, end: string): JsonRecord;
}

/** Requests for one listing per object. Their paths contain fields of the object, such as `{id}`. */
export interface ChildAccess {
  readonly kind: "children";
  readonly parents: ParentAccess;
  readonly listing: ListingAccess;
  /** Whether a 404 is normal, because only some objects have records. */
  readonly mayLackAll?: true;
  /** The daily report about each object, when objects have no listing. */
  readonly report?: ReportAccess;
}

/** Requests that return a dataset's records. */
export type DatasetAccess =
  | {
      readonly kind: "jobs";
      readonly definition: JobDefinition;
      /** The live query for days that the jobs do not cover yet. */
      readonly tail: LiveQuery | null;
    }
  /** One response per day. */
  | { readonly kind: "aggregates"; readonly path: string; readonly itemsKey: string }
  | ListingAccess
  | ChildAccess;

/** Returns whether the records are in files that are downloaded. */
export function hasReports(access: DatasetAccess): boolean {
  return access.kind === "children" && access.report !== undefined;
}

/** Returns whether the records belong to days, so that an export needs an interval. */
export function hasDays(access: DatasetAccess): boolean {
  if (access.kind === "children") return access.parents.from.kind === "query" || hasReports(access);
  return access.kind !== "listing";
}
