/** How one attempt ended. */
export type Outcome =
  | {
      readonly kind: "answer";
      readonly status: number;
      readonly retryAfterMs: number | null;
      /** Throttling in disguise, such as the token endpoint's 400. */
      readonly isThrottled: boolean;
    }
  /** An answer that ended before it was whole, although the connection was closed in good order. */
  | { readonly kind: "broken" }
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
  /** Broken answers so far, this one included. */
  readonly broken: number;
  /** Throttled answers in a row so far, this one included. */
  readonly throttled: number;
  /** Throttled answers so far, where those to requests that were sent at the same time count as one. */
  readonly round: number;
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

/** Throttled answers in a row after which requests give up. */
export const MOST_THROTTLED = 20;
/** Broken answers that still count as bad luck. */
const MOST_BROKEN = 5;

const DEFAULT_DELAY_MS = 3_000;
const LONGEST_UNNAMED_MS = 60_000;
const MINUTE_MS = 60_000;
const TRANSIENT = new Set([502, 503, 504]);
const MOMENTARY = new Set(["network.timeout", "network.reset"]);
const ONLY_IF_SEEN = new Set(["network.dns", "network.refused", "network.proxy"]);

/**
 * Decides whether to try again, and when. Waits out throttling (429) for as long as the service asks, else for 3 s and
 * twice as long after each further refusal, up to a minute. Repeats after an overloaded or broken path (502, 503, 504,
 * network, half an answer) every 3 s, after five minutes every 9 s, after ten every 27 s. A 500 is rarely transient and
 * gets two more tries. Never waits beyond `maxWaitMs` since the first attempt.
 */
export function decideRetry(attempt: Attempt, outcome: Outcome, maxWaitMs: number): RetryDecision {
  if (outcome.kind === "answer" && isThrottling(outcome)) {
    const { retryAfterMs } = outcome;
    if (attempt.throttled >= MOST_THROTTLED) return { kind: "stop", liftsInMs: retryAfterMs };
    // The service refused before it did anything, so a write may be sent again as well.
    return waitFor(retryAfterMs, delayByRounds(attempt.round), attempt, maxWaitMs);
  }
  if (!attempt.isRepeatable || !isTransient(attempt, outcome)) {
    return { kind: "stop", liftsInMs: null };
  }
  const namedMs = outcome.kind === "answer" ? outcome.retryAfterMs : null;
  return waitFor(namedMs, delayByElapsed(attempt.elapsedMs), attempt, maxWaitMs);
}

/** Whether the service refused because of the number of requests. */
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
  if (elapsedMs < 5 * MINUTE_MS) {
    return DEFAULT_DELAY_MS;
  }
  return elapsedMs < 10 * MINUTE_MS ? 3 * DEFAULT_DELAY_MS : 9 * DEFAULT_DELAY_MS;
}
