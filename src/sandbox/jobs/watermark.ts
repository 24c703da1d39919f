import type { World } from "../world.ts";

const MINUTE_MS = 60_000;

/**
 * Returns the watermark of the data lake in milliseconds since the epoch. Unless the settings specify a fixed one, it
 * lags behind the clock and is rounded down to the minute.
 */
export function watermarkOf({ settings, clock }: World): number {
  if (settings.watermark !== null) return Date.parse(settings.watermark);
  return Math.floor((clock.now() - settings.lakeLagSeconds * 1000) / MINUTE_MS) * MINUTE_MS;
}
