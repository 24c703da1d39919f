import type { Guard } from "../files/guard.ts";

/**
 * The right of this process to change what is at a destination. Another process that takes this one for gone gets the
 * next number, and with one rename every path below `directory` leads nowhere for this one.
 */
export interface Ownership {
  /** Higher than that of every earlier owner of the destination. */
  readonly number: number;
  /** Name of the directory of everything that is not finished. It is never used twice. */
  readonly directory: string;
  /** Asks the disk. Called before every commit, rename, and removal. @throws IncompleteError `export.taken_over` */
  readonly check: Guard;
  /** Asks the disk at most once a second. Called before every block of data. @throws as `check` */
  readonly checkNowAndThen: Guard;
}
