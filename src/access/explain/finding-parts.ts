import type { Operation } from "../../catalogue/facts/operation.ts";
import { oneLine } from "../../core/text.ts";
import type { Finding, NamedOperation } from "./finding.ts";
import type { Failure, RequestSeen } from "./paste/failure.ts";

/** Lists the ids in the headers, which support asks for, then any different id in the body. */
export function correlationIds({ headers, contextId }: Failure): readonly string[] {
  const ids = [headers["genesys-correlation-id"], headers["inin-correlation-id"], contextId ?? undefined];
  return [...new Set(ids.filter((id): id is string => id !== undefined && /^[\w-]{4,80}$/.test(id)))];
}

/** Returns the request line of a finding; null when it is unknown. */
export function toLine(request: RequestSeen | null): Finding["request"] {
  return request === null || (request.method === null && request.host === null && request.path === null)
    ? null
    : {
        method: request.method,
        host: request.host === null ? null : oneLine(request.host, 200),
        path: request.path === null ? null : oneLine(request.path, 500),
      };
}

/** Returns the names of an operation. */
export function toName({ method, path, operationId }: Operation): NamedOperation {
  return { method, path, operationId };
}
