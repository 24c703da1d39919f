/** A part of a job: a management unit and a stretch of time. */
export interface AdherenceItem {
  /** Place of the unit among all of them. */
  readonly unit: number;
  readonly startMs: number;
  readonly endMs: number;
}

/** A job that makes files with the adherence of agents. */
export interface AdherenceJob {
  readonly id: string;
  /** Subject that submitted it; only that one may ask for its state. */
  readonly ownerId: string;
  readonly items: readonly AdherenceItem[];
  /** Number of polls so far. */
  polls: number;
}
