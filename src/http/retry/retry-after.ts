/** Longest delay to believe, in milliseconds: a year. A longer one exceeds the range of dates. */
const LONGEST_MS = 365 * 86_400_000;

/**
 * Parses a `Retry-After` header (RFC 9110 section 10.2.3: seconds or an HTTP date) and returns milliseconds.
 * Null when it is absent or invalid. A date in the past gives 0, and more than a year gives a year.
 */
export function readRetryAfter(header: string | undefined, nowMs: number): number | null {
  const text = header?.trim() ?? "";
  if (/^\d+(\.\d+)?$/.test(text)) return Math.min(LONGEST_MS, Math.ceil(Number(text) * 1_000));
  // `Date.parse` would accept "-5" as a year. An HTTP date starts with a weekday.
  const dateMs = /^[A-Za-z]{3,9},? /.test(text) ? Date.parse(text) : Number.NaN;
  return Number.isNaN(dateMs) ? null : Math.min(LONGEST_MS, Math.max(0, dateMs - nowMs));
}
