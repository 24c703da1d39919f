/**
 * Returns the rows of a page by number. A drift imitates a live listing that changes between two pages. With a positive
 * drift, each page begins that many rows early, so rows are repeated. With a negative one, each page begins late, so
 * rows are skipped.
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
