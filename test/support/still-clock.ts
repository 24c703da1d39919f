import { type Clock, systemClock } from "../../src/core/clock.ts";

/**
 * Returns a clock that always shows the same time, although sleeps take real time. For real servers whose data
 * depends on the day.
 */
export function stillClock(nowMs: number): Clock {
  return { now: () => nowMs, monotonicMs: systemClock.monotonicMs, sleep: systemClock.sleep };
}
