import type { IncomingHttpHeaders } from "node:http";

/** A request whose body has been read. */
export interface Request {
  readonly method: string;
  /** Path without the query. */
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
  /** Address of the caller. */
  readonly address: string;
}

/** The error code of a refusal, and the layer that refused, under the name that the diagnosis uses for it. */
export interface RefusedBy {
  readonly layer: string;
  readonly code: string;
}

/** A response of the sandbox. */
export interface Answer {
  readonly status: number;
  /** Absent when the response is not a refusal. */
  readonly refusedBy?: RefusedBy;
  readonly headers?: Readonly<Record<string, string>>;
  /** Body, sent as JSON; absent without a body. */
  readonly json?: unknown;
  /** Body that is sent unchanged, so that it can be serialized once and cached. */
  readonly text?: { readonly value: string; readonly contentType: string };
  /** Content of a file, sent unchanged. */
  readonly bytes?: { readonly value: Buffer; readonly contentType: string };
  /** JSON in chunks that are generated while they are sent, for bodies that may be large. */
  readonly chunks?: () => Iterable<string>;
}

export function ok(json: unknown): Answer {
  return { status: 200, json };
}

export const NO_CONTENT: Answer = { status: 204 };

/** A 200 response with JSON that is generated in chunks. */
export function jsonText(chunks: () => Iterable<string>): Answer {
  return { status: 200, chunks };
}

/** Yields the items of a JSON list with commas between them, for {@link jsonText}. */
export function* listed(count: number, textOf: (place: number) => string): Generator<string> {
  for (let place = 0; place < count; place += 1) {
    if (place > 0) yield ",";
    yield textOf(place);
  }
}
