import type { Clock } from "../../core/clock.ts";
import type { Random } from "../../core/random.ts";
import type { Wait } from "../transport/wait.ts";
import { type Attempt, type AttemptOutcome, decideRetry, type RetryDecision } from "./retry-policy.ts";

export interface ThrottleGateOptions {
  readonly clock: Clock;
  readonly random: Random;
  /** Maximum duration of throttling before requests give up, in milliseconds. */
  readonly maxWaitMs: number;
  readonly onWait?: ((wait: Wait) => void) | undefined;
}

/** Permission to send one request. The holder must release it when the request has ended. */
export interface Pass {
  release(): void;
}

/** Minimum pause after giving up, in milliseconds, because rate limits count requests per minute. */
const QUIET_MS = 60_000;

/**
 * Coordinates all requests of one token while the service throttles them, because the service counts requests per
 * token. Only one request at a time tests whether the service accepts requests again. The others wait for its result.
 */
export class ThrottleGate {
  readonly #options: ThrottleGateOptions;
  /** Number of throttled responses since the last response of another kind. */
  #throttled = 0;
  /** Number of times that the service refused again after a pause. */
  #rounds = 0;
  #beganAtMs = 0;
  #opensAtMs = 0;
  #hasGivenUp = false;
  #probe: Promise<void> | null = null;

  constructor(options: ThrottleGateOptions) {
    this.#options = options;
  }

  /** The end of the current pause, in milliseconds since the Unix epoch. */
  get opensAtMs(): number {
    return this.#opensAtMs;
  }

  /**
   * Waits until a request may be sent.
   * @returns null when the pause has not ended yet, and an earlier request gave up or the pause exceeds `maxWaitMs`
   * @throws the reason of the signal when it is aborted
   */
  async enter(signal: AbortSignal | undefined): Promise<Pass | null> {
    const { clock, maxWaitMs, onWait } = this.#options;
    while (this.#throttled > 0) {
      if (this.#probe !== null) {
        await settledOrAborted(this.#probe, signal);
        continue;
      }
      const leftMs = this.#opensAtMs - clock.now();
      if (leftMs > 0 && (this.#hasGivenUp || leftMs > maxWaitMs)) return null;
      const pass = this.#startProbe();
      try {
        if (leftMs > 0) {
          onWait?.({ delayMs: leftMs, reason: 429 });
          await clock.sleep(leftMs, signal);
        }
        return pass;
      } catch (error) {
        pass.release();
        throw error;
      }
    }
    return { release: () => undefined };
  }

  /** Records a throttled response, and decides what its request does next. */
  refuse(attempt: Attempt, outcome: Extract<AttemptOutcome, { kind: "answer" }>): RetryDecision {
    const { clock, random } = this.#options;
    const nowMs = clock.now();
    if (this.#throttled === 0) this.#beganAtMs = nowMs;
    // If the pause has not ended, the response belongs to a request that was already in flight, so it starts no
    // new round.
    if (this.#throttled === 0 || nowMs >= this.#opensAtMs) this.#rounds += 1;
    this.#throttled += 1;
    const shared = this.#decide(nowMs - this.#beganAtMs, this.#throttled, outcome);
    const own = this.#decide(attempt.elapsedMs, attempt.throttled, outcome);
    this.#hasGivenUp ||= shared.kind === "stop";
    const decision = own.kind === "stop" ? own : shared;
    if (decision.kind === "stop") {
      this.#opensAtMs = Math.max(this.#opensAtMs, nowMs + Math.max(QUIET_MS, outcome.retryAfterMs ?? 0));
      return decision;
    }
    const delayMs = withJitter(decision, random);
    this.#opensAtMs = Math.max(this.#opensAtMs, nowMs + delayMs);
    return { kind: "wait", delayMs, mayJitter: false };
  }

  /** Records a response that was not throttled, which ends the throttling for all requests. */
  accept(): void {
    this.#throttled = 0;
    this.#rounds = 0;
    this.#hasGivenUp = false;
  }

  #decide(elapsedMs: number, throttled: number, outcome: AttemptOutcome): RetryDecision {
    const attempt = { number: 1, elapsedMs, isRepeatable: true, broken: 0, throttled, round: this.#rounds };
    return decideRetry(attempt, outcome, this.#options.maxWaitMs);
  }

  #startProbe(): Pass {
    let end: () => void = () => undefined;
    this.#probe = new Promise((resolve) => {
      end = resolve;
    });
    return {
      release: () => {
        this.#probe = null;
        end();
      },
    };
  }
}

/**
 * Returns the delay of a decision. If the service did not state the delay, extends it by a random amount, so that
 * clients do not all retry at the same time.
 */
export function withJitter(
  { delayMs, mayJitter }: Extract<RetryDecision, { kind: "wait" }>,
  random: Random,
): number {
  return mayJitter ? Math.round(delayMs * (1 + JITTER * random.fraction())) : delayMs;
}

/** Maximum jitter, as a fraction of the delay that it extends. */
const JITTER = 0.25;

async function settledOrAborted(work: Promise<void>, signal: AbortSignal | undefined): Promise<void> {
  if (signal === undefined) return await work;
  signal.throwIfAborted();
  let stop: () => void = () => undefined;
  const aborted = new Promise<void>((_resolve, reject) => {
    stop = () => reject(signal.reason);
    signal.addEventListener("abort", stop, { once: true });
  });
  try {
    await Promise.race([work, aborted]);
  } finally {
    signal.removeEventListener("abort", stop);
  }
}
