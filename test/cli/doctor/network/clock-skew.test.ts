import { expect, test } from "vitest";
import { judgeClock } from "../../../../src/cli/doctor/network/clock-skew.ts";
import { FakeClock } from "../../../support/fake-clock.ts";

const LINUX = { platform: "linux" } as const;

/**
 * Returns the time of a server whose clock is `behindSeconds` behind the local clock and whose response takes
 * `tookMs`.
 */
function timeOf(behindSeconds: number, { host = "api.example", tookMs = 0 } = {}) {
  const clock = new FakeClock(Date.UTC(2026, 9, 1, 12));
  const sentMs = clock.now();
  clock.advance(tookMs);
  return {
    host,
    saidMs: sentMs + tookMs / 2 - behindSeconds * 1_000,
    sentMs,
    receivedMs: clock.now(),
  };
}

test.each([
  [0, "ok", "0 s ahead of `api.example`"],
  [1, "ok", "1 s ahead of `api.example`"],
  [30, "ok", "30 s ahead of `api.example`"],
  [-30, "ok", "30 s behind `api.example`"],
  [31, "warning", "31 s ahead of `api.example`: tokens and certificates look expired before they are"],
  [
    -31,
    "warning",
    "31 s behind `api.example`: tokens are used after they have expired (401), and new certificates look invalid",
  ],
])("reports a clock skew of %i seconds as %s", (seconds, status, summary) => {
  expect(judgeClock([timeOf(seconds)], LINUX)).toMatchObject({
    status,
    summary,
    facts: { skewSeconds: seconds, host: "api.example" },
  });
});

test("does not count the duration of the request as clock skew", () => {
  expect(judgeClock([timeOf(2, { tookMs: 40_000 })], LINUX).facts["skewSeconds"]).toBe(2);
});

test("computes the clock skew from the fastest response", () => {
  const times = [timeOf(9, { tookMs: 900, host: "slow.example" }), timeOf(4, { host: "quick.example" })];
  expect(judgeClock(times, LINUX).facts).toEqual({
    skewSeconds: 4,
    host: "quick.example",
    serverTime: "2026-10-01T11:59:56.000Z",
    localTime: "2026-10-01T12:00:00.000Z",
  });
});

test.each([
  ["linux", "synchronize the clock over the network: `sudo timedatectl set-ntp true`"],
  ["darwin", "synchronize the clock over the network: `sudo sntp -sS time.apple.com`"],
  ["win32", "synchronize the clock over the network: `w32tm /resync` as administrator"],
] as const)("gives a command to synchronize the clock on %s", (platform, hint) => {
  expect(judgeClock([timeOf(3_600)], { platform }).hint).toBe(hint);
});

test("skips the check of the clock when no server sends its time", () => {
  expect(judgeClock([], LINUX)).toMatchObject({ status: "skipped", summary: "no server sent its time" });
});
