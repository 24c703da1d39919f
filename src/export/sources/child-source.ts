import type { ChildAccess, ParentAccess } from "../../analytics/datasets/dataset-access.ts";
import { asString, type JsonRecord } from "../../core/json.ts";
import type { Part } from "../part/part.ts";
import { listingSource } from "./listing-source.ts";
import type { SeenPage, Source } from "./source.ts";
import { tailSource } from "./tail-source.ts";

/** Position in the listings of many objects, which follow each other by id. */
interface ChildPosition {
  /** Id of the object whose listing is read. */
  readonly id: string;
  /** Cursor of that listing; null for its first page. */
  readonly inner: string | null;
  /** Whether an earlier listing shifted in every pass. */
  readonly hasShifted: boolean;
  /** Whether the platform has known any object so far. */
  readonly hasFound: boolean;
}

/**
 * Returns the pages of the listings of many objects, such as the members of every queue. The objects are read first. Another
 * process can continue: it reads the objects again, and the interrupted listing from its start.
 */
export function childSource({ parents, listing }: ChildAccess): Source {
  /** Fields that the records of each object begin with, by its id. */
  const prefixes = new Map<string, string>();
  let ids: readonly string[] | null = null;
  /** Latest cursor, with its position in this process. */
  let latest: { readonly cursor: string | null; readonly place: ChildPosition } | null = null;

  const idsInOrder = () => (ids ??= [...prefixes.keys()].toSorted());

  function placeOf(cursor: string | null): ChildPosition {
    if (latest !== null && latest.cursor === cursor) return latest.place;
    const place: ChildPosition =
      cursor === null
        ? { id: idsInOrder()[0] ?? "", inner: null, hasShifted: false, hasFound: false }
        : (JSON.parse(cursor) as JsonRecord & ChildPosition);
    // Page numbers of another process mean nothing: entries may have shifted since.
    const isContinued = latest !== null && latest.place.id === place.id;
    latest = { cursor, place: isContinued ? place : { ...place, inner: null } };
    return latest.place;
  }

  const listingOf = (id: string) =>
    listingSource({ ...listing, path: listing.path.replace("{id}", encodeURIComponent(id)) });
  const wasFound = ({ hasFound }: ChildPosition, page: SeenPage) => hasFound || page.isGone !== true;
  const shifted = (part: Part, { id, inner, hasShifted }: ChildPosition, page: SeenPage) =>
    hasShifted || !listingOf(id).isSettled(part, inner, page);

  return {
    itemsKey: listing.itemsKey,
    pageSizes: listingOf("").pageSizes,
    jobs: null,
    isResumable: true,
    divide: () => null,
    parents: {
      source: parents.from.kind === "query" ? tailSource(parents.from) : listingSource(parents.from),
      clear: () => {
        prefixes.clear();
        ids = null;
      },
      add: (part, record) => {
        const id = asString(record[parents.idField]);
        if (id === null || !startsWithin(part, parents, record)) return true;
        const isNew = !prefixes.has(id);
        prefixes.set(id, prefixOf(parents, record));
        return isNew;
      },
      any: () => prefixes.size > 0,
      prefixAt: (cursor) => prefixes.get(placeOf(cursor).id) ?? "",
      // If the platform knows no object at all, the path is wrong or the operation is not available.
      mayBeGone: (cursor) => {
        const { id, hasFound } = placeOf(cursor);
        return hasFound || id !== idsInOrder().at(-1);
      },
    },
    requestPage: (part, job, cursor, pageSize) => {
      const { id, inner } = placeOf(cursor);
      return listingOf(id).requestPage(part, job, inner, pageSize);
    },
    nextCursor: (part, cursor, page) => {
      const place = placeOf(cursor);
      const inner = listingOf(place.id).nextCursor(part, place.inner, page);
      const hasFound = wasFound(place, page);
      if (inner !== null) return JSON.stringify({ ...place, inner, hasFound });
      const id = idsInOrder().find((each) => each > place.id);
      const hasShifted = shifted(part, place, page);
      return id === undefined ? null : JSON.stringify({ id, inner: null, hasShifted, hasFound });
    },
    isSettled: (part, cursor, page) => !shifted(part, placeOf(cursor), page),
  };
}

/** Returns whether an object belongs to the part's day; a query also returns objects that began before it. */
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
