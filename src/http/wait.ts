/** A wait before a request, for a person who watches. */
export interface Wait {
  readonly delayMs: number;
  /** The status that was answered to the last attempt, none, or the pace that keeps the token from being refused. */
  readonly reason: number | "no-answer" | "pace";
}
