import type { Clock } from "../../src/core/clock.ts";

interface Sleeper {
  readonly wakesAtMs: number;
  readonly wake: () => void;
}

/** A clock for several concurrent sleepers. When nothing else can run, its time jumps to the next wake-up. */
export class VirtualClock implements Clock {
  readonly #sleepers = new Set<Sleeper>();
  #nowMs: number;

  constructor(startMs = Date.UTC(2026, 9, 1)) {
    this.#nowMs = startMs;
  }

  now(): number {
    return this.#nowMs;
  }

  monotonicMs(): number {
    return this.#nowMs;
  }

  async sleep(delayMs: number, signal?: AbortSignal): Promise<void> {
    signal?.throwIfAborted();
    await new Promise<void>((resolve, reject) => {
      const sleeper: Sleeper = { wakesAtMs: this.#nowMs + delayMs, wake: resolve };
      this.#sleepers.add(sleeper);
      signal?.addEventListener("abort", () => {
        if (this.#sleepers.delete(sleeper)) reject(signal.reason);
      });
      setImmediate(() => this.#jump());
    });
  }

  /** Moves the time to the next wake-up, after everything else has run. */
  #jump(): void {
    const [next] = [...this.#sleepers].sort((a, b) => a.wakesAtMs - b.wakesAtMs);
    if (next === undefined) return;
    this.#sleepers.delete(next);
    this.#nowMs = Math.max(this.#nowMs, next.wakesAtMs);
    next.wake();
  }
}
