/** A wait before a request, for display. */
export interface Wait {
  readonly delayMs: number;
  /** Status of the last attempt, a failed connection, or pacing that prevents a refusal. */
  readonly reason: number | "no-answer" | "pace";
}
