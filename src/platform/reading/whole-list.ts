/** Parses a list; null unless every item can be parsed, because a skipped item would look as if it did not exist. */
export function parseWhole<Item>(
  value: unknown,
  parseItem: (item: unknown) => Item | null,
): readonly Item[] | null {
  if (!Array.isArray(value)) return null;
  const items: Item[] = [];
  for (const raw of value) {
    const item = parseItem(raw);
    if (item === null) return null;
    items.push(item);
  }
  return items;
}
