/** A query for API usage. Its rows are the ones that existed when it was started. */
export interface StartedUsageQuery {
  readonly id: string;
  /** Operation that started it, as `METHOD /path`. */
  readonly startedBy: string;
  /** Id of the subject that started it; the sandbox hides it from every other caller. */
  readonly ownerId: string;
  readonly rows: () => readonly unknown[];
  polls: number;
}
