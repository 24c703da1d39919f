/** What kind of answer a query gives, and with it which flags it takes. */
export type QueryKind = "details" | "aggregates" | "observations" | "activity" | "listing" | "single";

/** How the next page of an answer is asked for. */
export type PagingStyle =
  | "unpaged"
  | "page-number"
  | "next-uri"
  | "cursor"
  | "cursors-after"
  | "body"
  | "start-index"
  | "job";

/** An analytics query of the platform that has a name of its own. */
export interface NamedQuery {
  /** Words: `conversations details`. */
  readonly name: string;
  readonly method: "GET" | "POST";
  /** From `/api/v2` on; what stands in braces is given behind the name. */
  readonly path: string;
  readonly kind: QueryKind;
  /** What it is about: the key of its dimensions and metrics. */
  readonly subject: string;
  /** The field of the answer that holds the records; null when the answer is the one record. */
  readonly resultKey: string | null;
  readonly paging: PagingStyle;
  /** The field of a record that tells records apart; null where the same thing rightly comes more than once. */
  readonly recordKey: string | null;
  /** Days of an interval the platform takes in one request, without and with a filter; null where no limit is known. */
  readonly span: { readonly plainDays: number; readonly filteredDays: number } | null;
  /** The platform may change or withdraw it without notice. */
  readonly isPreview: boolean;
}
