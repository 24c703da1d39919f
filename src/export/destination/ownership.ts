import type { Guard } from "../files/guard.ts";

/**
 * The right of this process to change the destination. Another process that presumes this one dead gets the
 * next number and renames `directory`, so every path below it stops working for this process.
 */
export interface Ownership {
  /** Number of this owner, higher than the number of every earlier owner of the destination. */
  readonly number: number;
  /** Name of the directory that contains all unfinished files. It is never reused. */
  readonly directory: string;
  /**
   * Checks the lock on disk. Called before every commit, rename and removal.
   * @throws IncompleteError `export.taken_over`
   */
  readonly check: Guard;
  /** Checks the lock on disk at most once a second. Called before every block of data. @throws like `check` */
  readonly checkNowAndThen: Guard;
}
