import { setTimeout as delay } from "node:timers/promises";
import { type Ending, startGenscope } from "./genscope-process.ts";

export interface KillOptions {
  readonly env: Readonly<Record<string, string>>;
  readonly directory: string;
  /** Returns true when the next run is to be killed. */
  readonly shouldKill: () => boolean;
  readonly onKill: () => void;
  /** Returns when to kill a run, in milliseconds after its start. */
  readonly instant: () => number;
}

/** More runs of one export would mean that it makes no progress. */
const MOST_RUNS = 200;

/**
 * Runs an export, kills it with SIGKILL at the times that `instant` returns, and resumes it with `--resume`
 * until a run is complete or fails for good.
 * @returns endings of the runs that were not killed in time; the last one is final
 */
export async function exportWithKills(
  args: readonly string[],
  { env, directory, shouldKill, onKill, instant }: KillOptions,
): Promise<readonly Ending[]> {
  const endings: Ending[] = [];
  for (let run = 1; run <= MOST_RUNS; run += 1) {
    const child = startGenscope(run === 1 ? args : [...args, "--resume"], env, { directory, input: "" });
    if (shouldKill()) {
      const over = new AbortController();
      const killer = delay(instant(), undefined, { signal: over.signal }).then(
        () => child.interrupt("SIGKILL"),
        () => undefined,
      );
      await child.ended;
      over.abort();
      await killer;
    }
    const ending = await child.ended;
    if (ending.exitCode === null) {
      onKill();
      continue;
    }
    endings.push(ending);
    // Exit codes 7, 8 and 9 are those of a fault that a further run can overcome.
    if (![7, 8, 9].includes(ending.exitCode)) return endings;
  }
  throw new Error(`not complete after ${MOST_RUNS} runs: ${JSON.stringify(endings.at(-1))}`);
}

/** Returns a generator of numbers in [0, 1), reproducible by its seed (mulberry32). */
export function drawsOf(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
