/** Usage of a token's allowance in the current window. */
export interface RateWindow {
  readonly used: number;
  readonly allowed: number;
  readonly resetsAtMs: number;
}

const LONGEST_WINDOW_SECONDS = 180;
/** Share of the allowance after which requests are spaced out, and share that stays reserved for others. */
const SPREAD_FROM = 0.6;
const STOP_AT = 0.9;

/**
 * Returns the milliseconds between requests that let a token reach the end of its window without a refusal:
 * zero while most of the allowance is left, then an even spread, then a wait until the reset. A tenth of the
 * allowance stays reserved for other programs with the same token.
 */
export function planInterval(window: RateWindow | null, nowMs: number): number {
  if (window === null || nowMs >= window.resetsAtMs || window.used < window.allowed * SPREAD_FROM) return 0;
  const leftMs = window.resetsAtMs - nowMs;
  const leftRequests = Math.floor(window.allowed * STOP_AT) - window.used;
  return leftRequests <= 0 ? leftMs : Math.ceil(leftMs / (leftRequests + 1));
}

/**
 * Returns the window after a response with `inin-ratelimit-count`, `-allowed` and `-reset` (seconds to its
 * end); the known one when the response has none of them. Responses can arrive out of order, so within one
 * window the larger count is the accurate one.
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
  // Real windows last minutes. Pacing ignores a longer one; the service answers 429 when it must.
  if (resetSeconds > LONGEST_WINDOW_SECONDS) return known;
  const resetsAtMs = nowMs + resetSeconds * 1_000;
  // The header contains whole seconds, so two window ends less than two seconds apart belong to the same
  // window.
  const isSame = known !== null && nowMs < known.resetsAtMs && resetsAtMs - known.resetsAtMs < 2_000;
  return isSame
    ? { used: Math.max(used, known.used), allowed, resetsAtMs: known.resetsAtMs }
    : { used, allowed, resetsAtMs };
}

function readCount(text: string | undefined): number | null {
  return text !== undefined && /^\d+$/.test(text.trim()) ? Number(text) : null;
}
