import type { Secret } from "../../core/secret.ts";

/** A request before it is sent. Secrets stay `Secret` until the transport writes them to the socket. */
export interface HttpRequest {
  readonly method: string;
  readonly url: URL;
  readonly headers?: Readonly<Record<string, string | Secret>>;
  readonly body?: RequestBody;
  readonly signal?: AbortSignal;
  /**
   * Timeout of this request, from connecting to the last byte of the body; the transport's default when
   * absent.
   */
  readonly timeoutMs?: number;
  /**
   * Whether the request is safe to repeat although its method is not, such as a query by POST. GET and HEAD
   * always are.
   */
  readonly repeatable?: boolean;
  /**
   * Maximum number of repetitions after failures that may have changed something on the server; no limit when
   * absent.
   */
  readonly mostRepeats?: number;
  /**
   * Maximum number of repetitions after a 504, for a caller that can make the request smaller; no limit when
   * absent.
   */
  readonly mostTimeouts?: number;
  /**
   * Reads the body within each attempt, so that a truncated response is requested again; streamed when
   * absent.
   */
  readonly whole?: WholeBody;
}

/** Settings for reading and checking a whole body. */
export interface WholeBody {
  /** Size after decompression. */
  readonly maxBytes: number;
  /**
   * Returns whether the body ended early.
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
  /** `application/x-www-form-urlencoded`, as the token endpoint requires (RFC 6749 appendix B). */
  | {
      readonly kind: "form";
      readonly fields: Readonly<Record<string, string | Secret>>;
    };

export interface HttpResponse {
  readonly status: number;
  /** Names in lower case; repeated headers joined with `, `. */
  readonly headers: Readonly<Record<string, string>>;
  /** The body as it arrives, decompressed. The caller must read or cancel it: `readBody`, `discardBody`. */
  readonly body: AsyncIterable<Uint8Array>;
}

/**
 * Sends one request and returns the service's response, whatever its status. Redirects are returned like any
 * response and never followed, so a token can't travel to another host. Retry, pacing, authorization and
 * tracing are added by wrapping one Transport in another.
 * @throws NetworkError when there is no response
 */
export type Transport = (request: HttpRequest) => Promise<HttpResponse>;

/** Returns a token that stays valid for a while. This is all that `http` knows about authentication. */
export type TokenSource = () => Promise<Secret>;
