import { describe, expect, test } from "vitest";
import { paceRequests } from "../../../src/http/retry/pacing.ts";
import { planInterval, type RateWindow, readWindow } from "../../../src/http/retry/pacing-plan.ts";
import type { HttpRequest, Transport } from "../../../src/http/transport/transport.ts";
import { FakeClock } from "../../support/fake-clock.ts";
import { respond } from "../../support/scripted-transport.ts";

const window = (used: number, resetsAtMs = 60_000): RateWindow => ({ used, allowed: 300, resetsAtMs });

describe("the plan", () => {
  test.each<[string, RateWindow | null, number, number]>([
    ["nothing known", null, 0, 0],
    ["a fresh window", window(1), 0, 0],
    ["just below the part that is free", window(179), 0, 0],
    ["at 60 %, spread over what is left of it", window(180), 0, Math.ceil(60_000 / 91)],
    ["one below the headroom", window(269), 0, 30_000],
    ["the last tenth is for others", window(270), 0, 60_000],
    ["beyond the allowance", window(400), 15_000, 45_000],
    ["after the reset", window(300), 60_000, 0],
  ])("%s", (_name, known, nowMs, intervalMs) => {
    expect(planInterval(known, nowMs)).toBe(intervalMs);
  });
});

describe("the window", () => {
  const headers = (count: string, reset: string) => ({
    "inin-ratelimit-count": count,
    "inin-ratelimit-allowed": "300",
    "inin-ratelimit-reset": reset,
  });

  test.each<[string, Record<string, string>, RateWindow | null, RateWindow | null]>([
    ["the first answer", headers("7", "50"), null, { used: 7, allowed: 300, resetsAtMs: 60_000 }],
    ["no headers", {}, window(5), window(5)],
    ["nonsense", headers("many", "50"), window(5), window(5)],
    ["an answer that was overtaken", headers("3", "50"), window(9), window(9)],
    ["a whole second of rounding", headers("9", "51"), window(5), window(9)],
    [
      "the next window",
      headers("1", "60"),
      window(280, 10_500),
      { used: 1, allowed: 300, resetsAtMs: 70_000 },
    ],
  ])("%s", (_name, answer, known, expected) => {
    expect(readWindow(answer, known, 10_000)).toEqual(expected);
  });
});

describe("the pacer", () => {
  const GET: HttpRequest = { method: "GET", url: new URL("https://api.mypurecloud.com/api/v2/users") };

  /** A service that allows ten requests a minute and counts them. */
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

  test("never lets a run of requests reach the limit", async () => {
    const clock = new FakeClock();
    const { transport, refusals } = service(clock);
    const paced = paceRequests(transport, { clock });
    for (let count = 0; count < 50; count += 1) await paced(GET);

    expect(refusals()).toBe(0);
    // Six free, then the rest of each minute shared by three, so that one of ten is left to others.
    expect(clock.sleeps.slice(0, 4)).toEqual([15_000, 15_000, 15_000, 15_000]);
  });

  test("costs nothing while most of the allowance is left", async () => {
    const clock = new FakeClock();
    const paced = paceRequests(service(clock).transport, { clock });
    for (let count = 0; count < 6; count += 1) await paced(GET);

    expect(clock.sleeps).toEqual([]);
  });

  test("requests that wait at the same time line up, but never beyond the reset", async () => {
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
