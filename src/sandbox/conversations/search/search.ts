import { asString, type JsonRecord } from "../../../core/json.ts";
import type { ALL_DIVISIONS } from "../../state/organization.ts";
import type { Archive, Entry } from "../archive/archive.ts";
import { at, DAY_MS, dayOf } from "../plan/instant.ts";
import type { Conversation } from "../record/conversation.ts";
import { compileFilters, type Filters } from "./filter.ts";
import { overlaps, type SearchInterval } from "./interval.ts";

/** The query and the caller's divisions. */
export interface ConversationSearch {
  readonly interval: SearchInterval;
  /** Body of the query. Its filters, `order` and `orderBy` are used. */
  readonly body: JsonRecord;
  /** Whether to exclude conversations that began before the first day of the interval. */
  readonly isByStartDay: boolean;
  readonly divisions: ReadonlySet<string> | typeof ALL_DIVISIONS;
  readonly asOfMs: number;
  /** Conversations that start later are excluded. */
  readonly latestStartMs: number;
}

/** Positions of conversations in the requested order. */
export interface Matches {
  readonly count: number;
  at(place: number): { readonly dayMs: number; readonly index: number };
}

const INDEX_SPAN = 2 ** 32;

/**
 * Finds the matching conversations. The result takes eight bytes of memory per conversation.
 * @throws RefusedFilterError for a filter that the definition does not declare
 */
export function search(archive: Archive, wanted: ConversationSearch): Matches {
  const filters = compileFilters(wanted.body);
  const found: number[] = [];
  const keys: number[] = [];
  const sortKey = sortKeyOf(wanted.body);
  for (const { dayMs, index, entry } of candidates(archive, wanted)) {
    if (!holds(archive, filters, wanted, { dayMs, index, entry })) continue;
    found.push((dayMs / DAY_MS) * INDEX_SPAN + index);
    if (sortKey !== null) keys.push(sortKey(entry));
  }
  const ordered = sortKey === null ? found : sortedBy(found, keys);
  if (wanted.body["order"] === "desc") ordered.reverse();
  const positions = Float64Array.from(ordered);
  return {
    count: positions.length,
    at(place) {
      const position = positions[place] ?? 0;
      return { dayMs: Math.floor(position / INDEX_SPAN) * DAY_MS, index: position % INDEX_SPAN };
    },
  };
}

interface Candidate {
  readonly dayMs: number;
  readonly index: number;
  readonly entry: Entry;
}

/**
 * Yields the conversations that the interval, the divisions and the watermark allow, in the order of their start. A
 * detail query searches only the UTC days of the interval; jobs also find conversations that began earlier.
 */
export function* candidates(archive: Archive, wanted: ConversationSearch): Generator<Candidate> {
  const { interval, divisions, asOfMs } = wanted;
  const { firstMs, lastMs } = archive.days(asOfMs);
  // The archive stores a conversation under the day on which it began, so a search by start day never includes the
  // previous evening.
  const reachMs = wanted.isByStartDay ? 0 : archive.longestMs;
  const fromMs = Math.max(firstMs, dayOf(interval.startMs - reachMs));
  const untilMs = Math.min(lastMs, dayOf(interval.endMs - 1));
  for (let dayMs = fromMs; dayMs <= untilMs; dayMs += DAY_MS) {
    const count = archive.countOn(dayMs, Math.min(asOfMs, wanted.latestStartMs));
    for (let index = 0; index < count; index += 1) {
      const entry = archive.entry(dayMs, index, asOfMs);
      if (!overlaps(interval, entry)) continue;
      if (divisions !== "*" && !entry.divisionIds.some((id) => divisions.has(id))) continue;
      yield { dayMs, index, entry };
    }
  }
}

function holds(
  archive: Archive,
  filters: Filters | null,
  { asOfMs }: ConversationSearch,
  { dayMs, index, entry }: Candidate,
): boolean {
  if (filters === null) return true;
  return filters.holds(filters.isShallow ? outlineOf(entry) : archive.read(dayMs, index, asOfMs));
}

/** Returns the fields of a record that shallow filters need. */
function outlineOf({ id, startMs, endMs, divisionIds }: Entry): Conversation {
  return {
    conversationEnd: endMs === null ? undefined : at(endMs),
    conversationId: id,
    conversationStart: at(startMs),
    divisionIds,
    originatingDirection: "",
    participants: [],
  };
}

/** Returns the sort key that `orderBy` requests. Null means sorting by start, which is the stored order. */
function sortKeyOf(body: JsonRecord): ((entry: Entry) => number) | null {
  const orderBy = asString(body["orderBy"]);
  return orderBy === "conversationEnd" || orderBy === "segmentEnd"
    ? ({ endMs }) => endMs ?? Number.POSITIVE_INFINITY
    : null;
}

function sortedBy(positions: readonly number[], keys: readonly number[]): number[] {
  return positions
    .map((_, place) => place)
    .sort((left, right) => (keys[left] ?? 0) - (keys[right] ?? 0) || left - right)
    .map((place) => positions[place] ?? 0);
}
