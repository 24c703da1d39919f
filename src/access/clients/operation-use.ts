import type { Operation } from "../../catalogue/facts/operation.ts";
import type { UsageRow } from "../../platform/usage/usage-row.ts";

/** Request counts of a client for one operation, from API usage. */
export interface OperationUse {
  readonly method: string;
  /** Path with parameter names, as the service returns it. */
  readonly path: string;
  /** Null when the catalog does not contain the operation. */
  readonly operation: Operation | null;
  readonly requests: number;
  /** Requests answered with 2xx or 3xx. */
  readonly passed: number;
  /** Requests answered with 4xx, except 429. API usage does not count 403 separately. */
  readonly refused: number;
  /** Requests answered with 429. */
  readonly throttled: number;
  /** Requests answered with 5xx. */
  readonly failed: number;
  /** Last UTC day with a request; null unless each row covered a single day. */
  readonly lastDay: string | null;
}

/** One row of API usage, reduced to the fields used here. */
export type CountedRequests = Omit<UsageRow, "clientId" | "clientName" | "userId" | "userName">;

/**
 * Adds up rows of API usage by operation, most requests first.
 * @param find finds an operation by method and path; the path may use other parameter names
 * @param isByDay whether each row covers a single day
 */
export function usesOf(
  rows: readonly CountedRequests[],
  find: (method: string, path: string) => Operation | null,
  isByDay: boolean,
): readonly OperationUse[] {
  const uses = new Map<string, OperationUse>();
  for (const row of rows) {
    const { method = null, path = null } = row;
    const operation = method === null || path === null ? null : find(method, path);
    const name =
      operation === null ? `${method ?? "?"} ${path ?? "?"}` : `${operation.method} ${operation.path}`;
    const known = uses.get(name);
    uses.set(name, {
      method: method ?? "?",
      path: operation?.path ?? path ?? "?",
      operation,
      requests: (known?.requests ?? 0) + row.requests,
      passed: (known?.passed ?? 0) + row.succeeded + row.redirected,
      refused: (known?.refused ?? 0) + Math.max(0, row.refused - row.throttled),
      throttled: (known?.throttled ?? 0) + row.throttled,
      failed: (known?.failed ?? 0) + row.failed,
      lastDay: isByDay ? latest(known?.lastDay ?? null, row.day) : null,
    });
  }
  return [...uses.values()].toSorted((a, b) => b.requests - a.requests || (a.path < b.path ? -1 : 1));
}

/** Whether every request to the operation was refused, for any reason. */
export function neverPasses({ passed, refused }: OperationUse): boolean {
  return passed === 0 && refused > 0;
}

function latest(first: string | null, second: string): string {
  return first !== null && first > second ? first : second;
}
