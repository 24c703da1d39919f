import type { Ownership } from "../../src/export/destination/ownership.ts";
import type { Guard } from "../../src/export/files/guard.ts";

/** Guard of a process whose ownership never ends. */
export const unguarded: Guard = async () => {};

/** Ownership that no other process takes over. */
export const OWNED: Ownership = {
  number: 1,
  directory: "run-1-00",
  check: unguarded,
  checkNowAndThen: unguarded,
};
