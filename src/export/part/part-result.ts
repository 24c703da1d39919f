import type { Part } from "./part.ts";
import type { PartState } from "./part-journal.ts";

/** A part, with the state that its journal records. */
export interface PartResult {
  readonly part: Part;
  readonly state: PartState;
}
