import type { Clock } from "../../../core/clock.ts";

const STEP_MS = 5_000;
const LONGEST_PAUSE_MS = 30_000;

/** How waiting ended. */
export interface Waiting<Value> {
  /** What was asked last, whether it is good or the time was over. */
  readonly value: Value;
  readonly isDone: boolean;
  readonly attempts: number;
  readonly waitedMs: number;
}

export interface WaitOptions<Value> {
  readonly isDone: (value: Value) => boolean;
  /** How long to wait at most, beside the time that asking takes. */
  readonly durationMs: number;
  readonly clock: Clock;
  readonly signal: AbortSignal;
  /** Told before every pause. */
  readonly onPause?: (pauseMs: number, value: Value) => Promise<void>;
}

/**
 * The pause before the next question: 5 s, 10 s, 15 s and so on up to 30 s, because a changed role takes
 * effect within about a minute and the tries in between cost the organization's rate limit. The last
 * question is asked when the time is over, not before. Null when it is over.
 * @param attempts questions asked so far, at least one
 */
export function pauseBefore(attempts: number, waitedMs: number, durationMs: number): number | null {
  const left = durationMs - waitedMs;
  return left <= 0 ? null : Math.min(attempts * STEP_MS, LONGEST_PAUSE_MS, left);
}

/**
 * Asks at once, and again after every pause, until the answer is good or the time is over.
 * @throws what `ask` throws; the signal's reason when aborted
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
    await onPause?.(pauseMs, value);
    await clock.sleep(pauseMs, signal);
    waitedMs += pauseMs;
  }
}
