import type { Unreadable } from "./principal.ts";
import { type Reading, toUnreadable } from "./reading.ts";
import type { Read } from "./reads.ts";
import type { Observation } from "./scope-enforcement.ts";

/** Collects what every read of one diagnosis showed, so that none is forgotten in the result. */
export class ReadingLog {
  readonly observations: Observation[] = [];
  readonly unreadable: Unreadable[] = [];

  /** Remembers a read, and why it failed if it did. @returns its value, or null when it failed or was not made */
  take<Value>(what: Unreadable["what"], read: Read, reading: Reading<Value> | null): Value | null {
    if (reading === null) {
      return null;
    }
    this.observe(read, reading);
    if (reading.isRead) {
      return reading.value;
    }
    this.unreadable.push(toUnreadable(what, reading));
    return null;
  }

  /** Remembers a read whose failure is somebody else's to report. */
  observe(read: Read, reading: Reading<unknown>): void {
    this.observations.push({ read, reading });
  }

  add(...unreadable: readonly Unreadable[]): void {
    this.unreadable.push(...unreadable);
  }
}
