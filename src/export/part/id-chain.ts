/**
 * A linked list of ids, latest first. Adding an id takes constant time and leaves the existing chain unchanged, even in
 * a part with many pages.
 */
export interface IdChain {
  readonly id: string;
  readonly before: IdChain | null;
}

/** Returns the ids in order, first to last. */
export function listIds(chain: IdChain | null): readonly string[] {
  const ids: string[] = [];
  for (let link = chain; link !== null; link = link.before) ids.push(link.id);
  return ids.reverse();
}
