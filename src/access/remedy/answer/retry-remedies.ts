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
  "org.user.rate.per.minute": "per user over all applications, including the product's user interface",
};

/** Describes a rate limit: `300 a minute per user and OAuth client together`. */
export function describeLimit({ key, value }: NamedLimit): string {
  const counted = Object.hasOwn(COUNTED, key) ? ` ${COUNTED[key]}` : "";
  const amount = value === null ? "" : `${value}${key.endsWith("per.minute") ? " a minute" : ""}`;
  return `${amount}${counted} (\`${key}\`)`.trim();
}

/** Returns the remedies for a token that has used up its rate limit. */
export function usualRateLimitRemedies(facts: RetryFacts & Pick<RefusalFacts, "limit">): readonly Remedy[] {
  const limit = facts.limit === null ? "usually per token" : describeLimit(facts.limit);
  return [
    waitThenRetry(facts),
    {
      kind: "none",
      summary: `spread calls over time: the limit is ${limit}, some operations have lower ones, and the \`inin-ratelimit-*\` headers show how much is left`,
    },
  ];
}
/** Returns the remedies when the token endpoint throttles logins. */
export function usualThrottleRemedies(facts: RetryFacts): readonly Remedy[] {
  return [
    waitThenRetry(facts),
    {
      kind: "none",
      summary: "cache the token and share it between processes: its lifetime is a setting of the client",
    },
  ];
}

/**
 * Returns the remedies when the service itself fails. A query that timed out must become smaller, or it fails
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
