/** A query for API usage. Its rows are those that existed when it was started. */
export interface StartedUsageQuery {
  readonly id: string;
  /** Path of the operation that started the query. */
  readonly startedBy: string;
  /** Id of the subject that started the query. The query is hidden from every other caller. */
  readonly ownerId: string;
  readonly rows: () => readonly unknown[];
  polls: number;
}
