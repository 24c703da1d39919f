import type { JsonRecord } from "../../core/json.ts";
import type { World } from "../state/world.ts";

/** Something an administrator, or a test, can do to the sandbox. */
export interface Action {
  /** Its fields and what it does, one line. */
  readonly summary: string;
  run(world: World, input: JsonRecord): unknown;
}
