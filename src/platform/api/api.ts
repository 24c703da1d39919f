import type { Region } from "../region/region.ts";

export type QueryValue = string | number | boolean | readonly string[] | undefined;

/** A request in terms of the Platform API; lower layers add host, token and retries. */
export interface ApiRequest {
  readonly method: string;
  /** Path, starting with `/api/v2`, with parameters filled in and percent-encoded. */
  readonly path: string;
  /** Query parameters; arrays become repeated parameters, undefined values are omitted. */
  readonly query?: Readonly<Record<string, QueryValue>>;
  /** Body, sent as JSON. */
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
  /** Whether the request is safe to repeat although its method is not idempotent, such as a POST query. */
  readonly repeatable?: boolean;
  /**
   * Maximum number of retries after failures in which the server may have created something, such as a job;
   * no limit when absent.
   */
  readonly mostRepeats?: number;
  /**
   * Maximum number of retries after a 504, for a caller that can make the request smaller; no limit when
   * absent.
   */
  readonly mostTimeouts?: number;
  readonly timeoutMs?: number;
  /** Largest body to read, in bytes; 64 MiB when absent. */
  readonly maxBytes?: number;
  /** Ends only this request; the client's own signal ends all requests. */
  readonly signal?: AbortSignal;
  /** Whether the request cleans up after an abort. If so, only `signal` ends it, not the client's own signal. */
  readonly isCleanUp?: boolean;
}

/** The response from the service, whatever its status. */
export interface ApiAnswer {
  readonly status: number;
  /** Header names are in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  /** The id to quote to support, from the headers or otherwise the body. */
  readonly correlationId: string | null;
  readonly ininCorrelationId: string | null;
  readonly genesysCorrelationId: string | null;
  /** The id in the body, which can differ from the one in the headers. */
  readonly contextId: string | null;
  /** The parsed JSON body; undefined when the body is not JSON, null when it is empty. */
  readonly body: unknown;
  /** The body as text, for a diagnosis of a body that is not JSON. */
  readonly text: string;
}

/** A 2xx response whose body the caller reads as it arrives, for bodies too large for memory. */
export interface ApiStream {
  readonly status: number;
  /** Header names are in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  readonly correlationId: string | null;
  /** Decompressed chunks. The caller must read to the end, or leave the loop to cancel. */
  readonly body: AsyncIterable<Uint8Array>;
}

/** The Platform API of one region for one token, or without a token for public operations. */
export interface Api {
  readonly region: Region;
  /**
   * Sends a request and returns any response, including redirects and bodies that are not JSON.
   * @throws NetworkError when there is no response, UnavailableError when throttled for too long
   */
  send(request: ApiRequest): Promise<ApiAnswer>;
  /**
   * Returns the JSON body of a 2xx response to a GET.
   * @throws ApiError for other statuses and for bodies that are not JSON
   */
  get(path: string, query?: ApiRequest["query"]): Promise<unknown>;
  /**
   * Returns the body of a 2xx response as it arrives.
   * @throws ApiError for other statuses
   */
  stream(request: ApiRequest): Promise<ApiStream>;
}
