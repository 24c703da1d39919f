import { type Shape, textOf } from "./shape.ts";

/** How the processor time of some work grows with the length of its input. */
export interface Growth {
  /** The compared lengths with their processor times, for the message of a failure. */
  readonly measured: string;
  /** The steepest growth as an exponent of the length: 1 is linear, 2 is quadratic, 0 means too short to measure. */
  readonly exponent: number;
}

export interface GrowthOptions {
  readonly shortest: number;
  readonly longest: number;
  /** Factor between consecutive lengths. */
  readonly step: number;
  /**
   * Minimum time in milliseconds. Shorter times are not compared, because compilation and garbage collection affect
   * them too much.
   */
  readonly floor: number;
  /** Time in milliseconds after which no longer text is measured. */
  readonly budget: number;
  /** Exponent above which the growth is measured again, up to `MOST_AGAIN` times. The lowest result is used. */
  readonly suspicious: number;
  /** Returns the processor time that this process has used, in milliseconds. */
  clock(): number;
}

/**
 * Number of times to measure a suspicious growth again. Collecting the garbage of other tests in the same process can
 * take longer than the work itself, but not every time.
 */
const MOST_AGAIN = 3;

/**
 * Measures how the processor time of some work grows with the length of a shape. Growth that is too steep continues
 * with the next length. A single jump between two lengths, where the work starts to divide its input for example, does
 * not. Compares processor times within one
 * process instead of enforcing a limit in seconds, because a busy or slow machine changes all of them alike.
 * `prepare` creates new work for each text, so that nothing is cached from a shorter one.
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
  const describe = (length: number, taken: number): string => `${length / 1024} KiB: ${Math.round(taken)} ms`;
  const measured: string[] = [];
  let exponent = 0;
  let before: number | null = null;
  // When the time is below the floor, no comparison with a shorter text is needed.
  for (let length = shortest * step; length <= longest; length *= step) {
    const taken = timeOf(length);
    if (taken > floor) {
      const short = before ?? timeOf(length / step);
      let steepness = exponentOf(taken, short);
      measured.push(`${describe(length / step, short)} and ${describe(length, taken)}`);
      for (let again = 0; again < MOST_AGAIN && steepness > suspicious; again += 1) {
        const [shortAgain, longAgain] = [timeOf(length / step), timeOf(length)];
        measured.push(`again ${Math.round(shortAgain)} ms and ${Math.round(longAgain)} ms`);
        steepness = Math.min(steepness, exponentOf(longAgain, shortAgain));
      }
      if (steepness > suspicious) {
        const longer = timeOf(length * step);
        measured.push(`beyond ${describe(length * step, longer)}`);
        steepness = Math.min(steepness, exponentOf(longer, taken));
      }
      exponent = Math.max(exponent, steepness);
      if (taken > budget) break;
    }
    before = taken;
  }
  return { measured: measured.join(", "), exponent };
}

/** Returns the processor time of this process in milliseconds, including time in the kernel. */
export function processorTime(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1_000;
}
