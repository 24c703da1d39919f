import { setTimeout as delay } from "node:timers/promises";
import { type Ending, startGenscope } from "./genscope-process.ts";

export interface KillOptions {
  readonly env: Readonly<Record<string, string>>;
  readonly directory: string;
  /** Whether the next run is to be killed; else it is left alone. */
  readonly isToBeKilled: () => boolean;
  readonly onKill: () => void;
  /** When to kill, in milliseconds after the start of a run. */
  readonly instant: () => number;
}

/** More runs of one export than this mean that it does not get on. */
const MOST_RUNS = 200;

/**
 * Runs an export, kills it with SIGKILL at the instants that `instant` names, and goes on with `--resume` until a
 * run says that it is complete, or fails for good.
 * @returns how the runs ended that were left alone, or were faster than their killer; the last one decides
 */
export async function exportUnderFire(
  args: readonly string[],
  { env, directory, isToBeKilled, onKill, instant }: KillOptions,
): Promise<readonly Ending[]> {
  const endings: Ending[] = [];
  for (let run = 1; run <= MOST_RUNS; run += 1) {
    const child = startGenscope(run === 1 ? args : [...args, "--resume"], env, { directory, input: "" });
    if (isToBeKilled()) {
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
    // 7, 8 and 9 are those that a fault may end a run with, and a further one mends.
    if (![7, 8, 9].includes(ending.exitCode)) return endings;
  }
  throw new Error(`not complete after ${MOST_RUNS} runs: ${JSON.stringify(endings.at(-1))}`);
}

/** Numbers in [0, 1) that are the same for the same seed (mulberry32). */
export function drawsOf(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
