import type { Clock } from "../../core/clock.ts";
import { NetworkError, UnavailableError } from "../../core/errors.ts";
import type { Random } from "../../core/random.ts";
import { discardBody, readBody, withBody } from "../transport/body.ts";
import { readCorrelationId } from "../transport/correlation.ts";
import type { HttpRequest, HttpResponse, Transport } from "../transport/transport.ts";
import type { Wait } from "../transport/wait.ts";
import { type Attempted, repeat } from "./repeat.ts";
import { readRetryAfter } from "./retry-after.ts";
import { isThrottling } from "./retry-policy.ts";
import { ThrottleGate } from "./throttle-gate.ts";

export interface RetryOptions {
  readonly clock: Clock;
  readonly random: Random;
  /**
   * Maximum duration of one request including its retries, in milliseconds since the first attempt. With 0, there
   * is one attempt.
   */
  readonly maxWaitMs: number;
  /**
   * Recognizes throttling in the body of a 400, for a service that does not send 429. If it persists, the
   * response is returned like any other, because the caller can explain it.
   */
  readonly isThrottle?: (body: string) => boolean;
  /** Called before each wait. */
  readonly onWait?: ((wait: Wait) => void) | undefined;
}

/** Methods that RFC 9110 section 9.2.2 defines as idempotent. */
const IDEMPOTENT = new Set(["GET", "HEAD", "OPTIONS", "PUT", "DELETE"]);

/**
 * Retries requests that are safe to repeat, until `decideRetry` decides to stop. If `whole` is set, also repeats a
 * request whose response is truncated. Returns the last response, whatever its status, unless the service still
 * throttles.
 * @throws UnavailableError `limited.rate` when the service throttles for longer than the caller may wait, or throttles
 * too many requests in a row
 */
export function retryRequests(next: Transport, options: RetryOptions): Transport {
  const hostsSeen = new Set<string>();
  const gate = new ThrottleGate(options);

  return async (request) => {
    let last: HttpResponse | null = null;
    const attempt = async (): Promise<Attempted<ResponseAttempt>> => {
      if (last !== null) await discardBody(last);
      const pass = await gate.enter(request.signal);
      if (pass === null) throw throttled(request.url, last, gate.opensAtMs);
      try {
        const attempted = await attemptOnce(next, request, options, hostsSeen);
        last = attempted.result.response;
        return attempted;
      } finally {
        pass.release();
      }
    };
    const { signal, mostTimeouts } = request;
    const mostRepeats = mostRepeatsOf(request);
    const { result, outcome, liftsInMs } = await repeat(attempt, {
      ...options,
      signal,
      mostRepeats,
      mostTimeouts,
      gate,
    });
    if (result.response === null) throw result.error;
    if (isThrottling(outcome) && options.isThrottle === undefined) {
      await discardBody(result.response);
      throw throttled(
        request.url,
        result.response,
        liftsInMs === null ? null : options.clock.now() + liftsInMs,
      );
    }
    return result.response;
  };
}

type ResponseAttempt =
  | { readonly response: HttpResponse; readonly error: null }
  | { readonly response: null; readonly error: NetworkError };

async function attemptOnce(
  next: Transport,
  request: HttpRequest,
  options: RetryOptions,
  hostsSeen: Set<string>,
): Promise<Attempted<ResponseAttempt>> {
  const { host } = request.url;
  try {
    let response = await next(request);
    hostsSeen.add(host);
    const { status, headers } = response;
    let isThrottled = false;
    let isBroken = false;
    if (request.whole !== undefined || (status === 400 && options.isThrottle !== undefined)) {
      const bytes = await readBody(response, request.whole?.maxBytes);
      response = withBody(response, bytes);
      isThrottled = status === 400 && options.isThrottle?.(Buffer.from(bytes).toString("utf8")) === true;
      isBroken = request.whole?.isBroken(request.method, response, bytes) === true;
    }
    const retryAfterMs = readRetryAfter(headers["retry-after"], options.clock.now());
    const outcome = isBroken
      ? ({ kind: "broken" } as const)
      : ({ kind: "answer", status, retryAfterMs, isThrottled } as const);
    return { result: { response, error: null }, outcome };
  } catch (error) {
    if (!(error instanceof NetworkError)) throw error;
    const outcome = { kind: "network", code: error.code, hasAnsweredBefore: hostsSeen.has(host) } as const;
    return { result: { response: null, error }, outcome };
  }
}

function mostRepeatsOf({ method, repeatable, mostRepeats }: HttpRequest): number {
  const isRepeatable = repeatable ?? IDEMPOTENT.has(method.toUpperCase());
  return isRepeatable ? (mostRepeats ?? Number.POSITIVE_INFINITY) : 0;
}

function throttled(url: URL, response: HttpResponse | null, untilMs: number | null): UnavailableError {
  const until = untilMs === null ? "" : ` until ${new Date(untilMs).toISOString()}`;
  return new UnavailableError(
    "limited.rate",
    `\`${url.host}\` returned 429: this token's rate limit is used up${until}`,
    {
      hint: "run fewer requests in parallel, or try again later; the limit covers all programs that use this token",
      correlationId: response === null ? undefined : (readCorrelationId(response.headers) ?? undefined),
    },
  );
}
