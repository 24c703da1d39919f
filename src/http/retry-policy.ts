/** How one attempt ended. */
export type Outcome =
  | {
      readonly kind: "answer";
      readonly status: number;
      readonly retryAfterMs: number | null;
      /** Throttling in disguise, such as the token endpoint's 400. */
      readonly isThrottled: boolean;
    }
  | {
      readonly kind: "network";
      /** Of the NetworkError. */
      readonly code: string;
      /** A host that never answered is more likely misspelt than away. */
      readonly hasAnsweredBefore: boolean;
    };

export interface Attempt {
  /** 1 for the first. */
  readonly number: number;
  /** Since the first attempt began. */
  readonly elapsedMs: number;
  readonly isRepeatable: boolean;
}

export type RetryDecision =
  | {
      readonly kind: "wait";
      readonly delayMs: number;
      /** False when the server named the time: earlier is refused again, later is a waste. */
      readonly mayJitter: boolean;
    }
  /** The outcome stands. `liftsInMs` says when a throttle ends, where that is known. */
  | { readonly kind: "stop"; readonly liftsInMs: number | null };

/** Longer waits mean a cap of hours or a day, not a burst: the official clients refuse them too. */
export const LONGEST_THROTTLE_MS = 180_000;

const DEFAULT_DELAY_MS = 3_000;
const MINUTE_MS = 60_000;
const TRANSIENT = new Set([502, 503, 504]);
const MOMENTARY = new Set(["network.timeout", "network.reset"]);
const ONLY_IF_SEEN = new Set(["network.dns", "network.refused", "network.proxy"]);

/**
 * Whether to try again and when. Throttling (429) is waited out as told; an overloaded or broken path
 * (502, 503, 504, network) is asked again every 3 s, after five minutes every 9 s, after ten every 27 s;
 * a 500 is rarely transient and gets two more tries. Nothing waits beyond `maxWaitMs` since the first attempt.
 */
export function decideRetry(attempt: Attempt, outcome: Outcome, maxWaitMs: number): RetryDecision {
  if (outcome.kind === "answer" && isThrottling(outcome)) {
    // Refused before anything was done, so even what must not be sent twice may be sent again.
    return waitFor(outcome.retryAfterMs, DEFAULT_DELAY_MS, attempt, maxWaitMs);
  }
  if (!attempt.isRepeatable || !isTransient(attempt, outcome)) {
    return { kind: "stop", liftsInMs: null };
  }
  const namedMs = outcome.kind === "answer" ? outcome.retryAfterMs : null;
  return waitFor(namedMs, delayByElapsed(attempt.elapsedMs), attempt, maxWaitMs);
}

/** Whether the service said "not so fast" rather than "no" or "I can't". */
export function isThrottling(outcome: Outcome): boolean {
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

function isTransient(attempt: Attempt, outcome: Outcome): boolean {
  if (outcome.kind === "network") {
    return MOMENTARY.has(outcome.code) || (outcome.hasAnsweredBefore && ONLY_IF_SEEN.has(outcome.code));
  }
  return TRANSIENT.has(outcome.status) || (outcome.status === 500 && attempt.number <= 2);
}

function delayByElapsed(elapsedMs: number): number {
  if (elapsedMs < 5 * MINUTE_MS) {
    return DEFAULT_DELAY_MS;
  }
  return elapsedMs < 10 * MINUTE_MS ? 3 * DEFAULT_DELAY_MS : 9 * DEFAULT_DELAY_MS;
}
