/** An item of a job: one management unit and one period. */
export interface AdherenceItem {
  /** Index of the unit among all units. */
  readonly unit: number;
  readonly startMs: number;
  readonly endMs: number;
}

/** A job that creates files with the adherence of agents. */
export interface AdherenceJob {
  readonly id: string;
  /** Subject that submitted the job. No other subject can read its state. */
  readonly ownerId: string;
  readonly items: readonly AdherenceItem[];
  /** Number of polls so far. */
  polls: number;
}
