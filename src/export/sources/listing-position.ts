import type { JsonRecord } from "../../core/json.ts";

/**
 * Position in a listing. Most pages are numbered, so an entry added or removed in the meantime shifts the rest.
 */
export interface ListingPosition {
  /** Index of the current query among the listing's queries, counted from 0. */
  readonly series: number;
  readonly page: number;
  readonly pageSize: number;
  /**
   * Whether an earlier page of this pass contained a link to the next one. If so, the page without a link is the last
   * one.
   */
  readonly namesNext: boolean;
  /** Parameters of the current page; empty for the first page and for numbered pages. */
  readonly link: Readonly<Record<string, string>>;
  /** Parameters of an earlier page, to detect a cycle of cursors. `markAfter` replaces them at each power of two. */
  readonly mark: string | null;
  /** Number of entries on the earlier pages of this pass. */
  readonly received: number;
  /** Number of consecutive pages without entries, up to the latest page. */
  readonly emptyPages: number;
  /** Number of consecutive pages without a new entry, up to the latest page. */
  readonly repeatedPages: number;
  /** Whether the entries of an earlier query shifted in every pass. */
  readonly hasShifted: boolean;
  /** Number of the current pass over the listing, counted from 1. */
  readonly pass: number;
  /** Total number of entries according to the first page of this pass. */
  readonly total: number | null;
  /** Whether entries shifted during this pass. */
  readonly hasMoved: boolean;
}

/** Parses a position from a cursor. Returns the start of the listing when there is no cursor. */
export function readPlace(cursor: string | null, pageSize: number): ListingPosition {
  return cursor === null ? firstPage(pageSize) : (JSON.parse(cursor) as JsonRecord & ListingPosition);
}

/** Returns the start of a listing. */
export function firstPage(pageSize: number): ListingPosition {
  return {
    series: 0,
    hasShifted: false,
    page: 1,
    pageSize,
    namesNext: false,
    link: {},
    mark: null,
    received: 0,
    emptyPages: 0,
    repeatedPages: 0,
    pass: 1,
    total: null,
    hasMoved: false,
  };
}
