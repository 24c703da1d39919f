/**
 * Adds items to the end of a list, one by one. `push` with a spread list overflows the stack when the list has
 * more than some 120,000 items.
 */
export function appendAll<Item>(list: Item[], items: Iterable<Item>): void {
  for (const item of items) list.push(item);
}
