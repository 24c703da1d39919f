import type { JsonRecord } from "../../core/json.ts";
import type { World } from "../world.ts";

/** A change that an administrator or a test can make to the sandbox. */
export interface Action {
  /** Summary of the fields and the effect in one line. */
  readonly summary: string;
  run(world: World, input: JsonRecord): unknown;
}
