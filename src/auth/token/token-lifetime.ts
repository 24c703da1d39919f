/** How long before expiry a token is replaced, so that it stays valid for the whole request that carries it. */
const MARGIN_MS = 60_000;
/** Largest share of a short lifetime that the margin may take. */
const LARGEST_MARGIN = 0.1;

/**
 * Returns the time after which a token is replaced before use, in milliseconds since the epoch: a minute
 * before expiry, or a tenth of its lifetime if that is shorter. Returns infinity when the expiry is unknown.
 */
export function renewalDueMs(issuedAtMs: number, expiresAtMs: number | null): number {
  if (expiresAtMs === null) return Number.POSITIVE_INFINITY;
  const lifeMs = Math.max(0, expiresAtMs - issuedAtMs);
  return expiresAtMs - Math.min(MARGIN_MS, lifeMs * LARGEST_MARGIN);
}
