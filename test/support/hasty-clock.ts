import { type Clock, systemClock } from "../../src/core/clock.ts";

/** Pauses between two attempts last 3 to 4 seconds. Time limits in tests are shorter or longer. */
const SHORTEST_PAUSE_MS = 2_000;
const LONGEST_PAUSE_MS = 5_000;

/**
 * Real time in which the pauses between attempts take no time, for runs against real servers. Waiting for an
 * answer still takes real time.
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
