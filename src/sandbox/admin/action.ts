import type { JsonRecord } from "../../core/json.ts";
import type { World } from "../world.ts";

/** A change that an administrator or a test can make to the sandbox. */
export interface Action {
  /** One line with the fields and the effect. */
  readonly summary: string;
  run(world: World, input: JsonRecord): unknown;
}
