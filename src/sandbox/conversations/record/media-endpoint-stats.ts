import type { Draws } from "../plan/draws.ts";
import { at } from "../plan/instant.ts";

/**
 * Placeholder for a 64-bit count that a JavaScript number can't represent. It is replaced when the record is written as
 * text.
 */
export const BEYOND_DOUBLE = 2 ** 53;

/**
 * Returns one or two `AnalyticsMediaEndpointStat` objects of a voice session. Their numbers have the full precision of
 * a double.
 */
export function mediaEndpointStats(draws: Draws, endedMs: number): readonly object[] {
  return Array.from({ length: draws.integer(1, 2) }, (_, index) => {
    const minMos = draws.chance(0.03) ? 4 : 1 + 3.9 * draws.fraction();
    return {
      codecs: index === 0 ? ["audio/opus"] : ["audio/PCMU", "audio/opus"],
      discardedPackets: draws.integer(0, 40),
      eventTime: at(endedMs - index),
      maxLatencyMs: draws.integer(5, 400),
      minMos,
      minRFactor: 20 * minMos - 7.5,
      overrunPackets: draws.chance(0.2) ? 1 : undefined,
      receivedPackets: draws.chance(0.004) ? BEYOND_DOUBLE : draws.integer(500, 60_000),
    };
  });
}
