import { setTimeout as delay } from "node:timers/promises";
import { runHere } from "./genscope-here.ts";
import { type Ending, type GenscopeProcess, startGenscope } from "./genscope-process.ts";

/**
 * Times of an undisturbed run in milliseconds after its start: of each response that the sandbox sent, and of the end
 * of the run.
 */
export interface Timeline {
  readonly answersMs: readonly number[];
  readonly endMs: number;
}

/** A moment of a run. It depends on the run's progress and not on the speed of the machine. */
export interface Moment {
  /** Number of responses that the run has received; 0 before the first one. */
  readonly afterAnswers: number;
  /** Milliseconds after the last of these responses or, before the first one, after the start of the run. */
  readonly afterMs: number;
}

/** Observes the responses of a sandbox that serves one run at a time. */
export class AnswerObserver {
  #startMs = 0;
  #answersMs: number[] = [];
  #awaited = 0;
  #onReached: () => void = () => {};

  /** Records one response. Pass it to the sandbox as `onRequest`. */
  readonly note = (): void => {
    this.#answersMs.push(performance.now() - this.#startMs);
    if (this.#answersMs.length === this.#awaited) this.#onReached();
  };

  /** Forgets earlier runs. Resolves when the next run has received `awaited` responses. */
  async restart(awaited = 0): Promise<void> {
    this.#startMs = performance.now();
    this.#answersMs = [];
    this.#awaited = awaited;
    if (awaited > 0) {
      await new Promise<void>((resolve) => {
        this.#onReached = resolve;
      });
    }
  }

  /** Returns the times of the responses since the last `restart`. Call it when the run has ended. */
  timeline(): Timeline {
    return { answersMs: this.#answersMs, endMs: performance.now() - this.#startMs };
  }
}

/** Share of the time before the first response during which the program only loads. */
const LOADING = 0.6;
/**
 * Number of responses that each run receives before it makes progress: one with the token, and one that states how
 * far the data is available.
 */
const PREPARATION = 2;

/**
 * Draws a moment for the next run of an export whose killed runs have made `progress`. All moments of the undisturbed
 * run after that progress are equally likely.
 * @param progress number of responses, without those that prepare a run
 */
export function drawMoment({ answersMs, endMs }: Timeline, progress: number, draw: () => number): Moment {
  // Retries and repeated pages also count as progress, so more of the export may be left than the numbers indicate.
  const left = Math.max(Math.ceil(answersMs.length / 4), answersMs.length - progress);
  const done = answersMs.length - left;
  const [firstMs = 0] = answersMs;
  const beforeMs = firstMs * (1 - LOADING);
  const resumedMs = answersMs[done] ?? 0;
  const drawnMs = draw() * (beforeMs + endMs - resumedMs) - beforeMs;
  if (drawnMs < 0) return { afterAnswers: 0, afterMs: firstMs + drawnMs };
  const atMs = resumedMs + drawnMs;
  const answered = answersMs.filter((ms) => ms <= atMs).length;
  return { afterAnswers: answered - done, afterMs: atMs - (answersMs[answered - 1] ?? 0) };
}

export interface KillOptions {
  readonly env: Readonly<Record<string, string>>;
  readonly directory: string;
  /** Observes the sandbox, which serves only this export. */
  readonly answers: AnswerObserver;
  /**
   * Returns when to kill the next run, given the progress of the killed runs. Null means running to the end, which
   * can happen in this process.
   */
  readonly nextKill: (progress: number) => Moment | null;
  readonly onKill: () => void;
  /** Runs the export to its end. An export that starts threads needs the built program. */
  readonly finish?: typeof runHere;
}

/** Maximum number of runs of one export. An export that needs more makes no progress. */
const MOST_RUNS = 200;

/**
 * Runs an export, kills it with SIGKILL at the moments that `nextKill` returns, and resumes it with `--resume`. Stops
 * when a run completes or fails permanently.
 * @returns endings of the runs that were not killed in time; the last one is final
 */
export async function exportWithKills(
  args: readonly string[],
  { env, directory, answers, nextKill, onKill, finish = runHere }: KillOptions,
): Promise<readonly Ending[]> {
  const endings: Ending[] = [];
  let progress = 0;
  for (let run = 1; run <= MOST_RUNS; run += 1) {
    const moment = nextKill(progress);
    const words = run === 1 ? args : [...args, "--resume"];
    const reached = answers.restart(moment?.afterAnswers ?? 0);
    const ending =
      moment === null
        ? await finish(words, env, { directory })
        : await runUntil(reached, moment.afterMs, startGenscope(words, env, { directory, input: "" }));
    if (ending.exitCode === null) {
      progress += Math.max(0, answers.timeline().answersMs.length - PREPARATION);
      onKill();
      continue;
    }
    endings.push(ending);
    // Exit codes 7, 8 and 9 mean a failure that another run may overcome.
    if (![7, 8, 9].includes(ending.exitCode)) return endings;
  }
  throw new Error(`not complete after ${MOST_RUNS} runs: ${JSON.stringify(endings.at(-1))}`);
}

/** Kills the program `afterMs` after `reached`, unless it ends earlier. */
async function runUntil(reached: Promise<void>, afterMs: number, child: GenscopeProcess): Promise<Ending> {
  const over = new AbortController();
  void reached
    .then(async () => await delay(afterMs, undefined, { signal: over.signal }))
    .then(
      () => child.interrupt("SIGKILL"),
      () => undefined,
    );
  const ending = await child.ended;
  over.abort();
  return ending;
}

/** Returns a generator of numbers in [0, 1) (mulberry32). The same seed produces the same numbers. */
export function drawsOf(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
