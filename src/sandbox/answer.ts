import type { IncomingHttpHeaders } from "node:http";

/** A request as the look-alike sees it, body read. */
export interface Request {
  readonly method: string;
  /** Without the query. */
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
  /** The caller's address. */
  readonly address: string;
}

/** What goes back. */
export interface Answer {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  /** Sent as JSON; absent: no body. */
  readonly json?: unknown;
  /** Sent as it is, for what is serialised once and kept. */
  readonly text?: { readonly value: string; readonly contentType: string };
  /** JSON in pieces that are made while they are sent, for what may be large. */
  readonly chunks?: () => Iterable<string>;
}

export function ok(json: unknown): Answer {
  return { status: 200, json };
}

export const NO_CONTENT: Answer = { status: 204 };
