import type { Operation } from "../../catalogue/facts/operation.ts";
import type { UsageRow } from "../../platform/usage/usage-row.ts";

/** Requests of a client to one operation, as API usage counts them. */
export interface OperationUse {
  readonly method: string;
  /** Path with parameter names, as the service writes it. */
  readonly path: string;
  /** Null when the catalog contains no such operation. */
  readonly operation: Operation | null;
  readonly requests: number;
  /** 2xx and 3xx. */
  readonly passed: number;
  /** 4xx without 429. API usage does not distinguish 403 from other codes. */
  readonly refused: number;
  /** Requests answered with 429. */
  readonly throttled: number;
  /** Requests answered with 5xx. */
  readonly failed: number;
  /** Last UTC day with a request; null when the query covered more than a day at a time. */
  readonly lastDay: string | null;
}

/** One row of API usage, with only the fields used here. */
export type CountedRequests = Omit<UsageRow, "clientId" | "clientName" | "userId" | "userName">;

/**
 * Sums rows of API usage by operation, most requests first.
 * @param find finds the operation for a method and a path whose parameters may be named differently
 * @param isByDay whether each row counts one day
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
