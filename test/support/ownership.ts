import type { Ownership } from "../../src/export/destination/ownership.ts";
import type { Guard } from "../../src/export/files/guard.ts";

/** Guard of a process that never loses its ownership. */
export const unguarded: Guard = async () => {};

/** An ownership that no other process takes over. */
export const OWNED: Ownership = {
  number: 1,
  directory: "run-1-00",
  check: unguarded,
  checkNowAndThen: unguarded,
};
