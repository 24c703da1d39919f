import type { RefusalFacts } from "../verdict/refusal-facts.ts";
import type { Remedy } from "../verdict/verdict.ts";

type RetryFacts = Pick<RefusalFacts, "retryAfterSeconds">;

/** Returns what helps when a token has used up its rate limit. */
export function usualRateLimitRemedies(facts: RetryFacts): readonly Remedy[] {
  return [
    waitThenRetry(facts),
    {
      kind: "none",
      summary:
        "spread calls over time: the limit is per token, and the `inin-ratelimit-*` headers show how much is left",
    },
  ];
}

/** Returns what helps when the token endpoint throttles logins. */
export function usualThrottleRemedies(facts: RetryFacts): readonly Remedy[] {
  return [
    waitThenRetry(facts),
    {
      kind: "none",
      summary: "cache the token and share it between processes: its lifetime is a setting of the client",
    },
  ];
}

/** Returns what helps when the service itself fails. */
export function usualServiceRemedies(facts: RetryFacts): readonly Remedy[] {
  return [
    waitThenRetry(facts),
    { kind: "ask-support", summary: "if it persists, quote the correlation id to Genesys support" },
  ];
}

function waitThenRetry({ retryAfterSeconds }: RetryFacts): Remedy {
  return {
    kind: "wait",
    summary:
      retryAfterSeconds === null
        ? "back off (1 s, doubling up to 30 s) and retry"
        : `wait ${retryAfterSeconds} s, then retry`,
  };
}
