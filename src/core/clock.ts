/** Port for time, so that tests of expiry, back-off and deadlines use exact values and do not sleep. */
export interface Clock {
  /** Milliseconds since the Unix epoch. */
  now(): number;
  /** Milliseconds since an arbitrary moment. Never decreases and ignores changes to the system time. */
  monotonicMs(): number;
  /** Resolves after `delayMs` milliseconds; rejects with the signal's reason when aborted. */
  sleep(delayMs: number, signal?: AbortSignal): Promise<void>;
}

export const systemClock: Clock = {
  now: () => Date.now(),
  monotonicMs: () => performance.now(),
  sleep: async (delayMs, signal) => {
    const { setTimeout: delay } = await import("node:timers/promises");
    await delay(delayMs, undefined, signal === undefined ? {} : { signal });
  },
};
