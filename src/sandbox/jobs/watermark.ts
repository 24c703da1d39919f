import type { World } from "../state/world.ts";

const MINUTE_MS = 60_000;

/** Up to when the lake behind the jobs has everything, milliseconds since the epoch: hours behind, a whole minute. */
export function watermarkOf({ settings, clock }: World): number {
  if (settings.watermark !== null) return Date.parse(settings.watermark);
  return Math.floor((clock.now() - settings.lakeLagSeconds * 1000) / MINUTE_MS) * MINUTE_MS;
}
