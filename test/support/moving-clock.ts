import { type Clock, systemClock } from "../../src/core/clock.ts";

/**
 * A clock that runs in real time from a given instant. A test can move it forward, so that runs happen on different
 * days.
 */
export class MovingClock implements Clock {
  #aheadMs: number;

  constructor(startMs: number) {
    this.#aheadMs = startMs - systemClock.now();
  }

  now(): number {
    return systemClock.now() + this.#aheadMs;
  }

  monotonicMs(): number {
    return systemClock.monotonicMs();
  }

  async sleep(delayMs: number, signal?: AbortSignal): Promise<void> {
    await systemClock.sleep(delayMs, signal);
  }

  /** Sets the current time to `instant`, in ISO 8601. */
  moveTo(instant: string): void {
    this.#aheadMs = Date.parse(instant) - systemClock.now();
  }
}
