/**
 * Sample sizes at which a column is checked for repetition. A small sample reveals ids that never repeat, and a larger
 * one reveals values that repeat too rarely.
 */
const SAMPLE = 1024;
const LARGE_SAMPLE = 4096;
/** Maximum fraction of distinct values in a sample for which a dictionary saves more than it costs. */
const MOST_DISTINCT = 0.75;
const MOST_DISTINCT_OF_MANY = 0.5;

/** Decides whether the values of a column repeat often enough for a dictionary. */
export class DictionaryReview {
  /** Number of values at which the next check takes place. */
  #next = SAMPLE;

  isDue(count: number): boolean {
    return count >= this.#next;
  }

  /** Returns whether a column with this many values keeps its dictionary. */
  keeps(distinct: number, count: number): boolean {
    this.#next = count < LARGE_SAMPLE ? LARGE_SAMPLE : Number.POSITIVE_INFINITY;
    return distinct <= count * (count < LARGE_SAMPLE ? MOST_DISTINCT : MOST_DISTINCT_OF_MANY);
  }

  restart(): void {
    this.#next = SAMPLE;
  }
}
