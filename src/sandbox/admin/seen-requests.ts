import type { Request } from "../answer.ts";

/** A request as the sandbox remembers it; credentials are not kept. */
export interface SeenRequest {
  readonly method: string;
  /** With the query. */
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  /** Null until it was answered, and for a connection that a fault broke. */
  status: number | null;
  correlationId: string;
}

const KEPT = 1000;
const REDACTED: ReadonlySet<string> = new Set(["authorization", "cookie"]);

/** Remembers a request; the oldest is forgotten when there are too many. */
export function rememberRequest(
  requests: SeenRequest[],
  request: Request,
  correlationId: string,
): SeenRequest {
  const query = request.query.toString();
  const seen: SeenRequest = {
    method: request.method,
    path: query === "" ? request.path : `${request.path}?${query}`,
    headers: Object.fromEntries(
      Object.entries(request.headers).map(([name, value]) => [
        name,
        REDACTED.has(name) ? "[secret]" : String(value ?? ""),
      ]),
    ),
    status: null,
    correlationId,
  };
  requests.push(seen);
  if (requests.length > KEPT) requests.splice(0, requests.length - KEPT);
  return seen;
}
