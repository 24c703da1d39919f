import type { NamedLimit, RefusalFacts } from "../../verdict/refusal-facts.ts";
import type { Remedy } from "../../verdict/verdict.ts";

type RetryFacts = Pick<RefusalFacts, "retryAfterSeconds">;
type QueryFacts = Pick<RefusalFacts, "status" | "operation">;

/**
 * What each rate limit counts, such as requests per token. Keys are the names of limits in the platform's
 * responses.
 */
const COUNTED: Readonly<Record<string, string>> = {
  "client.credentials.token.rate.per.minute": "per client-credentials token",
  "token.rate.per.minute": "per token",
  "org.app.user.rate.per.minute": "per user and OAuth client together",
  "org.user.rate.per.minute": "per user across all applications, including the product's user interface",
};

/** Describes a rate limit: `300 a minute per user and OAuth client together`. */
function describeLimit({ key, value }: NamedLimit): string {
  const counted = Object.hasOwn(COUNTED, key) ? ` ${COUNTED[key]}` : "";
  const amount = value === null ? "" : `${value}${key.endsWith("per.minute") ? " a minute" : ""}`;
  const words = `${amount}${counted}`.trim();
  return words === "" ? `\`${key}\`` : `${words} (\`${key}\`)`;
}

/** Matches limits on concurrent executions, which pauses between requests do not avoid. */
const CONCURRENT = /\bconcurren|\bsimultaneous|\bin parallel\b/i;

type RateLimitFacts = RetryFacts & Pick<RefusalFacts, "limit" | "message">;

function isConcurrent({ limit, message }: RateLimitFacts): boolean {
  return CONCURRENT.test(limit?.key ?? "") || CONCURRENT.test(message ?? "");
}

/** Describes which rate limit was reached, as one sentence without a final period. */
export function meaningOfRateLimit(facts: RateLimitFacts): string {
  const { retryAfterSeconds, limit } = facts;
  const wait =
    retryAfterSeconds === null ? "" : `; the service asks the caller to wait ${retryAfterSeconds} s`;
  if (isConcurrent(facts)) {
    const which = limit === null ? "" : `; the limit is ${describeLimit(limit)}`;
    return `too many executions run at the same time${which}${wait}`;
  }
  const which =
    limit === null
      ? "too many requests with this token"
      : `too many requests; the limit is ${describeLimit(limit)}`;
  return `${which}${wait === "" ? "; slow down" : wait}`;
}

/** Returns the remedies for a token that has used up its rate limit. */
export function usualRateLimitRemedies(facts: RateLimitFacts): readonly Remedy[] {
  if (isConcurrent(facts)) {
    return [
      waitThenRetry(facts),
      {
        kind: "none",
        summary:
          "start fewer executions at the same time, or make each one shorter: a slow service occupies its slot until it responds",
      },
    ];
  }
  const limit = facts.limit === null ? "usually per token" : describeLimit(facts.limit);
  return [
    waitThenRetry(facts),
    {
      kind: "none",
      summary: `spread calls over time: the limit is ${limit}; some operations have lower limits, and the \`inin-ratelimit-*\` headers show how much is left`,
    },
  ];
}
/** Returns the remedies when the token endpoint throttles logins. */
export function usualThrottleRemedies(facts: RetryFacts): readonly Remedy[] {
  return [
    waitThenRetry(facts),
    {
      kind: "none",
      summary: "cache the token and share it between processes: its lifetime is a client setting",
    },
  ];
}

/**
 * Returns the remedies when the service itself fails. A query that timed out must be made smaller, or it will fail
 * again.
 */
export function usualServiceRemedies(facts: RetryFacts & QueryFacts): readonly Remedy[] {
  return [
    ...(isSlowQuery(facts) ? [ASK_FOR_LESS] : []),
    waitThenRetry(facts),
    { kind: "ask-support", summary: "if it persists, quote the correlation id to Genesys support" },
  ];
}

const ASK_FOR_LESS: Remedy = {
  kind: "use-operation",
  summary: "request less in one query: a shorter interval, fewer groups or a coarser granularity",
};

/** Whether an analytics query timed out. */
function isSlowQuery({ status, operation }: QueryFacts): boolean {
  const isQuery = operation?.method === "POST" && /^\/api\/v2\/analytics\/.*\/query$/.test(operation.path);
  return isQuery && (status === 504 || status === 408);
}

function waitThenRetry({ retryAfterSeconds }: RetryFacts): Remedy {
  return {
    kind: "wait",
    summary:
      retryAfterSeconds === null
        ? "wait as long as the `Retry-After` header specifies, or otherwise back off (1 s, doubling up to 30 s), then retry"
        : `wait ${retryAfterSeconds} s, then retry`,
  };
}
