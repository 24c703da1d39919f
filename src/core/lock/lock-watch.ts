import type { Clock } from "../clock.ts";
import type { Processes } from "../processes.ts";
import type { LockEntry } from "./lock-entries.ts";
import { parseMark } from "./lock-mark.ts";

/**
 * Time after which a lock file without a holder's mark belongs to a dead process, in milliseconds. A holder
 * writes its mark right after creating the file.
 */
const UNMARKED_MS = 2_000;

/** Whether a holder is alive; `unknown` until it has been observed for long enough. */
export type Life = "alive" | "gone" | "unknown";

export interface WatchOptions {
  readonly clock: Pick<Clock, "monotonicMs">;
  readonly processes: Processes;
  /** Time without a heartbeat after which a holder is presumed dead, in milliseconds. */
  readonly silenceMs: number;
}

/**
 * Determines whether the holders of a lock are alive. A holder's process on this machine is checked directly. Any
 * other holder is alive if its file changes while this process observes it. Dates of files and clocks of other
 * machines do not matter.
 */
export class LockWatch {
  readonly #options: WatchOptions;
  /** The last text of each file, and when it was first seen. */
  readonly #seen = new Map<
    string,
    { readonly text: string; readonly sinceMs: number; readonly hasBeaten: boolean }
  >();

  constructor(options: WatchOptions) {
    this.#options = options;
  }

  /**
   * Returns for how many more milliseconds a holder in state `unknown` must write no heartbeat until it is presumed
   * dead; 0 for a file without a mark.
   */
  remainingMs({ path, text }: LockEntry): number {
    const { clock, silenceMs } = this.#options;
    const sinceMs = this.#seen.get(path)?.sinceMs ?? clock.monotonicMs();
    return parseMark(text) === null ? 0 : Math.max(0, sinceMs + silenceMs - clock.monotonicMs());
  }

  /**
   * Determines whether the holder of one lock file is alive.
   * @param readAtMs monotonic time just before the file was read. The current time would be wrong: this process may
   * have been suspended after reading, and heartbeats of that time would count as missing.
   */
  judge(entry: LockEntry, readAtMs: number): Life {
    const { clock, processes, silenceMs } = this.#options;
    const nowMs = clock.monotonicMs();
    const seen = this.#seen.get(entry.path);
    const hasChanged = seen !== undefined && seen.text !== entry.text;
    if (seen === undefined || hasChanged) {
      const hasBeaten = hasChanged && isSameHolder(seen.text, entry.text);
      this.#seen.set(entry.path, { text: entry.text, sinceMs: nowMs, hasBeaten });
    }
    const mark = parseMark(entry.text);
    const state = mark === null ? "unknown" : processes.stateOf(mark);
    if (state !== "unknown") return state === "running" ? "alive" : "gone";
    const { sinceMs, hasBeaten } = this.#seen.get(entry.path) ?? { sinceMs: nowMs, hasBeaten: false };
    if (readAtMs - sinceMs > (mark === null ? UNMARKED_MS : silenceMs)) return "gone";
    return hasBeaten ? "alive" : "unknown";
  }
}

function isSameHolder(before: string, now: string): boolean {
  const nonce = parseMark(before)?.nonce;
  return nonce !== undefined && nonce === parseMark(now)?.nonce;
}
