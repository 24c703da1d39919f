import type { Archive } from "../archive/archive.ts";
import { type ConversationSearch, type Matches, search } from "./search.ts";

/** Maximum number of cached searches, enough for reading a few intervals in parallel. */
const KEPT = 12;

/**
 * Caches the results of {@link search} in `searches`, so that reading the next page of a query does not search again.
 */
export function remembering(
  searches: Map<string, Matches>,
  archive: Archive,
  wanted: ConversationSearch,
): Matches {
  const { paging: _, ...body } = wanted.body;
  const divisions = typeof wanted.divisions === "string" ? wanted.divisions : [...wanted.divisions];
  const key = JSON.stringify([body, divisions, wanted.asOfMs, wanted.isByStartDay, wanted.latestStartMs]);
  const known = searches.get(key);
  const matches = known ?? search(archive, wanted);
  searches.delete(key);
  searches.set(key, matches);
  const [oldest] = searches.keys();
  if (searches.size > KEPT && oldest !== undefined) searches.delete(oldest);
  return matches;
}
