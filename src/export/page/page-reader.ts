import type { Clock } from "../../core/clock.ts";
import { NetworkError } from "../../core/errors.ts";
import type { Random } from "../../core/random.ts";
import { type Attempted, repeat } from "../../http/retry/repeat.ts";
import type { AttemptOutcome } from "../../http/retry/retry-policy.ts";
import type { Wait } from "../../http/transport/wait.ts";
import type { Api, ApiRequest } from "../../platform/api/api.ts";
import { ApiError } from "../../platform/api/api-error.ts";
import {
  BrokenPage,
  createPageScanner,
  OversizedPage,
  type PageEnvelope,
  type RecordsTaker,
} from "./page-scanner.ts";
import { RecordEndFinder } from "./record-ends.ts";

/**
 * Records whether the server has responded to any request of this run. A host that has never answered is probably
 * mistyped rather than unavailable.
 */
export interface HostState {
  hasAnswered: boolean;
}

/** Everything that the page reader depends on. */
export interface PageReaderOptions {
  readonly host: HostState;
  /** API from which the pages are requested. */
  readonly api: Pick<Api, "stream">;
  readonly clock: Clock;
  readonly random: Random;
  readonly signal: AbortSignal;
  /** Maximum total time for one page, in milliseconds. */
  readonly maxWaitMs: number;
  /** Maximum number of retries after a page of the smallest size gets a 504; no limit when absent. */
  readonly mostTimeouts?: number | undefined;
  readonly itemsKey: string;
  /** Text to add before and after a body to turn it into a page; null or absent when the body already is one. */
  readonly frame?: readonly [before: string, after: string] | null;
  readonly pageSizes: { readonly largest: number; readonly smallest: number };
  readonly onWait: (wait: Wait) => void;
}

/** Receives a page's records. */
export interface PageSink {
  readonly onRecords: RecordsTaker;
  /** Applies backpressure. The reader awaits this between chunks. */
  ready(): Promise<void>;
  /** Discards the records of the current page, so that it can be read again from the start. */
  rollBack(): Promise<void>;
}

/** A page that was read completely. */
export interface PageStats {
  readonly envelope: PageEnvelope;
  readonly correlationId: string | null;
  readonly pageSize: number;
}

const TOO_HEAVY_STATUSES = new Set([408, 413, 504]);
const TOO_HEAVY_CODES = new Set([
  "response.entity.too.large",
  "request.entity.too.large",
  "payload.too.large",
]);
/** Number of consecutive successful pages before a larger page size is tried. */
const PAGES_BEFORE_GROWING = 20;
/** Outcome of a page that was read completely. */
const DONE: AttemptOutcome = { kind: "answer", status: 200, retryAfterMs: null, isThrottled: false };

type PageAttempt =
  | { readonly page: PageStats; readonly error: null }
  | { readonly page: null; readonly error: unknown };

/**
 * Reads pages and retries each until it is complete. A page that is too large for the server is requested again
 * at half the size. A truncated page is retried by the same rules as any request. The reader never keeps a
 * complete body in memory.
 */
export class PageReader {
  readonly #options: PageReaderOptions;
  readonly #finder = new RecordEndFinder();
  #pageSize: number;
  #whole = 0;

  constructor(options: PageReaderOptions) {
    this.#options = options;
    this.#pageSize = options.pageSizes.largest;
  }

  /**
   * Reads one page.
   * @throws ApiError, NetworkError, UnavailableError when it cannot be read within `maxWaitMs`; BrokenPage
   * when it never arrives complete
   */
  async read(requestOf: (pageSize: number) => ApiRequest, sink: PageSink): Promise<PageStats> {
    const { result } = await repeat(async () => await this.#attempt(requestOf, sink), {
      ...this.#options,
      mostRepeats: Number.POSITIVE_INFINITY,
    });
    if (result.page === null) throw result.error;
    this.#grow();
    return result.page;
  }

  /** Makes one attempt. Halving the page size is part of the attempt and does not count as a retry. */
  async #attempt(
    requestOf: (pageSize: number) => ApiRequest,
    sink: PageSink,
  ): Promise<Attempted<PageAttempt>> {
    const { host } = this.#options;
    for (;;) {
      const pageSize = this.#pageSize;
      try {
        const page = await this.#readOnce(requestOf(pageSize), sink);
        return { result: { page: { ...page, pageSize }, error: null }, outcome: DONE };
      } catch (error) {
        await sink.rollBack();
        if (isTooLarge(error) && this.#shrink()) continue;
        if (error instanceof ApiError) host.hasAnswered = true;
        const outcome = outcomeOf(error, host);
        if (outcome === null) throw error;
        return { result: { page: null, error }, outcome };
      }
    }
  }

  async #readOnce(request: ApiRequest, sink: PageSink): Promise<Omit<PageStats, "pageSize">> {
    const { api, itemsKey, host, signal, frame } = this.#options;
    // The API client must not retry, because a page that is too large must not be requested again at the same size.
    const { body, correlationId, headers } = await api.stream({ ...request, repeatable: false, signal });
    host.hasAnswered = true;
    const scanner = createPageScanner(itemsKey, sink.onRecords, this.#finder);
    if (frame != null) scanner.push(Buffer.from(frame[0]));
    let size = 0;
    for await (const chunk of body) {
      size += chunk.byteLength;
      scanner.push(chunk);
      await sink.ready();
    }
    const promised =
      headers["content-encoding"] === undefined ? Number(headers["content-length"] ?? size) : size;
    if (size < promised) throw new BrokenPage(`received only ${size} of ${promised} bytes of the page`);
    if (frame != null) scanner.push(Buffer.from(frame[1]));
    return { envelope: scanner.end(), correlationId };
  }

  /** Halves the page size. Returns false when it is already the smallest. */
  #shrink(): boolean {
    const { smallest } = this.#options.pageSizes;
    this.#whole = 0;
    if (this.#pageSize <= smallest) return false;
    this.#pageSize = Math.max(smallest, Math.floor(this.#pageSize / 2));
    return true;
  }

  #grow(): void {
    this.#whole += 1;
    if (this.#whole < PAGES_BEFORE_GROWING) return;
    this.#whole = 0;
    this.#pageSize = Math.min(this.#options.pageSizes.largest, this.#pageSize * 2);
  }
}

/** Returns whether a smaller page may succeed. */
function isTooLarge(error: unknown): boolean {
  if (error instanceof NetworkError) return error.code === "network.timeout";
  return (
    error instanceof ApiError &&
    (TOO_HEAVY_STATUSES.has(error.status) || TOO_HEAVY_CODES.has(error.apiCode ?? ""))
  );
}

/** Returns how the attempt ended, for the retry policy; null when a retry cannot help. */
function outcomeOf(error: unknown, { hasAnswered }: HostState): AttemptOutcome | null {
  if (error instanceof ApiError) {
    return { kind: "answer", status: error.status, retryAfterMs: null, isThrottled: false };
  }
  if (error instanceof NetworkError) {
    return { kind: "network", code: error.code, hasAnsweredBefore: hasAnswered };
  }
  if (error instanceof OversizedPage) return null;
  if (error instanceof BrokenPage) return { kind: "broken" };
  return null;
}
