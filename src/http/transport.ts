import type { Secret } from "../core/secret.ts";

/** A request before it is sent. Secrets stay `Secret` until the transport writes them to the socket. */
export interface HttpRequest {
  readonly method: string;
  readonly url: URL;
  readonly headers?: Readonly<Record<string, string | Secret>>;
  readonly body?: RequestBody;
  readonly signal?: AbortSignal;
  /** Of this request, from connecting to the last byte of the body; the transport's default when absent. */
  readonly timeoutMs?: number;
  /** Safe to send twice although its method is not (a query by POST). GET and HEAD always are. */
  readonly repeatable?: boolean;
  /** Largest number of repetitions after failures that may have left something behind at the service; no limit when absent. */
  readonly mostRepeats?: number;
  /** Reads the body within each attempt, so that an answer that breaks off is requested again; streamed when absent. */
  readonly whole?: WholeBody;
}

/** How the whole body of an answer is read and checked. */
export interface WholeBody {
  /** After decompression. */
  readonly maxBytes: number;
  /**
   * Whether the body ended before it was whole.
   * @throws NetworkError for a body that is never to be parsed
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
  /** `application/x-www-form-urlencoded`, as the token endpoint wants it (RFC 6749 appendix B). */
  | {
      readonly kind: "form";
      readonly fields: Readonly<Record<string, string | Secret>>;
    };

export interface HttpResponse {
  readonly status: number;
  /** Names in lower case; repeated headers joined with `, `. */
  readonly headers: Readonly<Record<string, string>>;
  /** The body as it arrives, decompressed. Must be read or cancelled: `readBody`, `discardBody`. */
  readonly body: AsyncIterable<Uint8Array>;
}

/**
 * Sends one request and answers with the service's response, whatever its status; redirects are answers
 * too and are never followed here, so a token can't travel to another host.
 * Behaviour (retry, pacing, authorization, tracing) is added by wrapping one Transport in another.
 * @throws NetworkError when there is no answer.
 */
export type Transport = (request: HttpRequest) => Promise<HttpResponse>;

/** Hands out a token that is good for a while; what `http` knows of authentication. */
export type TokenSource = () => Promise<Secret>;
