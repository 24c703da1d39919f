import type { Clock } from "../../core/clock.ts";
import { NetworkError } from "../../core/errors.ts";

/** Maximum time without receiving a byte. */
const LONGEST_STANDSTILL_MS = 60_000;

/** Watches the progress of one transfer. */
export interface StandstillWatch {
  /** Aborted when the transfer stalls, and by the caller's own signal. */
  readonly signal: AbortSignal;
  /** Returns the same body; each of its chunks counts as progress. */
  over(body: AsyncIterable<Uint8Array>): AsyncIterable<Uint8Array>;
}

/**
 * Runs a long transfer, and ends it when nothing arrives for a minute.
 * @throws NetworkError `network.timeout` in that case
 */
export async function withoutStandstill<Result>(
  { clock, signal }: { readonly clock: Clock; readonly signal: AbortSignal },
  transfer: (watch: StandstillWatch) => Promise<Result>,
): Promise<Result> {
  const stalled = new AbortController();
  const over = new AbortController();
  let lastMs = clock.monotonicMs();
  async function watch(): Promise<void> {
    for (;;) {
      const leftMs = lastMs + LONGEST_STANDSTILL_MS - clock.monotonicMs();
      if (leftMs <= 0) return stalled.abort();
      await clock.sleep(leftMs, over.signal);
    }
  }
  // The end of the transfer aborts a watch that is still running, which then rejects.
  watch().catch(() => undefined);
  try {
    return await transfer({
      signal: AbortSignal.any([signal, stalled.signal]),
      over: async function* (body) {
        for await (const chunk of body) {
          lastMs = clock.monotonicMs();
          yield chunk;
        }
      },
    });
  } catch (error) {
    if (!stalled.signal.aborted || signal.aborted) throw error;
    throw new NetworkError("network.timeout", "the download of a recording stalled", { cause: error });
  } finally {
    over.abort();
  }
}
