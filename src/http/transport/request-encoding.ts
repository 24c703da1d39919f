import { Secret } from "../../core/secret.ts";
import type { HttpRequest, RequestBody } from "./transport.ts";

/** A request as it is sent. Encoding is the only step in which secrets become text. */
export interface EncodedRequest {
  readonly headers: Record<string, string>;
  readonly body: string | null;
}

/**
 * Encodes a request. Header names are in lower case, so that none is sent twice. The headers of the request
 * override `defaults`.
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
