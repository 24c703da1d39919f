import { appendAll } from "../../core/lists/append-all.ts";
import type { Unreadable } from "../reading/principal.ts";
import { type Reading, toUnreadable } from "../reading/reading.ts";
import type { Read } from "../reading/reads.ts";
import type { Observation } from "./scope-enforcement.ts";

/** Collects the calls and failures of every read of one diagnosis. */
export class ReadingLog {
  readonly observations: Observation[] = [];
  readonly unreadable: Unreadable[] = [];

  /** Records a read and its failure, if any. @returns the value; null when the read failed or was skipped */
  take<Value>(what: Unreadable["what"], read: Read, reading: Reading<Value> | null): Value | null {
    if (reading === null) return null;
    this.observe(read, reading);
    if (reading.isRead) return reading.value;
    this.unreadable.push(toUnreadable(what, reading));
    return null;
  }

  /** Records a read whose failure is reported by another caller. */
  observe(read: Read, reading: Reading<unknown>): void {
    this.observations.push({ read, reading });
  }

  add(...unreadable: readonly Unreadable[]): void {
    appendAll(this.unreadable, unreadable);
  }
}
