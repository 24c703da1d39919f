/** The outcome of one attempt to send a request. */
export type AttemptOutcome =
  | {
      readonly kind: "answer";
      readonly status: number;
      readonly retryAfterMs: number | null;
      /** Whether a status other than 429 means throttling, such as the token endpoint's 400. */
      readonly isThrottled: boolean;
    }
  /** The response ended early, although the connection was closed cleanly. */
  | { readonly kind: "broken" }
  | {
      readonly kind: "network";
      /** Error code of the NetworkError. */
      readonly code: string;
      /**
       * Whether the host has responded before. If it never has, a wrong host name is more likely than a host that is
       * down.
       */
      readonly hasAnsweredBefore: boolean;
    };

export interface Attempt {
  /** Number of the attempt, counted from 1. */
  readonly number: number;
  /** Milliseconds since the first attempt began. */
  readonly elapsedMs: number;
  readonly isRepeatable: boolean;
  /** Broken responses so far, including this one. */
  readonly broken: number;
  /** Consecutive throttled responses, including this one. */
  readonly throttled: number;
  /** Number of throttled responses so far, where responses to concurrent requests count once. */
  readonly round: number;
}

export type RetryDecision =
  | {
      readonly kind: "wait";
      readonly delayMs: number;
      /**
       * Whether the delay may be extended at random. False when the server stated it, because then a longer wait
       * only wastes time.
       */
      readonly mayJitter: boolean;
    }
  /** The outcome is final. `liftsInMs` is the time until throttling ends, in milliseconds, if known. */
  | { readonly kind: "stop"; readonly liftsInMs: number | null };

/**
 * Maximum time to wait for the end of throttling, in milliseconds. A longer one points to an hourly or daily
 * quota rather than a burst. The official clients do not wait longer either.
 */
export const LONGEST_THROTTLE_MS = 180_000;

/** Number of consecutive throttled responses after which a request gives up. */
export const MOST_THROTTLED = 20;
/** Maximum number of broken responses that are considered transient. */
const MOST_BROKEN = 5;

const DEFAULT_DELAY_MS = 3_000;
const LONGEST_UNNAMED_MS = 60_000;
const MINUTE_MS = 60_000;
const TRANSIENT = new Set([502, 503, 504]);
const MOMENTARY = new Set(["network.timeout", "network.reset"]);
const ONLY_IF_SEEN = new Set(["network.dns", "network.refused", "network.proxy"]);

/**
 * Decides whether and when to try again. After throttling (429), waits as long as the service states, or
 * otherwise 3 s, doubled after each refusal up to a minute. After 502, 503, 504, a network error or an
 * incomplete response, repeats every 3 s, every 9 s after five minutes, and every 27 s after ten. A 500 is
 * rarely transient and is retried twice. Never waits longer than `maxWaitMs` after the first attempt.
 */
export function decideRetry(attempt: Attempt, outcome: AttemptOutcome, maxWaitMs: number): RetryDecision {
  if (outcome.kind === "answer" && isThrottling(outcome)) {
    const { retryAfterMs } = outcome;
    if (attempt.throttled >= MOST_THROTTLED) return { kind: "stop", liftsInMs: retryAfterMs };
    // A throttled request was not carried out, so even a write is safe to repeat.
    return waitFor(retryAfterMs, delayByRounds(attempt.round), attempt, maxWaitMs);
  }
  if (!attempt.isRepeatable || !isTransient(attempt, outcome)) return { kind: "stop", liftsInMs: null };
  const namedMs = outcome.kind === "answer" ? outcome.retryAfterMs : null;
  return waitFor(namedMs, delayByElapsed(attempt.elapsedMs), attempt, maxWaitMs);
}

/** Whether the service refused a request because it received too many. */
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
