import type { Operation } from "../../catalogue/facts/operation.ts";
import { oneLine } from "../../core/text.ts";
import type { Remedy } from "../verdict/verdict.ts";
import type { Finding, NamedOperation } from "./finding.ts";
import type { Failure, RequestSeen } from "./paste/failure.ts";

/**
 * Lists the correlation ids in the headers, which support asks for, followed by the id in the body if it
 * differs.
 */
export function correlationIds({ headers, contextId }: Failure): readonly string[] {
  const ids = [headers["genesys-correlation-id"], headers["inin-correlation-id"], contextId ?? undefined];
  return [...new Set(ids.filter((id): id is string => id !== undefined && /^[\w-]{4,80}$/.test(id)))];
}

/** Returns the method, host and path of a request for a finding; null when there is no request. */
export function toLine(request: RequestSeen | null): Finding["request"] {
  return request === null || (request.method === null && request.host === null && request.path === null)
    ? null
    : {
        method: request.method,
        host: request.host === null ? null : oneLine(request.host, 200),
        path: request.path === null ? null : oneLine(request.path, 500),
      };
}

/** Returns the fields that identify an operation: method, path and operationId. */
export function toName({ method, path, operationId }: Operation): NamedOperation {
  return { method, path, operationId };
}

/**
 * Drops each remedy that repeats an earlier one. Two remedies count as equal when they differ only in the
 * region's domain.
 */
export function uniqueRemedies(remedies: readonly Remedy[]): readonly Remedy[] {
  const seen = new Set<string>();
  return remedies.filter(({ summary }) => {
    const key = summary.replace(/\b(login|api)\.[a-z0-9.-]+/g, "$1.<domain>");
    const isNew = !seen.has(key);
    seen.add(key);
    return isNew;
  });
}

/** Parses the value of a header as whole seconds; null for anything else. */
export function readSeconds(value: string | undefined): number | null {
  return value !== undefined && /^\d{1,7}$/.test(value.trim()) ? Number(value) : null;
}
