import { type Shape, textOf } from "./shape.ts";

/** How the processor time of some work grows with the length of its input. */
export interface Growth {
  /** Each length with its processor time, for the message of a failure. */
  readonly measured: string;
  /** The steepest growth as an exponent of the length: 1 is linear, 2 is quadratic, 0 is too short to measure. */
  readonly exponent: number;
}

export interface GrowthOptions {
  readonly shortest: number;
  readonly longest: number;
  /** Each length is this many times the one before. */
  readonly step: number;
  /** Shorter times, in milliseconds, are not compared: compilation and garbage collection weigh more. */
  readonly floor: number;
  /** No longer text is measured after one that took more than this, in milliseconds. */
  readonly budget: number;
  /** A steeper growth is measured a second time, and the lower of both counts. */
  readonly suspicious: number;
  /** Returns the processor time that this process has used, in milliseconds. */
  clock(): number;
}

/**
 * Measures how the processor time of some work grows with a shape. Compares processor times of one process instead of
 * holding a limit in seconds, because a busy or slow machine changes both sides alike. `prepare` creates the work anew
 * for each text, so that nothing is cached from a shorter one.
 */
export function measureGrowth(
  shape: Shape,
  prepare: () => (text: string) => unknown,
  { shortest, longest, step, floor, budget, suspicious, clock }: GrowthOptions,
): Growth {
  const timeOf = (length: number): number => {
    const text = textOf(shape, length);
    const work = prepare();
    const start = clock();
    work(text);
    return clock() - start;
  };
  const exponentOf = (long: number, short: number): number =>
    Math.log(long / Math.max(short, floor / step)) / Math.log(step);
  const measured: string[] = [];
  let exponent = 0;
  let before: number | null = null;
  for (let length = shortest; length <= longest; length *= step) {
    const taken = timeOf(length);
    measured.push(`${length / 1024} KiB: ${Math.round(taken)} ms`);
    if (before !== null && taken > floor) {
      let steepness = exponentOf(taken, before);
      if (steepness > suspicious) {
        const short = timeOf(length / step);
        const long = timeOf(length);
        measured.push(`again: ${Math.round(short)} ms and ${Math.round(long)} ms`);
        steepness = Math.min(steepness, exponentOf(long, short));
      }
      exponent = Math.max(exponent, steepness);
      if (taken > budget) break;
    }
    before = taken;
  }
  return { measured: measured.join(", "), exponent };
}

/** The processor time of this process in milliseconds, the system's part included. */
export function processorTime(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1_000;
}
