import type { Clock } from "../../src/core/clock.ts";

/** A clock that moves only on request or during a sleep, and records every sleep. */
export class FakeClock implements Clock {
  readonly sleeps: number[] = [];
  #now: number;

  constructor(start = Date.UTC(2026, 9, 1)) {
    this.#now = start;
  }

  now(): number {
    return this.#now;
  }

  monotonicMs(): number {
    return this.#now;
  }

  advance(byMs: number): void {
    this.#now += byMs;
  }

  async sleep(delayMs: number, signal?: AbortSignal): Promise<void> {
    signal?.throwIfAborted();
    this.sleeps.push(delayMs);
    this.#now += delayMs;
  }
}
