import { type Refusal, refusal } from "../refusal.ts";
import type { Token } from "../state/token.ts";
import type { World } from "../world.ts";

const WINDOW_MS = 60_000;

/** Counts a request in the current minute of its token. Refuses every request beyond the limit. */
export function countRequest(world: World, token: Token, nowMs: number): Refusal | null {
  if (nowMs - token.window.startedAtMs >= WINDOW_MS) token.window = { startedAtMs: nowMs, count: 0 };
  token.window.count += 1;
  if (token.window.count <= world.settings.requestsPerMinute) return null;
  const seconds = resetSeconds(token, nowMs);
  return {
    ...refusal(
      429,
      "too.many.requests",
      "Rate limit exceeded the maximum. Retry the request in [{seconds}] seconds",
      {
        seconds: String(seconds),
      },
    ),
    retryAfterSeconds: seconds,
  };
}

/** Returns the headers that describe the token's rate limit. */
export function rateLimitHeaders(
  world: World,
  token: Token,
  nowMs: number,
): Readonly<Record<string, string>> {
  return {
    "inin-ratelimit-count": String(token.window.count),
    "inin-ratelimit-allowed": String(world.settings.requestsPerMinute),
    "inin-ratelimit-reset": String(resetSeconds(token, nowMs)),
  };
}

function resetSeconds(token: Token, nowMs: number): number {
  return Math.max(1, Math.ceil((token.window.startedAtMs + WINDOW_MS - nowMs) / 1000));
}
