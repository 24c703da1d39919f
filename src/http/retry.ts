import type { Clock } from "../core/clock.ts";
import { NetworkError, UnavailableError } from "../core/errors.ts";
import type { Random } from "../core/random.ts";
import { discardBody, readBody, withBody } from "./body.ts";
import { readCorrelationId } from "./correlation.ts";
import { readRetryAfter } from "./retry-after.ts";
import { decideRetry, isThrottling, type Outcome } from "./retry-policy.ts";
import type { HttpRequest, HttpResponse, Transport } from "./transport.ts";
import type { Wait } from "./wait.ts";

export interface RetryOptions {
  readonly clock: Clock;
  readonly random: Random;
  /** How long one request may take in all, from its first attempt; 0 tries once. */
  readonly maxWaitMs: number;
  /**
   * Recognises throttling in the body of a 400, where a service does not say 429. Who knows that can also
   * explain it: throttling that lasts is then handed on like any other answer.
   */
  readonly isThrottle?: (body: string) => boolean;
  /** Told before each wait, for a person who watches. */
  readonly onWait?: ((wait: Wait) => void) | undefined;
}

/** Share of a delay by which it is stretched at most, so that many clients do not return at once. */
const JITTER = 0.25;

/** Methods that RFC 9110 section 9.2.2 calls idempotent: twice is the same as once. */
const IDEMPOTENT = new Set(["GET", "HEAD", "OPTIONS", "PUT", "DELETE"]);

/**
 * Repeats what may be repeated, by the rules of `decideRetry`. An answer that stays bad is handed on,
 * whatever its status, except throttling.
 * @throws UnavailableError `limited.rate` when throttled (429) for longer than we may wait; says until when.
 */
export function retryRequests(next: Transport, options: RetryOptions): Transport {
  const hostsSeen = new Set<string>();

  return async (request) => {
    const startMs = options.clock.now();
    for (let number = 1; ; number += 1) {
      const { response, error, outcome } = await attemptOnce(next, request, options, hostsSeen);
      const decision = decideRetry(
        { number, elapsedMs: options.clock.now() - startMs, isRepeatable: isRepeatable(request) },
        outcome,
        options.maxWaitMs,
      );
      if (decision.kind === "stop") {
        if (response === null) {
          throw error;
        }
        if (isThrottling(outcome) && options.isThrottle === undefined) {
          await discardBody(response);
          throw throttled(request.url, response, decision.liftsInMs, options.clock.now());
        }
        return response;
      }
      if (response !== null) {
        await discardBody(response);
      }
      const stretch = decision.mayJitter ? 1 + JITTER * options.random.fraction() : 1;
      const delayMs = Math.round(decision.delayMs * stretch);
      options.onWait?.({ delayMs, reason: response?.status ?? "no-answer" });
      await options.clock.sleep(delayMs, request.signal);
    }
  };
}

type AttemptResult =
  | { readonly response: HttpResponse; readonly error: null; readonly outcome: Outcome }
  | { readonly response: null; readonly error: NetworkError; readonly outcome: Outcome };

async function attemptOnce(
  next: Transport,
  request: HttpRequest,
  options: RetryOptions,
  hostsSeen: Set<string>,
): Promise<AttemptResult> {
  const { host } = request.url;
  try {
    let response = await next(request);
    hostsSeen.add(host);
    let isThrottled = false;
    if (response.status === 400 && options.isThrottle !== undefined) {
      const bytes = await readBody(response);
      response = withBody(response, bytes);
      isThrottled = options.isThrottle(Buffer.from(bytes).toString("utf8"));
    }
    const { status, headers } = response;
    const retryAfterMs = readRetryAfter(headers["retry-after"], options.clock.now());
    return { response, error: null, outcome: { kind: "answer", status, retryAfterMs, isThrottled } };
  } catch (error) {
    if (!(error instanceof NetworkError)) {
      throw error;
    }
    const outcome = { kind: "network", code: error.code, hasAnsweredBefore: hostsSeen.has(host) } as const;
    return { response: null, error, outcome };
  }
}

function isRepeatable(request: HttpRequest): boolean {
  return request.repeatable ?? IDEMPOTENT.has(request.method.toUpperCase());
}

function throttled(
  url: URL,
  response: HttpResponse,
  liftsInMs: number | null,
  nowMs: number,
): UnavailableError {
  const until = liftsInMs === null ? "" : ` until ${new Date(nowMs + liftsInMs).toISOString()}`;
  return new UnavailableError(
    "limited.rate",
    `\`${url.host}\` takes no more requests of this token${until}`,
    {
      hint: "run fewer requests at a time, or try again later; all programs that use this token count",
      correlationId: readCorrelationId(response.headers) ?? undefined,
    },
  );
}
