import type { Request } from "../answer.ts";

/** A request as the sandbox records it, without credentials. */
export interface SeenRequest {
  readonly method: string;
  /** Path with the query. */
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  /** Status of the response; null until one is sent, or if a fault breaks the connection. */
  status: number | null;
  correlationId: string;
}

const KEPT = 1000;
const REDACTED: ReadonlySet<string> = new Set(["authorization", "cookie"]);

/** Records a request, and drops the oldest ones beyond the limit. */
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
