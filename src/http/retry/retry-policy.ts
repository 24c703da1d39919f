/** Outcome of one attempt. */
export type AttemptOutcome =
  | {
      readonly kind: "answer";
      readonly status: number;
      readonly retryAfterMs: number | null;
      /** Throttling with a status other than 429, such as the token endpoint's 400. */
      readonly isThrottled: boolean;
    }
  /** A response that ended early although the connection closed cleanly. */
  | { readonly kind: "broken" }
  | {
      readonly kind: "network";
      /** Code of the NetworkError. */
      readonly code: string;
      /** Whether the host has ever answered. A host that never did is more likely mistyped than down. */
      readonly hasAnsweredBefore: boolean;
    };

export interface Attempt {
  /** Number of the attempt, from 1. */
  readonly number: number;
  /** Milliseconds since the first attempt began. */
  readonly elapsedMs: number;
  readonly isRepeatable: boolean;
  /** Broken responses so far, including this one. */
  readonly broken: number;
  /** Consecutive throttled responses, including this one. */
  readonly throttled: number;
  /** Throttled responses so far; responses to concurrent requests count as one. */
  readonly round: number;
}

export type RetryDecision =
  | {
      readonly kind: "wait";
      readonly delayMs: number;
      /**
       * Whether the delay may be stretched. False when the server stated the time: a request before it is
       * refused again, and waiting longer wastes time.
       */
      readonly mayJitter: boolean;
    }
  /** The outcome is final. `liftsInMs` is the time until throttling ends, if it is known. */
  | { readonly kind: "stop"; readonly liftsInMs: number | null };

/** Longer waits point to an hourly or daily quota, not a burst; the official clients refuse them too. */
export const LONGEST_THROTTLE_MS = 180_000;

/** Consecutive throttled responses after which requests give up. */
export const MOST_THROTTLED = 20;
/** Number of broken responses that still count as transient. */
const MOST_BROKEN = 5;

const DEFAULT_DELAY_MS = 3_000;
const LONGEST_UNNAMED_MS = 60_000;
const MINUTE_MS = 60_000;
const TRANSIENT = new Set([502, 503, 504]);
const MOMENTARY = new Set(["network.timeout", "network.reset"]);
const ONLY_IF_SEEN = new Set(["network.dns", "network.refused", "network.proxy"]);

/**
 * Decides whether and when to try again. Waits out throttling (429) for the time that the service states,
 * otherwise for 3 s, doubled after each refusal up to a minute. After an overloaded or broken path (502, 503,
 * 504, network, incomplete response) repeats every 3 s, every 9 s after five minutes, every 27 s after ten. A
 * 500 is rarely transient and is retried twice. Never waits beyond `maxWaitMs` since the first attempt.
 */
export function decideRetry(attempt: Attempt, outcome: AttemptOutcome, maxWaitMs: number): RetryDecision {
  if (outcome.kind === "answer" && isThrottling(outcome)) {
    const { retryAfterMs } = outcome;
    if (attempt.throttled >= MOST_THROTTLED) return { kind: "stop", liftsInMs: retryAfterMs };
    // The service refused before doing anything, so even a write is safe to repeat.
    return waitFor(retryAfterMs, delayByRounds(attempt.round), attempt, maxWaitMs);
  }
  if (!attempt.isRepeatable || !isTransient(attempt, outcome)) return { kind: "stop", liftsInMs: null };
  const namedMs = outcome.kind === "answer" ? outcome.retryAfterMs : null;
  return waitFor(namedMs, delayByElapsed(attempt.elapsedMs), attempt, maxWaitMs);
}

/** Whether the service refused because of the number of requests. */
export function isThrottling(outcome: AttemptOutcome): boolean {
  return outcome.kind === "answer" && (outcome.status === 429 || outcome.isThrottled);
}

function waitFor(
  namedMs: number | null,
  otherwiseMs: number,
  attempt: Attempt,
  maxWaitMs: number,
): RetryDecision {
  const delayMs = namedMs ?? otherwiseMs;
  return delayMs > LONGEST_THROTTLE_MS || attempt.elapsedMs + delayMs > maxWaitMs
    ? { kind: "stop", liftsInMs: namedMs }
    : { kind: "wait", delayMs, mayJitter: namedMs === null };
}

function isTransient(attempt: Attempt, outcome: AttemptOutcome): boolean {
  if (outcome.kind === "broken") return attempt.broken <= MOST_BROKEN;
  if (outcome.kind === "network") {
    return MOMENTARY.has(outcome.code) || (outcome.hasAnsweredBefore && ONLY_IF_SEEN.has(outcome.code));
  }
  return TRANSIENT.has(outcome.status) || (outcome.status === 500 && attempt.number <= 2);
}

function delayByRounds(round: number): number {
  return Math.min(LONGEST_UNNAMED_MS, DEFAULT_DELAY_MS * 2 ** Math.max(0, round - 1));
}

function delayByElapsed(elapsedMs: number): number {
  if (elapsedMs < 5 * MINUTE_MS) return DEFAULT_DELAY_MS;
  return elapsedMs < 10 * MINUTE_MS ? 3 * DEFAULT_DELAY_MS : 9 * DEFAULT_DELAY_MS;
}
