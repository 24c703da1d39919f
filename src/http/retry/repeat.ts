import type { Clock } from "../../core/clock.ts";
import type { Random } from "../../core/random.ts";
import type { Wait } from "../transport/wait.ts";
import { type Attempt, type AttemptOutcome, decideRetry, isThrottling } from "./retry-policy.ts";
import { type ThrottleGate, withJitter } from "./throttle-gate.ts";

export interface RepeatOptions {
  readonly clock: Clock;
  readonly random: Random;
  /** Maximum duration of all attempts, in milliseconds since the first one began. With 0, there is one attempt. */
  readonly maxWaitMs: number;
  /**
   * Maximum number of retries after attempts that the service may have carried out. Unlimited for reads, 0
   * for writes.
   */
  readonly mostRepeats: number;
  /** Maximum number of retries after a 504, for a request that can be made smaller. No limit when absent. */
  readonly mostTimeouts?: number | undefined;
  readonly signal?: AbortSignal | undefined;
  /** Called before each wait. */
  readonly onWait?: ((wait: Wait) => void) | undefined;
  /** Decides what to do after throttled responses. All requests with the same token share one gate. */
  readonly gate?: ThrottleGate | undefined;
}

/** The result and the outcome of one attempt. */
export interface Attempted<Result> {
  readonly result: Result;
  readonly outcome: AttemptOutcome;
}

/** The last attempt. `liftsInMs` is the time until throttling ends, in milliseconds, if the service stated it. */
export interface Repeated<Result> extends Attempted<Result> {
  readonly liftsInMs: number | null;
}

/** Repeats an attempt until `decideRetry` decides to stop. Every retry in genscope goes through this loop. */
export async function repeat<Result>(
  attemptOnce: () => Promise<Attempted<Result>>,
  options: RepeatOptions,
): Promise<Repeated<Result>> {
  const { clock, random, maxWaitMs, mostRepeats, signal, onWait, gate } = options;
  const { mostTimeouts = Number.POSITIVE_INFINITY } = options;
  const startMs = clock.now();
  let broken = 0;
  let throttled = 0;
  let timeouts = 0;
  for (let number = 1; ; number += 1) {
    const attempted = await attemptOnce();
    const { outcome } = attempted;
    if (outcome.kind === "broken") broken += 1;
    if (outcome.kind === "answer" && outcome.status === 504) timeouts += 1;
    if (isThrottling(outcome)) throttled += 1;
    else if (outcome.kind !== "network") gate?.accept();
    const attempt: Attempt = {
      number,
      broken,
      throttled,
      round: throttled,
      elapsedMs: clock.now() - startMs,
      isRepeatable: number - throttled <= mostRepeats && timeouts <= mostTimeouts,
    };
    const decision =
      gate !== undefined && outcome.kind === "answer" && isThrottling(outcome)
        ? gate.refuse(attempt, outcome)
        : decideRetry(attempt, outcome, maxWaitMs);
    if (decision.kind === "stop") return { ...attempted, liftsInMs: decision.liftsInMs };
    const delayMs = withJitter(decision, random);
    onWait?.({ delayMs, reason: outcome.kind === "answer" ? outcome.status : "no-answer" });
    await clock.sleep(delayMs, signal);
  }
}
