/** A query for API usage. Its rows are those that existed when it was started. */
export interface StartedUsageQuery {
  readonly id: string;
  /** Operation that started the query, as `METHOD /path`. */
  readonly startedBy: string;
  /** Id of the subject that started the query. The query is hidden from every other caller. */
  readonly ownerId: string;
  readonly rows: () => readonly unknown[];
  polls: number;
}
