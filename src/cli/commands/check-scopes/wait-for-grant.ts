import type { Clock } from "../../../core/clock.ts";
import type { CheckedItem } from "./result.ts";

const STEP_MS = 5_000;
const LONGEST_PAUSE_MS = 30_000;

/** The outcome of a wait. */
export interface Waiting<Value> {
  /** The last value: the desired one, or the latest one when time ran out. */
  readonly value: Value;
  readonly isDone: boolean;
  readonly attempts: number;
  readonly waitedMs: number;
}

export interface WaitOptions<Value> {
  readonly isDone: (value: Value) => boolean;
  /** Maximum time to wait, not including the time that the attempts take. */
  readonly durationMs: number;
  readonly clock: Clock;
  readonly signal: AbortSignal;
  /** Called before every pause. */
  readonly onPause?: (pauseMs: number, value: Value) => void;
}

/**
 * Returns the pause before the next attempt: 5 s, 10 s, 15 s and so on up to 30 s. A changed role takes effect
 * within about a minute, and attempts in between use up the organization's rate limit. The last attempt happens
 * exactly when the time is up; after that, the result is null.
 * @param attempts number of attempts so far, at least one
 */
export function pauseBefore(attempts: number, waitedMs: number, durationMs: number): number | null {
  const left = durationMs - waitedMs;
  return left <= 0 ? null : Math.min(attempts * STEP_MS, LONGEST_PAUSE_MS, left);
}

/**
 * Asks immediately and again after each pause, until the value is the wanted one or the time is up.
 * @throws errors of `ask`; the signal's reason when aborted
 */
export async function waitForGrant<Value>(
  ask: () => Promise<Value>,
  { isDone, durationMs, clock, signal, onPause }: WaitOptions<Value>,
): Promise<Waiting<Value>> {
  let waitedMs = 0;
  for (let attempts = 1; ; attempts += 1) {
    const value = await ask();
    if (isDone(value)) return { value, isDone: true, attempts, waitedMs };
    const pauseMs = pauseBefore(attempts, waitedMs, durationMs);
    if (pauseMs === null) return { value, isDone: false, attempts, waitedMs };
    onPause?.(pauseMs, value);
    await clock.sleep(pauseMs, signal);
    waitedMs += pauseMs;
  }
}

/** Returns the reason for repeating the checks. A recent grant needs time, not an administrator. */
export function reasonToWait(items: readonly Pick<CheckedItem, "verdict" | "evidence">[]): string {
  const open = items.filter(({ verdict }) => verdict !== "allowed");
  const isGranted = open.every(
    ({ verdict, evidence }) => verdict === "conditional" && evidence.some(({ kind }) => kind === "recent"),
  );
  return isGranted ? "granted; a grant takes effect within a minute" : "not allowed yet";
}
