import { type Clock, systemClock } from "../../src/core/clock.ts";

/**
 * Range of the sleeps that take no time. A pause between two attempts lasts 3 to 4 seconds; time limits in tests are
 * outside this range.
 */
const SHORTEST_PAUSE_MS = 2_000;
const LONGEST_PAUSE_MS = 5_000;

/**
 * Real time, except that pauses between two attempts take no time. For runs against real servers. Waiting for a
 * response still takes real time.
 */
export class HastyClock implements Clock {
  readonly pauses: number[] = [];
  readonly #longestPauseMs: number;
  #skippedMs = 0;

  constructor(longestPauseMs = LONGEST_PAUSE_MS) {
    this.#longestPauseMs = longestPauseMs;
  }

  now(): number {
    return systemClock.now() + this.#skippedMs;
  }

  monotonicMs(): number {
    return systemClock.monotonicMs() + this.#skippedMs;
  }

  async sleep(delayMs: number, signal?: AbortSignal): Promise<void> {
    if (delayMs < SHORTEST_PAUSE_MS || delayMs > this.#longestPauseMs) {
      return await systemClock.sleep(delayMs, signal);
    }
    signal?.throwIfAborted();
    this.pauses.push(delayMs);
    this.#skippedMs += delayMs;
  }
}
