import { isNamed, type Sighting } from "./sighting.ts";

/**
 * Returns the tags that do not identify a call because most records have them, such as the name of a host or
 * program. A tag that occurs with only one request is an exception, because in short text it can be the id of
 * that request.
 */
export function commonTags(sightings: readonly Sighting[]): ReadonlySet<string> {
  const counts = new Map<string, number>();
  const paths = new Map<string, Set<string>>();
  for (const { tags, request } of sightings) {
    for (const tag of new Set(tags)) {
      counts.set(tag, (counts.get(tag) ?? 0) + 1);
      if (isNamed(request)) {
        const known = paths.get(tag) ?? new Set();
        paths.set(tag, known.add(`${request.method} ${request.path}`));
      }
    }
  }
  const isCommon = (tag: string, count: number): boolean =>
    count > sightings.length / 2 && paths.get(tag)?.size !== 1;
  return new Set([...counts].filter(([tag, count]) => isCommon(tag, count)).map(([tag]) => tag));
}
