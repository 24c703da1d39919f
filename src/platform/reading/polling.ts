import type { Clock } from "../../core/clock.ts";
import { appendAll } from "../../core/lists/append-all.ts";
import type { Call } from "./principal.ts";
import { failIncomplete, type Reading } from "./reading.ts";
import type { Read } from "./reads.ts";

/** The clock that paces the polls of a running query, and the signal that ends them. */
export interface Polling {
  readonly clock: Clock;
  readonly signal?: AbortSignal;
}

const FIRST_POLL_MS = 1_000;
const LONGEST_POLL_MS = 10_000;
const LONGEST_QUERY_MS = 10 * 60_000;

/**
 * Repeats a read, with growing pauses, until the query has ended.
 * @param of the read to name in the error when the query does not end within ten minutes
 */
export async function readWhenDone<Value>(
  { clock, signal }: Polling,
  of: Read,
  read: () => Promise<Reading<Value>>,
  isRunning: (value: Value) => boolean,
): Promise<Reading<Value>> {
  const calls: Call[] = [];
  const startMs = clock.monotonicMs();
  for (let delayMs = FIRST_POLL_MS; ; delayMs = Math.min(LONGEST_POLL_MS, delayMs * 1.5)) {
    const reading = await read();
    appendAll(calls, reading.calls);
    if (!reading.isRead || !isRunning(reading.value)) return { ...reading, calls };
    if (clock.monotonicMs() - startMs > LONGEST_QUERY_MS) {
      return failIncomplete(of, calls, "no result, because the query does not end");
    }
    await clock.sleep(delayMs, signal);
  }
}
