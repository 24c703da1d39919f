/**
 * Adds items to the end of a list one by one, because `push` with more than about 120,000 spread items overflows
 * the stack.
 */
export function appendAll<Item>(list: Item[], items: Iterable<Item>): void {
  for (const item of items) list.push(item);
}
