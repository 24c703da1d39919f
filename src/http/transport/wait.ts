/** A wait before a request, to show to the user. */
export interface Wait {
  readonly delayMs: number;
  /** Status of the last attempt, `no-answer` after a failed connection, or `pace` for a wait that avoids a 429. */
  readonly reason: number | "no-answer" | "pace";
}
