/**
 * A list of which every item is understood, or null: what is left out of half a list would look like
 * something that is not there.
 */
export function parseWhole<Item>(
  value: unknown,
  parseItem: (item: unknown) => Item | null,
): readonly Item[] | null {
  if (!Array.isArray(value)) {
    return null;
  }
  const items: Item[] = [];
  for (const raw of value) {
    const item = parseItem(raw);
    if (item === null) {
      return null;
    }
    items.push(item);
  }
  return items;
}
