import type { Clock } from "../../core/clock.ts";
import { NetworkError } from "../../core/errors.ts";
import type { Random } from "../../core/random.ts";
import { type Attempted, repeat } from "../../http/repeat.ts";
import type { Outcome } from "../../http/retry-policy.ts";
import type { Wait } from "../../http/wait.ts";
import type { Api, ApiRequest } from "../../platform/api.ts";
import { ApiError } from "../../platform/api-error.ts";
import {
  BrokenPage,
  createPageScanner,
  type Envelope,
  OversizedPage,
  type RecordsTaker,
} from "./page-scanner.ts";
import { RecordEndFinder } from "./record-ends.ts";

/** What all pages of a run know of the service together: one that never answered is more likely misspelt than away. */
export interface Reach {
  hasAnswered: boolean;
}

/** What a page is read with. */
export interface PageReaderOptions {
  readonly reach: Reach;
  readonly api: Api;
  readonly clock: Clock;
  readonly random: Random;
  readonly signal: AbortSignal;
  /** How long one page may take in all. */
  readonly maxWaitMs: number;
  readonly itemsKey: string;
  readonly pageSizes: { readonly largest: number; readonly smallest: number };
  readonly onWait: (wait: Wait) => void;
}

/** Who takes the records of a page. */
export interface PageSink {
  readonly onRecords: RecordsTaker;
  /** Back-pressure: awaited between chunks. */
  ready(): Promise<void>;
  /** The page is read again from its start: what came of it is to be forgotten. */
  rollBack(): Promise<void>;
}

/** A whole page. */
export interface ReadPage {
  readonly envelope: Envelope;
  readonly correlationId: string | null;
  readonly pageSize: number;
}

const TOO_HEAVY_STATUSES = new Set([408, 413, 504]);
const TOO_HEAVY_CODES = new Set([
  "response.entity.too.large",
  "request.entity.too.large",
  "payload.too.large",
]);
/** Pages in a row that came through before a larger one is tried. */
const PAGES_BEFORE_GROWING = 20;
/** The outcome of a page that came whole. */
const DONE: Outcome = { kind: "answer", status: 200, retryAfterMs: null, isThrottled: false };

type Result =
  | { readonly page: ReadPage; readonly error: null }
  | { readonly page: null; readonly error: unknown };

/**
 * Reads pages, each until it is whole. Retries a page that is too heavy for the service at half the size, and a page
 * that breaks off by the rules for every request. Never holds a whole body in memory.
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
   * @throws ApiError, NetworkError, UnavailableError when it can't be had within `maxWaitMs`; BrokenPage when it
   * comes, but never whole
   */
  async read(requestOf: (pageSize: number) => ApiRequest, sink: PageSink): Promise<ReadPage> {
    const { result } = await repeat(async () => await this.#attempt(requestOf, sink), {
      ...this.#options,
      mostRepeats: Number.POSITIVE_INFINITY,
    });
    if (result.page === null) throw result.error;
    this.#grow();
    return result.page;
  }

  /** One attempt. Pages that are too heavy are requested at half the size within it: that is no repetition. */
  async #attempt(requestOf: (pageSize: number) => ApiRequest, sink: PageSink): Promise<Attempted<Result>> {
    const { reach } = this.#options;
    for (;;) {
      const pageSize = this.#pageSize;
      try {
        const page = await this.#readOnce(requestOf(pageSize), sink);
        return { result: { page: { ...page, pageSize }, error: null }, outcome: DONE };
      } catch (error) {
        await sink.rollBack();
        if (isTooHeavy(error) && this.#shrink()) continue;
        if (error instanceof ApiError) reach.hasAnswered = true;
        const outcome = outcomeOf(error, reach);
        if (outcome === null) throw error;
        return { result: { page: null, error }, outcome };
      }
    }
  }

  async #readOnce(request: ApiRequest, sink: PageSink): Promise<Omit<ReadPage, "pageSize">> {
    const { api, itemsKey, reach, signal } = this.#options;
    // Not repeated below us: a page that is too heavy must not be asked for twice in the same size.
    const { body, correlationId, headers } = await api.stream({ ...request, repeatable: false, signal });
    reach.hasAnswered = true;
    const scanner = createPageScanner(itemsKey, sink.onRecords, this.#finder);
    let size = 0;
    for await (const chunk of body) {
      size += chunk.byteLength;
      scanner.push(chunk);
      await sink.ready();
    }
    const promised =
      headers["content-encoding"] === undefined ? Number(headers["content-length"] ?? size) : size;
    if (size < promised) throw new BrokenPage(`the page has ${size} of ${promised} bytes`);
    return { envelope: scanner.end(), correlationId };
  }

  /** False when pages are as small as they get. */
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

/** Whether a smaller page may succeed. */
function isTooHeavy(error: unknown): boolean {
  if (error instanceof NetworkError) return error.code === "network.timeout";
  return (
    error instanceof ApiError &&
    (TOO_HEAVY_STATUSES.has(error.status) || TOO_HEAVY_CODES.has(error.apiCode ?? ""))
  );
}

/** How the attempt ended, in the words of the retry policy; null for what no repetition mends. */
function outcomeOf(error: unknown, { hasAnswered }: Reach): Outcome | null {
  if (error instanceof ApiError) {
    return { kind: "answer", status: error.status, retryAfterMs: null, isThrottled: false };
  }
  if (error instanceof NetworkError)
    return { kind: "network", code: error.code, hasAnsweredBefore: hasAnswered };
  if (error instanceof OversizedPage) return null;
  if (error instanceof BrokenPage) return { kind: "broken" };
  return null;
}
