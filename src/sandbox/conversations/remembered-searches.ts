import type { World } from "../state/world.ts";
import type { Archive } from "./archive.ts";
import { type Matches, type Search, search } from "./search.ts";

/** How many are kept: a few slices that are paged through at once. */
const KEPT = 12;

/** {@link search}, kept from page to page of the same query. */
export function remembering(world: World, archive: Archive, wanted: Search): Matches {
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
