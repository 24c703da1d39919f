/** Time as a port: expiry, back-off and deadlines are tested by equality, never by sleeping. */
export interface Clock {
  /** Milliseconds since the Unix epoch. */
  now(): number;
  /** Milliseconds since an arbitrary instant. Never goes back, and ignores every change of the system's date. */
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
