import type { JobTrouble } from "../jobs/job.ts";
import type { Sequence } from "../state/sequence.ts";
import { createFault, type Fault } from "./faults.ts";

/** What chance can do to a request, and then to a job. */
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

/** Faults by chance: the same seed and the same order of requests meet the same ones. */
export interface RandomFaults {
  /** Requests whose path starts with this. */
  readonly path: string;
  readonly rates: ReadonlyMap<Chance, number>;
  readonly retryAfterSeconds: number;
  readonly delayMs: number;
  readonly draws: Sequence;
}

/** What chance does to a request for `path`; null: nothing. */
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
        // What befalls jobs is drawn when they are submitted.
        return null;
    }
  }
  return null;
}

/** What chance has in store for a new job. */
export function drawTrouble(chance: RandomFaults | null): JobTrouble {
  if (chance === null) return {};
  const { draws, rates } = chance;
  const befalls = (name: Chance) => draws.fraction() < (rates.get(name) ?? 0);
  return {
    ...(befalls("jobFailed") ? { outcome: "FAILED" as const } : {}),
    ...(befalls("jobCancelled") ? { outcome: "CANCELLED" as const } : {}),
    ...(befalls("jobExpires") ? { expireAfterPages: draws.integer(1, 3) } : {}),
    ...(befalls("jobLingers") ? { pendingPolls: draws.integer(2, 5) } : {}),
    ...(befalls("cursorExpires") ? { cursorUses: 1 } : {}),
  };
}
