import { describe, expect, test } from "vitest";
import { paceRequests } from "../../../src/http/retry/pacing.ts";
import { planInterval, type RateWindow, readWindow } from "../../../src/http/retry/pacing-plan.ts";
import type { HttpRequest, Transport } from "../../../src/http/transport/transport.ts";
import { FakeClock } from "../../support/fake-clock.ts";
import { respond } from "../../support/scripted-transport.ts";

const window = (used: number, resetsAtMs = 60_000): RateWindow => ({ used, allowed: 300, resetsAtMs });

describe("the interval between requests", () => {
  test.each<[string, RateWindow | null, number, number]>([
    ["is 0 before the first response", null, 0, 0],
    ["is 0 at the start of a rate window", window(1), 0, 0],
    ["is 0 when just under 60 % of the allowance is used", window(179), 0, 0],
    [
      "spreads the requests over the rest of the window when 60 % is used",
      window(180),
      0,
      Math.ceil(60_000 / 91),
    ],
    ["is half the rest of the window one request before the last tenth", window(269), 0, 30_000],
    ["extends to the reset when only the last tenth is left", window(270), 0, 60_000],
    ["extends to the reset when the allowance is used up", window(400), 15_000, 45_000],
    ["is 0 after the reset", window(300), 60_000, 0],
  ])("%s", (_name, known, nowMs, intervalMs) => {
    expect(planInterval(known, nowMs)).toBe(intervalMs);
  });
});

describe("the rate window", () => {
  const headers = (count: string, reset: string) => ({
    "inin-ratelimit-count": count,
    "inin-ratelimit-allowed": "300",
    "inin-ratelimit-reset": reset,
  });

  test.each<[string, Record<string, string>, RateWindow | null, RateWindow | null]>([
    [
      "starts with the first response",
      headers("7", "50"),
      null,
      { used: 7, allowed: 300, resetsAtMs: 60_000 },
    ],
    ["is unchanged without headers", {}, window(5), window(5)],
    ["ignores an invalid header", headers("many", "50"), window(5), window(5)],
    ["ignores a response that arrives after a later one", headers("3", "50"), window(9), window(9)],
    ["tolerates a reset that differs by one second of rounding", headers("9", "51"), window(5), window(9)],
    [
      "changes when the reset is later",
      headers("1", "60"),
      window(280, 10_500),
      { used: 1, allowed: 300, resetsAtMs: 70_000 },
    ],
  ])("%s", (_name, answer, known, expected) => {
    expect(readWindow(answer, known, 10_000)).toEqual(expected);
  });
});

describe("the pacing of requests", () => {
  const GET: HttpRequest = { method: "GET", url: new URL("https://api.mypurecloud.com/api/v2/users") };

  /** Returns a service that allows ten requests per minute and counts the requests beyond that. */
  function service(clock: FakeClock) {
    const startMs = clock.now();
    let window = { start: startMs, count: 0 };
    let refused = 0;
    const transport: Transport = async () => {
      if (clock.now() - window.start >= 60_000) window = { start: clock.now(), count: 0 };
      window.count += 1;
      refused += window.count > 10 ? 1 : 0;
      return respond({
        status: 200,
        headers: {
          "inin-ratelimit-count": String(window.count),
          "inin-ratelimit-allowed": "10",
          "inin-ratelimit-reset": String(Math.ceil((window.start + 60_000 - clock.now()) / 1_000)),
        },
      });
    };
    return { transport, refusals: () => refused };
  }

  test("never lets a series of requests exceed the limit", async () => {
    const clock = new FakeClock();
    const { transport, refusals } = service(clock);
    const paced = paceRequests(transport, { clock });
    for (let count = 0; count < 50; count += 1) await paced(GET);

    expect(refusals()).toBe(0);
    // The first six requests are not delayed. Three more share the rest of each minute, so that one of ten is left
    // for other clients.
    expect(clock.sleeps.slice(0, 4)).toEqual([15_000, 15_000, 15_000, 15_000]);
  });

  test("does not wait while most of the allowance is left", async () => {
    const clock = new FakeClock();
    const paced = paceRequests(service(clock).transport, { clock });
    for (let count = 0; count < 6; count += 1) await paced(GET);

    expect(clock.sleeps).toEqual([]);
  });

  test("queues parallel requests, but never beyond the reset", async () => {
    const clock = new FakeClock();
    const starts: number[] = [];
    const quiet = {
      ...clock,
      now: () => 0,
      monotonicMs: () => 0,
      sleep: async (delayMs: number) => void starts.push(delayMs),
    };
    const paced = paceRequests(
      async () =>
        respond({
          status: 200,
          headers: {
            "inin-ratelimit-count": "8",
            "inin-ratelimit-allowed": "10",
            "inin-ratelimit-reset": "60",
          },
        }),
      { clock: quiet },
    );
    await paced(GET);
    await Promise.all([paced(GET), paced(GET), paced(GET)]);

    expect(starts).toEqual([30_000, 60_000, 60_000]);
  });
});
