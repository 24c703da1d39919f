/** Time as a port: expiry, back-off and deadlines are tested by equality, never by sleeping. */
export interface Clock {
  /** Milliseconds since the Unix epoch. */
  now(): number;
  /** Resolves after `delayMs` milliseconds; rejects with the signal's reason when aborted. */
  sleep(delayMs: number, signal?: AbortSignal): Promise<void>;
}

export const systemClock: Clock = {
  now: () => Date.now(),
  sleep: async (delayMs, signal) => {
    const { setTimeout: delay } = await import("node:timers/promises");
    await delay(delayMs, undefined, signal === undefined ? {} : { signal });
  },
};
