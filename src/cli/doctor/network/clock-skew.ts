import { type CheckResult, passed, skipped, warned } from "../check.ts";
import type { Machine } from "../ports.ts";
import type { ServerTime } from "./reachability.ts";

/** Maximum clock skew without a warning. With a larger skew, a token is renewed noticeably early or late. */
const TOLERATED_SECONDS = 30;

const SETTING_CLOCK: Readonly<Partial<Record<NodeJS.Platform, string>>> = {
  darwin: "`sudo sntp -sS time.apple.com`",
  win32: "`w32tm /resync` as administrator",
};

/**
 * Estimates the skew of this machine's clock in whole seconds, positive when it is ahead of the servers. The server
 * wrote the `Date` header, which has no fractions of a second, between request and response. The fastest response is
 * therefore the most accurate.
 */
export function judgeClock(
  times: readonly ServerTime[],
  { platform }: Pick<Machine, "platform">,
): CheckResult {
  const tookMs = ({ sentMs, receivedMs }: ServerTime) => receivedMs - sentMs;
  const [best] = times.toSorted((a, b) => tookMs(a) - tookMs(b));
  if (best === undefined) return skipped("no server sent its time", null, { skewSeconds: null, host: null });
  const skewSeconds = Math.round((best.sentMs + tookMs(best) / 2 - best.saidMs) / 1_000);
  const facts = {
    skewSeconds,
    host: best.host,
    serverTime: new Date(best.saidMs).toISOString(),
    localTime: new Date(best.receivedMs).toISOString(),
  };
  const size = Math.abs(skewSeconds);
  if (size <= TOLERATED_SECONDS) {
    return passed(`${size} s ${skewSeconds < 0 ? "behind" : "ahead of"} \`${best.host}\``, facts);
  }
  return skewSeconds > 0
    ? warned(
        `${size} s ahead of \`${best.host}\`: tokens and certificates look expired before they are`,
        settingHint(platform),
        facts,
      )
    : warned(
        `${size} s behind \`${best.host}\`: tokens are used after they have expired (401), and new certificates look invalid`,
        settingHint(platform),
        facts,
      );
}

function settingHint(platform: NodeJS.Platform): string {
  return `synchronize the clock over the network: ${SETTING_CLOCK[platform] ?? "`sudo timedatectl set-ntp true`"}`;
}
