/** The form of a query's response, which also determines the flags that the query accepts. */
export type QueryKind = "details" | "aggregates" | "observations" | "activity" | "listing" | "single";

/** The request for the next page of a response. */
export type PagingStyle =
  | "unpaged"
  | "page-number"
  | "next-uri"
  | "cursor"
  | "cursors-after"
  | "body"
  | "start-index"
  | "job";

/** A named analytics query of the platform. */
export interface NamedQuery {
  /** Name in words, such as `conversations details`. */
  readonly name: string;
  readonly method: "GET" | "POST";
  /** Path, starting with `/api/v2`; values for its placeholders follow the name on the command line. */
  readonly path: string;
  readonly kind: QueryKind;
  /** The subject of the query, which is the key of its dimensions and metrics. */
  readonly subject: string;
  /** Field of the response with the records; null when the response is the only record. */
  readonly resultKey: string | null;
  readonly paging: PagingStyle;
  /** Field that identifies a record; null when repeats are legitimate. */
  readonly recordKey: string | null;
  /** Maximum interval of one request in days, without and with a filter; null when no limit is known. */
  readonly span: { readonly plainDays: number; readonly filteredDays: number } | null;
  /** Whether the platform may change or withdraw the query without notice. */
  readonly isPreview: boolean;
}
