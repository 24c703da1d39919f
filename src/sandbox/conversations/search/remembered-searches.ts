import type { World } from "../../state/world.ts";
import type { Archive } from "../archive/archive.ts";
import { type ConversationSearch, type Matches, search } from "./search.ts";

/** Number of cached searches: a few intervals that are paged through in parallel. */
const KEPT = 12;

/** Caches {@link search} between the pages of one query. */
export function remembering(world: World, archive: Archive, wanted: ConversationSearch): Matches {
  const { paging: _, ...body } = wanted.body;
  const divisions = typeof wanted.divisions === "string" ? wanted.divisions : [...wanted.divisions];
  const key = JSON.stringify([body, divisions, wanted.asOfMs, wanted.isByStartDay, wanted.latestStartMs]);
  const known = world.searches.get(key);
  const matches = known ?? search(archive, wanted);
  world.searches.delete(key);
  world.searches.set(key, matches);
  const [oldest] = world.searches.keys();
  if (world.searches.size > KEPT && oldest !== undefined) world.searches.delete(oldest);
  return matches;
}
