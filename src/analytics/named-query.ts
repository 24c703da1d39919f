/** The form of a query's answer, which also determines the flags that the query accepts. */
export type QueryKind = "details" | "aggregates" | "observations" | "activity" | "listing" | "single";

/** The request for the next page of an answer. */
export type PagingStyle =
  | "unpaged"
  | "page-number"
  | "next-uri"
  | "cursor"
  | "cursors-after"
  | "body"
  | "start-index"
  | "job";

/** An analytics query of the platform with a name of its own. */
export interface NamedQuery {
  /** Name in words, such as `conversations details`. */
  readonly name: string;
  readonly method: "GET" | "POST";
  /** Path from `/api/v2` on; values for its braces follow the name on the command line. */
  readonly path: string;
  readonly kind: QueryKind;
  /** The subject of the query, which is the key of its dimensions and metrics. */
  readonly subject: string;
  /** Field of the answer with the records; null when the answer is the only record. */
  readonly resultKey: string | null;
  readonly paging: PagingStyle;
  /** Field that identifies a record; null where repeats are legitimate. */
  readonly recordKey: string | null;
  /** Longest interval of one request in days, without and with a filter; null where no limit is known. */
  readonly span: { readonly plainDays: number; readonly filteredDays: number } | null;
  /** The platform may change or withdraw it without notice. */
  readonly isPreview: boolean;
}
