import { type Clock, systemClock } from "../../src/core/clock.ts";

/** Real time that began at another instant, and can be moved on: for runs of today on different days. */
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

  /** From now on it is `instant`, in ISO 8601. */
  moveTo(instant: string): void {
    this.#aheadMs = Date.parse(instant) - systemClock.now();
  }
}
