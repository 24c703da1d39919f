import { Secret } from "../../core/secret.ts";
import type { HttpRequest, RequestBody } from "./transport.ts";

/** Encodes a request's headers and body for the wire: the one place where secrets become text. */
export interface EncodedRequest {
  readonly headers: Record<string, string>;
  readonly body: string | null;
}

/**
 * Returns headers with lower-case names, so that none is sent twice; the request's own headers override
 * `defaults`.
 */
export function encodeRequest(
  request: HttpRequest,
  defaults: Readonly<Record<string, string>>,
): EncodedRequest {
  const headers: Record<string, string> = { ...defaults };
  if (request.body !== undefined) headers["content-type"] = contentTypeOf(request.body);
  for (const [name, value] of Object.entries(request.headers ?? {})) {
    headers[name.toLowerCase()] = reveal(value);
  }
  return { headers, body: request.body === undefined ? null : encodeBody(request.body) };
}

function encodeBody(body: RequestBody): string {
  switch (body.kind) {
    case "json":
      return JSON.stringify(body.value);
    case "text":
      return body.value;
    case "form": {
      const form = new URLSearchParams();
      for (const [name, value] of Object.entries(body.fields)) form.append(name, reveal(value));
      return form.toString();
    }
  }
}

function contentTypeOf(body: RequestBody): string {
  switch (body.kind) {
    case "json":
      return "application/json";
    case "text":
      return body.contentType;
    case "form":
      return "application/x-www-form-urlencoded";
  }
}

function reveal(value: string | Secret): string {
  return value instanceof Secret ? value.reveal() : value;
}
