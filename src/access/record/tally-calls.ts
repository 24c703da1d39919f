import type { Catalogue } from "../../catalogue/facts/catalogue.ts";
import type { Operation } from "../../catalogue/facts/operation.ts";
import { nameOf } from "../../catalogue/lookup/operation-lookup.ts";
import type { RecordedCall } from "./recorded-call.ts";

/** The number of calls that ended with a status; null for calls without an answer. */
export interface StatusCount {
  readonly status: number | null;
  readonly calls: number;
}

/** The calls of one operation. */
export interface UsedOperation {
  readonly operation: Operation;
  readonly calls: number;
  readonly statuses: readonly StatusCount[];
}

/** Calls of the API whose path the catalogue lacks. */
export interface UnmatchedCalls {
  readonly method: string;
  /** The path with `{id}` for each part that looks like an id. */
  readonly path: string;
  readonly calls: number;
  readonly statuses: readonly StatusCount[];
}

/** Every call of a recording, counted. */
export interface CallTally {
  /** The operations, sorted by path and method. */
  readonly operations: readonly UsedOperation[];
  readonly unmatched: readonly UnmatchedCalls[];
  /** Number of other calls: to other hosts and paths, and CORS preflights. */
  readonly ignored: number;
}

const ROOT = "/api/v2/";
const LOOPBACK = /^(?:localhost|127(?:\.\d{1,3}){3}|\[::1\])(?::\d+)?$/;
/** UUIDs, numbers, and long words with a digit. */
const ID = /^(?:[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}|\d+|(?=[^/]*\d)[^/]{20,}|[^/]{60,})$/i;

/**
 * Counts the calls by operation.
 * @param hosts hosts of the platform's API, in lower case. A call without a host counts as one of the platform; on
 * loopback, where any program may serve, only one that the catalogue knows does.
 */
export function tallyCalls(
  calls: readonly RecordedCall[],
  catalogue: Pick<Catalogue, "find">,
  hosts: ReadonlySet<string>,
): CallTally {
  const used = new Map<string, { readonly operation: Operation; readonly statuses: (number | null)[] }>();
  const unmatched = new Map<string, { readonly call: RecordedCall; readonly statuses: (number | null)[] }>();
  let ignored = 0;
  for (const call of calls) {
    const { method, host, status } = call;
    const start = call.path.indexOf(ROOT);
    const isLocal = host !== null && !hosts.has(host) && LOOPBACK.test(host);
    const isPossible = start !== -1 && method !== "OPTIONS" && (host === null || hosts.has(host) || isLocal);
    const path = call.path.slice(Math.max(0, start));
    const operation = isPossible ? catalogue.find(method, path) : null;
    if (operation !== null) {
      const entry = used.get(nameOf(operation)) ?? { operation, statuses: [] };
      entry.statuses.push(status);
      used.set(nameOf(operation), entry);
    } else if (isPossible && !isLocal) {
      const masked = path.split("/").map((part) => (ID.test(part) ? "{id}" : part));
      const key = `${method} ${masked.join("/")}`;
      const entry = unmatched.get(key) ?? { call: { ...call, path: masked.join("/") }, statuses: [] };
      entry.statuses.push(status);
      unmatched.set(key, entry);
    } else {
      ignored += 1;
    }
  }
  return {
    operations: [...used.values()]
      .map(({ operation, statuses }) => ({ operation, ...countsOf(statuses) }))
      .toSorted((a, b) => byPath(a.operation, b.operation)),
    unmatched: [...unmatched.values()]
      .map(({ call: { method, path }, statuses }) => ({ method, path, ...countsOf(statuses) }))
      .toSorted(byPath),
    ignored,
  };
}

function countsOf(statuses: readonly (number | null)[]): {
  readonly calls: number;
  readonly statuses: readonly StatusCount[];
} {
  const counts = new Map<number | null, number>();
  for (const status of statuses) counts.set(status, (counts.get(status) ?? 0) + 1);
  return {
    calls: statuses.length,
    statuses: [...counts]
      .map(([status, calls]) => ({ status, calls }))
      .toSorted((a, b) => (a.status ?? 1_000) - (b.status ?? 1_000)),
  };
}

interface Path {
  readonly method: string;
  readonly path: string;
}

function byPath(a: Path, b: Path): number {
  return a.path.localeCompare(b.path, "en") || a.method.localeCompare(b.method, "en");
}
