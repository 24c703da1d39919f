/**
 * Milliseconds to wait by a `Retry-After` header (RFC 9110 section 10.2.3: seconds or an HTTP date);
 * null when there is none or it says neither. A date in the past means now.
 */
export function readRetryAfter(header: string | undefined, nowMs: number): number | null {
  const text = header?.trim() ?? "";
  if (/^\d+(\.\d+)?$/.test(text)) {
    return Math.ceil(Number(text) * 1_000);
  }
  // Date.parse would take "-5" for a year: an HTTP date starts with the name of a day.
  const dateMs = /^[A-Za-z]{3,9},? /.test(text) ? Date.parse(text) : Number.NaN;
  return Number.isNaN(dateMs) ? null : Math.max(0, dateMs - nowMs);
}
