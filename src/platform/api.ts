import type { Region } from "./region.ts";

export type QueryValue = string | number | boolean | readonly string[] | undefined;

/** A request to the Platform API, in its own words; hosts, token and retries are added below. */
export interface ApiRequest {
  readonly method: string;
  /** From `/api/v2` on, parameters filled in and percent-encoded. */
  readonly path: string;
  /** Arrays become repeated parameters; undefined values are left out. */
  readonly query?: Readonly<Record<string, QueryValue>>;
  /** Sent as JSON. */
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
  /** Safe to send twice although its method is not (a query by POST). */
  readonly repeatable?: boolean;
  readonly timeoutMs?: number;
  /** Largest body that is read; 64 MiB when absent. */
  readonly maxBytes?: number;
  /** Ends this request alone; the Api's own signal ends them all. */
  readonly signal?: AbortSignal;
  /** Tidies up behind what was stopped: the Api's own signal does not end it, only `signal` does. */
  readonly isCleanUp?: boolean;
}

/** What the service answered, whatever the status. */
export interface ApiAnswer {
  readonly status: number;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  /** The id to quote to support: of the headers, else of the body. */
  readonly correlationId: string | null;
  readonly ininCorrelationId: string | null;
  readonly genesysCorrelationId: string | null;
  /** The body's own id; it can differ from the headers'. */
  readonly contextId: string | null;
  /** The parsed JSON body; undefined when the body is not JSON, null when it is empty. */
  readonly body: unknown;
  /** The body as text, for a diagnosis of what is not JSON. */
  readonly text: string;
}

/** A 2xx answer whose body is read by the caller, as it arrives: of what is too large to be held. */
export interface ApiStream {
  readonly status: number;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  readonly correlationId: string | null;
  /** Decompressed. Must be read to its end, or given up by leaving the loop. */
  readonly body: AsyncIterable<Uint8Array>;
}

/** The Platform API of one region, seen with one token (or with none, for what is public). */
export interface Api {
  readonly region: Region;
  /**
   * Sends and answers with any status; redirects and bodies that are not JSON are answers too.
   * @throws NetworkError when there is no answer, UnavailableError when throttled for too long.
   */
  send(request: ApiRequest): Promise<ApiAnswer>;
  /**
   * The JSON body of a 2xx answer to a GET.
   * @throws ApiError for other statuses and for bodies that are not JSON.
   */
  get(path: string, query?: ApiRequest["query"]): Promise<unknown>;
  /**
   * The body of a 2xx answer, while it comes.
   * @throws ApiError for other statuses
   */
  stream(request: ApiRequest): Promise<ApiStream>;
}
