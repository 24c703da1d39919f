import type { Clock } from "../core/clock.ts";
import { InterruptedError } from "../core/errors.ts";
import { timedOut } from "./network-failure.ts";

export interface DeadlineOptions {
  readonly clock: Clock;
  readonly timeoutMs: number;
  readonly signal?: AbortSignal | undefined;
}

/**
 * The result of `work`, unless the time is over or the caller wants to stop first; then `work` gets its signal
 * aborted, and whatever it still does is not waited for.
 * @param host for the words of the failure
 * @throws NetworkError `network.timeout`, InterruptedError, and what `work` throws
 */
export async function withDeadline<Result>(
  host: string,
  { clock, timeoutMs, signal }: DeadlineOptions,
  work: (signal: AbortSignal) => Promise<Result>,
): Promise<Result> {
  const ended = new AbortController();
  const stop = signal === undefined ? ended.signal : AbortSignal.any([ended.signal, signal]);
  const expiry = clock.sleep(timeoutMs, stop).then(() => {
    throw timedOut(host, timeoutMs);
  });
  try {
    return await Promise.race([work(stop), expiry]);
  } catch (error) {
    if (signal?.aborted === true) {
      throw new InterruptedError("interrupted", "interrupted", { cause: signal.reason });
    }
    throw error;
  } finally {
    ended.abort();
    // Whichever of the two did not win the race is of no interest any more.
    expiry.catch(() => undefined);
  }
}
