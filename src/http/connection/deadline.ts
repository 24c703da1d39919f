import type { Clock } from "../../core/clock.ts";
import { InterruptedError } from "../../core/errors.ts";
import { timedOut } from "./network-failure.ts";

export interface DeadlineOptions {
  readonly clock: Clock;
  readonly timeoutMs: number;
  readonly signal?: AbortSignal | undefined;
}

/**
 * Returns the result of `work`, unless the deadline passes or the caller aborts first. In either case, aborts
 * the signal of `work` and does not wait for the rest of it.
 * @param host host for the error message
 * @throws NetworkError `network.timeout`, InterruptedError, and the errors of `work`
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
    // The aborted timer rejects. That is expected and must not become an unhandled rejection.
    expiry.catch(() => undefined);
  }
}
