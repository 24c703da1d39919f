/** A token this close to its end is replaced before it is used: it must outlive the request it is sent with. */
const MARGIN_MS = 60_000;
/** Share of a short life that the margin takes at most. */
const LARGEST_MARGIN = 0.1;

/**
 * From when on a token is replaced before it is used, in milliseconds since the epoch: a minute before its end,
 * or a tenth of its life where that is less. Never, when nobody said when it ends.
 */
export function renewalDueMs(issuedAtMs: number, expiresAtMs: number | null): number {
  if (expiresAtMs === null) {
    return Number.POSITIVE_INFINITY;
  }
  const lifeMs = Math.max(0, expiresAtMs - issuedAtMs);
  return expiresAtMs - Math.min(MARGIN_MS, lifeMs * LARGEST_MARGIN);
}
