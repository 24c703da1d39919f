import type { JobTrouble } from "../jobs/job.ts";
import type { Sequence } from "../state/sequence.ts";
import { createFault, type Fault } from "./faults.ts";

/** Kinds of random faults. Those of requests come first, then those of jobs. */
export const CHANCES = [
  "429",
  "429-bare",
  "500",
  "502",
  "503",
  "504",
  "html",
  "reset",
  "lost",
  "truncated",
  "cut",
  "slow",
  "trickle",
  "jobFailed",
  "jobCancelled",
  "jobExpires",
  "jobLingers",
  "cursorExpires",
] as const;

export type Chance = (typeof CHANCES)[number];

/** Random faults. The same seed and order of requests produce the same faults. */
export interface RandomFaults {
  /** Prefix of the paths that the faults affect. */
  readonly path: string;
  readonly rates: ReadonlyMap<Chance, number>;
  readonly retryAfterSeconds: number;
  readonly delayMs: number;
  readonly draws: Sequence;
}

/** Draws the fault of a request for `path`; null for a request without a fault. */
export function drawFault(chance: RandomFaults | null, path: string): Fault | null {
  if (chance === null || !path.startsWith(chance.path)) return null;
  const { draws, delayMs, retryAfterSeconds, rates } = chance;
  let fraction = draws.fraction();
  for (const [name, rate] of rates) {
    fraction -= rate;
    if (fraction >= 0) continue;
    switch (name) {
      case "429":
        return createFault({ kind: "status", status: 429, code: "too.many.requests", retryAfterSeconds });
      case "429-bare":
        return createFault({ kind: "status", status: 429, code: "too.many.requests" });
      case "500":
      case "502":
      case "503":
      case "504":
        return createFault({ kind: "status", status: Number(name) });
      case "html":
        return createFault({ kind: name, status: 502, message: "Bad Gateway" });
      case "reset":
      case "lost":
      case "truncated":
      case "cut":
      case "slow":
      case "trickle":
        return createFault({ kind: name, delayMs, portion: draws.fraction() });
      default:
        // The faults of a job are drawn when it is submitted.
        return null;
    }
  }
  return null;
}

/** Draws the faults of a new job. */
export function drawTrouble(chance: RandomFaults | null): JobTrouble {
  if (chance === null) return {};
  const { draws, rates } = chance;
  const happens = (name: Chance) => draws.fraction() < (rates.get(name) ?? 0);
  return {
    ...(happens("jobFailed") ? { outcome: "FAILED" as const } : {}),
    ...(happens("jobCancelled") ? { outcome: "CANCELLED" as const } : {}),
    ...(happens("jobExpires") ? { expireAfterPages: draws.integer(1, 3) } : {}),
    ...(happens("jobLingers") ? { pendingPolls: draws.integer(2, 5) } : {}),
    ...(happens("cursorExpires") ? { cursorUses: 1 } : {}),
  };
}
