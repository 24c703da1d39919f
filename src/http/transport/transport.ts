import type { Secret } from "../../core/secret.ts";

/** A request before it is sent. Secrets remain `Secret` until the transport sends them. */
export interface HttpRequest {
  readonly method: string;
  readonly url: URL;
  readonly headers?: Readonly<Record<string, string | Secret>>;
  readonly body?: RequestBody;
  readonly signal?: AbortSignal;
  /**
   * Timeout in milliseconds, from connecting to the last byte of the body. The transport's default applies when
   * absent.
   */
  readonly timeoutMs?: number;
  /**
   * Whether the request is safe to repeat although its method is not, such as a POST query. By default, the method
   * decides.
   */
  readonly repeatable?: boolean;
  /**
   * Maximum number of retries after failures in which the server may have carried out the request. No limit
   * when absent.
   */
  readonly mostRepeats?: number;
  /**
   * Maximum number of retries after a 504, for a caller that can make the request smaller. No limit when
   * absent.
   */
  readonly mostTimeouts?: number;
  /**
   * If present, each attempt reads the whole body, so that a truncated response is requested again. Otherwise
   * the body is streamed.
   */
  readonly whole?: WholeBody;
}

/** How to read and check a whole body. */
export interface WholeBody {
  /** Maximum size after decompression. */
  readonly maxBytes: number;
  /**
   * Whether the body ended early.
   * @throws NetworkError for a body that must never be parsed
   */
  isBroken(method: string, response: Pick<HttpResponse, "status" | "headers">, bytes: Uint8Array): boolean;
}

export type RequestBody =
  | { readonly kind: "json"; readonly value: unknown }
  | {
      readonly kind: "text";
      readonly value: string;
      readonly contentType: string;
    }
  /**
   * Form fields, sent as `application/x-www-form-urlencoded`, as the token endpoint requires (RFC 6749 appendix
   * B).
   */
  | {
      readonly kind: "form";
      readonly fields: Readonly<Record<string, string | Secret>>;
    };

export interface HttpResponse {
  readonly status: number;
  /** Headers with lower-case names. Repeated headers are joined with `, `. */
  readonly headers: Readonly<Record<string, string>>;
  /** The decompressed body as it arrives. The caller must read or discard it: `readBody`, `discardBody`. */
  readonly body: AsyncIterable<Uint8Array>;
}

/**
 * Sends one request and returns the response, whatever its status. Redirects are returned like any other
 * response and never followed, so that a token cannot reach another host. Retries, pacing, authorization and
 * tracing are added by wrapping one Transport in another.
 * @throws NetworkError when there is no response
 */
export type Transport = (request: HttpRequest) => Promise<HttpResponse>;

/** Returns a token that is valid for a while. The code in `http` knows nothing else about authentication. */
export type TokenSource = () => Promise<Secret>;
