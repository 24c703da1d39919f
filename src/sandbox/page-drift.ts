/**
 * The rows of a page by number. Between two pages of a live listing rows come and go: with a positive drift
 * each page begins so many rows earlier than the one before it ended (rows twice), with a negative one so many
 * later (rows left out).
 */
export function pageOf(
  count: number,
  { pageSize, pageNumber }: { readonly pageSize: number; readonly pageNumber: number },
  drift: number,
): { readonly from: number; readonly to: number } {
  const begin = (pageNumber - 1) * (pageSize - Math.min(drift, pageSize - 1));
  const from = Math.min(count, begin);
  return { from, to: Math.min(count, begin + pageSize) };
}
