import type { ChildAccess, ParentAccess, ReportAccess } from "../../analytics/datasets/dataset-access.ts";
import { asString, type JsonRecord } from "../../core/json.ts";
import { pathSegment } from "../../core/text.ts";
import type { ApiRequest } from "../../platform/api/api.ts";
import { BrokenPage } from "../page/page-scanner.ts";
import type { Part } from "../part/part.ts";
import { listingSource } from "./listing-source.ts";
import type { SeenPage, Source } from "./source.ts";
import { tailSource } from "./tail-source.ts";

const PLACEHOLDER = /\{(\w+)\}/g;

/** Position in the listings of many objects. The listings are read in the order of the objects' keys. */
interface ChildPosition {
  /** Key of the object whose listing is being read: the fields that its path contains. */
  readonly key: string;
  /** Cursor of that listing; null for its first page. */
  readonly inner: string | null;
  /** Whether entries of an earlier listing moved between pages in every pass. */
  readonly hasShifted: boolean;
  /** Whether the platform has recognized any object so far. */
  readonly hasFound: boolean;
}

/**
 * Returns the source for the listings of many objects, such as the members of every queue. The objects are read first.
 * To resume, a later process reads the objects again, and then the interrupted listing from its start.
 */
export function childSource({ parents, listing, mayLackAll, report }: ChildAccess): Source {
  const placeholders = [...listing.path.matchAll(PLACEHOLDER)].map(([, name = ""]) => name);
  const names = report === undefined ? placeholders : ["id"];
  /** Fields at the start of every record of an object, by the object's key. */
  const prefixes = new Map<string, string>();
  let keys: readonly string[] | null = null;
  /** The latest cursor with its position. A cursor from an earlier process loses its page number, as in `placeOf`. */
  let latest: { readonly cursor: string | null; readonly place: ChildPosition } | null = null;

  const keysInOrder = () => (keys ??= [...prefixes.keys()].toSorted());

  function placeOf(cursor: string | null): ChildPosition {
    if (latest !== null && latest.cursor === cursor) return latest.place;
    const place: ChildPosition =
      cursor === null
        ? { key: keysInOrder()[0] ?? "", inner: null, hasShifted: false, hasFound: false }
        : (JSON.parse(cursor) as JsonRecord & ChildPosition);
    // A page number from another process is meaningless, because entries may have shifted since.
    const isContinued = latest !== null && latest.place.key === place.key;
    latest = { cursor, place: isContinued ? place : { ...place, inner: null } };
    return latest.place;
  }

  const listingOf = (key: string) => {
    const values = key.split("/");
    return listingSource({
      ...listing,
      path: listing.path.replaceAll(PLACEHOLDER, () => values.shift() ?? ""),
    });
  };
  const wasFound = ({ hasFound }: ChildPosition, page: SeenPage) => hasFound || page.isGone !== true;
  const shifted = (part: Part, { key, inner, hasShifted }: ChildPosition, page: SeenPage) =>
    hasShifted || !listingOf(key).isSettled(part, inner, page);

  return {
    itemsKey: listing.itemsKey,
    frame: listingOf("").frame,
    pageSizes: listingOf("").pageSizes,
    jobs: null,
    isResumable: true,
    divide: () => null,
    parents: {
      source: parents.from.kind === "query" ? tailSource(parents.from) : listingSource(parents.from),
      clear: () => {
        prefixes.clear();
        keys = null;
      },
      add: (part, record) => {
        if (!startsWithin(part, parents, record)) return true;
        let isNew = true;
        for (const object of parents.objectsOf(record)) {
          const values = names.map((name) => asString(object[name]));
          // The listing of an object without an id cannot be read. Skipping it would make the export look complete.
          if (values.includes(null)) throw new BrokenPage("an object has no readable id");
          const key = values.map((value) => pathSegment(value ?? "")).join("/");
          isNew &&= !prefixes.has(key);
          prefixes.set(key, prefixOf(parents, object));
        }
        return isNew;
      },
      any: () => prefixes.size > 0,
      prefixAt: (cursor) => prefixes.get(placeOf(cursor).key) ?? "",
      // If the platform recognizes no object at all, the path is wrong or the operation is not available.
      mayBeGone: (cursor) => {
        const { key, hasFound } = placeOf(cursor);
        return mayLackAll === true || hasFound || key !== keysInOrder().at(-1);
      },
    },
    requestPage: (part, job, cursor, pageSize) => {
      const { key, inner } = placeOf(cursor);
      if (report !== undefined) return requestReport(report, part, key);
      return listingOf(key).requestPage(part, job, inner, pageSize);
    },
    nextCursor: (part, cursor, page) => {
      const place = placeOf(cursor);
      const inner = listingOf(place.key).nextCursor(part, place.inner, page);
      const hasFound = wasFound(place, page);
      if (inner !== null) return JSON.stringify({ ...place, inner, hasFound });
      const key = keyAfter(keysInOrder(), place.key);
      const hasShifted = shifted(part, place, page);
      return key === undefined ? null : JSON.stringify({ key, inner: null, hasShifted, hasFound });
    },
    isSettled: (part, cursor, page) => !shifted(part, placeOf(cursor), page),
  };
}

function requestReport(report: ReportAccess, { interval }: Part, key: string): ApiRequest {
  const instants = [interval?.startMs, interval?.endMs].map((ms) => new Date(ms ?? 0).toISOString());
  const [start = "", end = ""] = instants;
  return { method: "POST", path: report.path, body: report.bodyOf(decodeURIComponent(key), start, end) };
}

/** Returns the first key that sorts after `key`, even if `key` is no longer in the list; undefined after the last. */
function keyAfter(keys: readonly string[], key: string): string | undefined {
  let from = 0;
  for (let to = keys.length; from < to; ) {
    const middle = (from + to) >>> 1;
    if ((keys[middle] as string) > key) to = middle;
    else from = middle + 1;
  }
  return keys[from];
}

/** Returns whether an object began on the part's day, because a query also returns objects that began earlier. */
function startsWithin({ interval }: Part, { startField }: ParentAccess, record: JsonRecord): boolean {
  const start = startField === null ? null : asString(record[startField]);
  if (start === null || interval === null) return true;
  const startMs = Date.parse(start);
  return !(startMs < interval.startMs || startMs >= interval.endMs);
}

function prefixOf({ repeated }: ParentAccess, record: JsonRecord): string {
  return Object.entries(repeated)
    .filter(([, field]) => record[field] !== undefined)
    .map(([name, field]) => `${JSON.stringify(name)}:${JSON.stringify(record[field])},`)
    .join("");
}
