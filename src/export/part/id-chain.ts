/**
 * Ids in the order they came, the last one first. One more costs the same however many there are, and leaves the
 * chain before it as it was: a part can have as many pages as it likes.
 */
export interface IdChain {
  readonly id: string;
  readonly before: IdChain | null;
}

/** The ids from the first to the last. */
export function listIds(chain: IdChain | null): readonly string[] {
  const ids: string[] = [];
  for (let link = chain; link !== null; link = link.before) ids.push(link.id);
  return ids.reverse();
}
