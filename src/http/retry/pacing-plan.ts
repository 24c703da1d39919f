/** How much of a token's rate limit has been used in the current window. */
export interface RateWindow {
  readonly used: number;
  readonly allowed: number;
  readonly resetsAtMs: number;
}

const LONGEST_WINDOW_SECONDS = 180;
/**
 * Requests are spaced out once this share of the limit is used. Once `STOP_AT` is used, they wait, because the rest is
 * reserved for other programs.
 */
const SPREAD_FROM = 0.6;
const STOP_AT = 0.9;

/**
 * Returns the milliseconds to leave between requests so that a token reaches the end of its window without a
 * 429. That is zero until 60% of the limit is used, then an even spacing, then a wait until the window ends. A tenth of
 *   the limit is reserved for other programs with the same token.
 */
export function planInterval(window: RateWindow | null, nowMs: number): number {
  if (window === null || nowMs >= window.resetsAtMs || window.used < window.allowed * SPREAD_FROM) return 0;
  const leftMs = window.resetsAtMs - nowMs;
  const leftRequests = Math.floor(window.allowed * STOP_AT) - window.used;
  return leftRequests <= 0 ? leftMs : Math.ceil(leftMs / (leftRequests + 1));
}

/**
 * Returns the window that a response describes in `inin-ratelimit-count`, `-allowed` and `-reset` (seconds to
 * its end), or the known window if one of these headers is missing. Responses can arrive out of order, so within
 * one window the higher count is the current one.
 */
export function readWindow(
  headers: Readonly<Record<string, string>>,
  known: RateWindow | null,
  nowMs: number,
): RateWindow | null {
  const used = readCount(headers["inin-ratelimit-count"]);
  const allowed = readCount(headers["inin-ratelimit-allowed"]);
  const resetSeconds = readCount(headers["inin-ratelimit-reset"]);
  if (used === null || allowed === null || resetSeconds === null || allowed === 0) return known;
  // Real windows last a few minutes at most. A longer one is ignored; the service returns 429 if necessary.
  if (resetSeconds > LONGEST_WINDOW_SECONDS) return known;
  const resetsAtMs = nowMs + resetSeconds * 1_000;
  // The header contains whole seconds, so windows that end less than two seconds apart are the same window.
  const isSame = known !== null && nowMs < known.resetsAtMs && resetsAtMs - known.resetsAtMs < 2_000;
  return isSame
    ? { used: Math.max(used, known.used), allowed, resetsAtMs: known.resetsAtMs }
    : { used, allowed, resetsAtMs };
}

function readCount(text: string | undefined): number | null {
  return text !== undefined && /^\d+$/.test(text.trim()) ? Number(text) : null;
}
