import type { Catalogue } from "../../catalogue/facts/catalogue.ts";
import type { Operation } from "../../catalogue/facts/operation.ts";
import { nameOf } from "../../catalogue/lookup/operation-lookup.ts";
import { oneLine } from "../../core/text.ts";
import type { RecordedCall } from "./recorded-call.ts";

/** The number of calls with one status; the status is null for calls without a response. */
export interface StatusCount {
  readonly status: number | null;
  readonly calls: number;
}

/** An operation that was called, with the number of calls. */
export interface UsedOperation {
  readonly operation: Operation;
  readonly calls: number;
  readonly statuses: readonly StatusCount[];
}

/** API calls to a path that the catalog does not contain. */
export interface UnmatchedCalls {
  readonly method: string;
  /** The path with `{id}` for each part that looks like an id. */
  readonly path: string;
  readonly calls: number;
  readonly statuses: readonly StatusCount[];
}

/** The calls of a recording, counted by operation. */
export interface CallCounts {
  /** The operations, sorted by path and method. */
  readonly operations: readonly UsedOperation[];
  /** The first paths that the catalog does not contain, sorted by path and method. */
  readonly unmatched: readonly UnmatchedCalls[];
  /** Number of calls to unknown paths beyond the listed ones. */
  readonly unlisted: number;
  /** Number of calls left out of the counts: CORS preflights, and calls to other hosts and paths. */
  readonly ignored: number;
}

/**
 * Maximum number of unknown paths to list. A program may put different text into every path, so their number is
 * unbounded.
 */
const MOST_UNMATCHED = 500;
const LONGEST_PATH = 500;
const ROOT = "/api/v2/";
const LOOPBACK = /^(?:localhost|127(?:\.\d{1,3}){3}|\[::1\])(?::\d+)?$/;
/** Matches UUIDs, numbers, and long words with a digit. */
const ID = /^(?:[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}|\d+|(?=[^/]*\d)[^/]{20,}|[^/]{60,})$/i;
/**
 * Matches a path segment that cannot be personal data. Names, addresses and parameters within a segment contain
 * other characters.
 */
const WORD = /^[\w.~-]*$/;

/** Counts calls as they arrive, so that memory use does not grow with the length of a recording. */
export interface CallCounter {
  add(calls: Iterable<RecordedCall>): void;
  result(): CallCounts;
}

/**
 * Creates an empty counter of calls by operation.
 * @param hosts API hosts of the platform in lower case. A call without a host counts as a platform call. On
 * loopback, where any program may listen, a call counts only if the catalog contains its operation.
 */
export function createCallCounter(
  catalogue: Pick<Catalogue, "find">,
  hosts: ReadonlySet<string>,
): CallCounter {
  const used = new Map<string, Counted<Operation>>();
  const unmatched = new Map<string, Counted<Path>>();
  let unlisted = 0;
  let ignored = 0;
  const count = ({ method, host, status: given, path: whole }: RecordedCall): void => {
    const status = isStatus(given) ? given : null;
    const start = whole.indexOf(ROOT);
    const isLocal = host !== null && !hosts.has(host) && LOOPBACK.test(host);
    const isPossible = start !== -1 && method !== "OPTIONS" && (host === null || hosts.has(host) || isLocal);
    const path = whole.slice(Math.max(0, start));
    const operation = isPossible ? catalogue.find(method, path) : null;
    if (operation !== null) {
      countOne(used, nameOf(operation), operation, status);
    } else if (isPossible && !isLocal) {
      const segments = path.split("/").map((part) => (ID.test(part) || !WORD.test(part) ? "{id}" : part));
      const masked = { method, path: oneLine(segments.join("/"), LONGEST_PATH) };
      const key = `${method} ${masked.path}`;
      if (unmatched.size < MOST_UNMATCHED || unmatched.has(key)) countOne(unmatched, key, masked, status);
      else unlisted += 1;
    } else {
      ignored += 1;
    }
  };
  return {
    add: (calls) => {
      for (const call of calls) count(call);
    },
    result: () => ({
      operations: [...used.values()]
        .map(({ of, statuses }) => ({ operation: of, ...countsOf(statuses) }))
        .toSorted((a, b) => byPath(a.operation, b.operation)),
      unmatched: [...unmatched.values()]
        .map(({ of: { method, path }, statuses }) => ({ method, path, ...countsOf(statuses) }))
        .toSorted(byPath),
      unlisted,
      ignored,
    }),
  };
}

/** Whether a number is a valid HTTP status. A recording may contain any number; others count as no response. */
function isStatus(status: number | null): boolean {
  return status !== null && Number.isInteger(status) && status >= 100 && status <= 599;
}

/** A called operation or path, with the number of calls per status. */
interface Counted<Thing> {
  readonly of: Thing;
  readonly statuses: Map<number | null, number>;
}

function countOne<Thing>(
  counted: Map<string, Counted<Thing>>,
  key: string,
  of: Thing,
  status: number | null,
): void {
  const { statuses } = counted.get(key) ?? setIn(counted, key, { of, statuses: new Map() });
  statuses.set(status, (statuses.get(status) ?? 0) + 1);
}

function setIn<Thing>(
  counted: Map<string, Counted<Thing>>,
  key: string,
  value: Counted<Thing>,
): Counted<Thing> {
  counted.set(key, value);
  return value;
}

function countsOf(counts: ReadonlyMap<number | null, number>): {
  readonly calls: number;
  readonly statuses: readonly StatusCount[];
} {
  return {
    calls: [...counts.values()].reduce((sum, calls) => sum + calls, 0),
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
