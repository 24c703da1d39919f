import type { Flattener } from "../table.ts";
import type { RecordModel } from "../tables/record-flattener.ts";

/** Names of the exportable datasets, as typed after `genscope export`. Each has a file in this folder. */
export type DatasetName =
  | "conversations details"
  | "users details"
  | "conversations aggregates"
  | "users aggregates"
  | "audits"
  | "users"
  | "queues"
  | "wrap-up codes"
  | "skills"
  | "divisions"
  | "flows"
  | "presence definitions"
  | "roles"
  | "oauth clients"
  | "groups"
  | "teams"
  | "stations"
  | "locations"
  | "schedules"
  | "schedule groups"
  | "flow outcomes"
  | "flow milestones"
  | "campaigns"
  | "contact lists"
  | "dnc lists"
  | "languages"
  | "sites"
  | "trunks";

/**
 * How a listing gives its pages: by `pageNumber` and `pageSize`; by `pageSize` and a cursor in `nextUri`; without
 * parameters, by `nextUri` if there is more; or everything in one answer.
 */
export type ListingPaging = "page-number" | "cursor" | "next-uri" | "one-answer";

/** Requests of an asynchronous query: submit it, poll its state, read its result pages by cursor. */
export interface JobDefinition {
  readonly path: string;
  /** Field of the submission's answer that contains the job id. */
  readonly idField: string;
  readonly itemsKey: string;
  readonly largestPage: number;
  /** Job states in capitals. */
  readonly finishedStates: readonly string[];
  readonly lostStates: readonly string[];
  readonly canBeDeleted: boolean;
  /** Path of the date up to which the data is complete; null where the API has none. */
  readonly availabilityPath: string | null;
  /** Fields that every submission contains besides its interval and filters. */
  readonly body: Readonly<Record<string, unknown>>;
}

/** Requests that return a dataset's records. */
export type DatasetAccess =
  | {
      readonly kind: "jobs";
      readonly definition: JobDefinition;
      /** The live query for days that the jobs do not cover yet. */
      readonly tail: {
        readonly path: string;
        readonly itemsKey: string;
        readonly largestPage: number;
      } | null;
    }
  /** One answer per day. */
  | { readonly kind: "aggregates"; readonly path: string; readonly itemsKey: string }
  | {
      readonly kind: "listing";
      readonly path: string;
      /** Parameters of the requests, one after another, whose answers together are the listing. */
      readonly queries: readonly Readonly<Record<string, string>>[];
      readonly itemsKey: string;
      readonly largestPage: number;
      readonly paging: ListingPaging;
    };

/** Options of a flattener that depend on the request. */
export interface FlattenerOptions {
  /** Dimensions by which aggregates are grouped. */
  readonly groupBy: readonly string[];
}

/** Tables of a dataset in CSV and Parquet: one row per record, or related tables. */
export type DatasetTables =
  | { readonly kind: "one-row"; readonly model: RecordModel }
  | { readonly kind: "related"; flattener(options: FlattenerOptions): Promise<Flattener> };

/** One exportable dataset: its requests, its records and its tables. */
export interface Dataset<Name extends DatasetName = DatasetName> {
  readonly name: Name;
  readonly summary: string;
  /** Name of the main table, and of the directory of its files. */
  readonly table: string;
  readonly access: DatasetAccess;
  /** Field that identifies a record; `bytes` where only the whole record does, null where repeats are legitimate. */
  readonly identity: { readonly field: string } | "bytes" | null;
  /** Fields with the start and the end of a record, for records that belong to days. */
  readonly life: { readonly start: string; readonly end: string } | null;
  /** Fields that no file ever contains, at any depth of a record. */
  readonly withheld: readonly string[];
  /** Default metrics of an aggregate. */
  readonly metrics: readonly string[];
  readonly tables: DatasetTables;
}
