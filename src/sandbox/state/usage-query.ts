/** A query for API usage. Its rows are those of the time at which it was started. */
export interface StartedUsageQuery {
  readonly id: string;
  /** Operation that started it, as `METHOD /path`. */
  readonly startedBy: string;
  /** Id of the subject that started it; the sandbox hides it from every other caller. */
  readonly ownerId: string;
  readonly rows: () => readonly unknown[];
  polls: number;
}
