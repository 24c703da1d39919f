import type { Clock } from "../../core/clock.ts";
import type { Transport } from "../transport/transport.ts";
import type { Wait } from "../transport/wait.ts";
import { planInterval, type RateWindow, readWindow } from "./pacing-plan.ts";

/**
 * Slows requests down before the service refuses them with 429. The service counts requests per token, so all
 * requests with a token must go through the same pacing Transport.
 */
export function paceRequests(
  next: Transport,
  { clock, onWait }: { readonly clock: Clock; readonly onWait?: ((wait: Wait) => void) | undefined },
): Transport {
  let window: RateWindow | null = null;
  let lastStartMs = Number.NEGATIVE_INFINITY;

  return async (request) => {
    const nowMs = clock.now();
    const intervalMs = planInterval(window, nowMs);
    // Each request reserves its slot before it waits, so that concurrent requests form a queue.
    const resetsAtMs = window?.resetsAtMs ?? nowMs;
    const startMs =
      intervalMs === 0 ? nowMs : Math.min(Math.max(nowMs, lastStartMs) + intervalMs, resetsAtMs);
    lastStartMs = startMs;
    if (startMs > nowMs) {
      onWait?.({ delayMs: startMs - nowMs, reason: "pace" });
      await clock.sleep(startMs - nowMs, request.signal);
    }
    if (window !== null && clock.now() < window.resetsAtMs) window = { ...window, used: window.used + 1 };
    const response = await next(request);
    window = readWindow(response.headers, window, clock.now());
    return response;
  };
}
