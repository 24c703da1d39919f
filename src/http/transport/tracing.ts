import type { Clock } from "../../core/clock.ts";
import { AppError } from "../../core/errors.ts";
import { type CorrelationIds, readCorrelationIds } from "./correlation.ts";
import type { HttpRequest, Transport } from "./transport.ts";

/**
 * A request, response or failure in a form that is safe to show: secrets appear as `[secret]`, and bodies are
 * left out.
 */
export type HttpEvent =
  | {
      readonly kind: "request";
      /** Number of the request in this run. Its response has the same number. */
      readonly number: number;
      readonly method: string;
      readonly url: string;
      readonly headers: Readonly<Record<string, string>>;
    }
  | {
      readonly kind: "response";
      readonly number: number;
      readonly method: string;
      readonly url: string;
      readonly status: number;
      readonly elapsedMs: number;
      readonly headers: Readonly<Record<string, string>>;
      readonly correlationIds: CorrelationIds;
    }
  | {
      readonly kind: "failure";
      readonly number: number;
      readonly method: string;
      readonly url: string;
      readonly elapsedMs: number;
      readonly code: string | null;
    };

export interface TracingOptions {
  readonly clock: Clock;
  readonly listener?: ((event: HttpEvent) => void) | undefined;
  /** Value of `TRACEPARENT` in the environment. It is sent only when it is set and well-formed. */
  readonly traceparent?: string | undefined;
}

/** Format defined by W3C Trace Context, section 3.2. */
const TRACEPARENT = /^[0-9a-f]{2}-[0-9a-f]{32}-[0-9a-f]{16}-[0-9a-f]{2}$/;

/** Response headers that contain credentials. */
const CREDENTIALS = new Set(["set-cookie", "www-authenticate", "location"]);

/** Reports every request to the listener, and sends the caller's `traceparent` header. */
export function traceRequests(next: Transport, options: TracingOptions): Transport {
  const { clock, listener, traceparent = "" } = options;
  let count = 0;

  return async (original) => {
    const request = TRACEPARENT.test(traceparent)
      ? { ...original, headers: { ...original.headers, traceparent } }
      : original;
    count += 1;
    const about = { number: count, method: request.method, url: request.url.href };
    const startMs = clock.now();
    listener?.({ kind: "request", ...about, headers: showHeaders(request.headers ?? {}) });
    try {
      const response = await next(request);
      listener?.({
        kind: "response",
        ...about,
        status: response.status,
        elapsedMs: clock.now() - startMs,
        headers: Object.fromEntries(
          Object.entries(response.headers).filter(([name]) => !CREDENTIALS.has(name)),
        ),
        correlationIds: readCorrelationIds(response.headers),
      });
      return response;
    } catch (error) {
      const code = error instanceof AppError ? error.code : null;
      listener?.({ kind: "failure", ...about, elapsedMs: clock.now() - startMs, code });
      throw error;
    }
  };
}

function showHeaders(headers: NonNullable<HttpRequest["headers"]>): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, String(value)]));
}
