import type { Part } from "./part.ts";
import type { PartState } from "./part-journal.ts";

/** A part, with the state recorded in its journal. */
export interface PartResult {
  readonly part: Part;
  readonly state: PartState;
}
