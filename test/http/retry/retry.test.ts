import { describe, expect, test } from "vitest";
import { NetworkError } from "../../../src/core/errors.ts";
import { type RetryOptions, retryRequests } from "../../../src/http/retry/retry.ts";
import { readBody } from "../../../src/http/transport/body.ts";
import type { HttpRequest, Transport } from "../../../src/http/transport/transport.ts";
import { FakeClock } from "../../support/fake-clock.ts";
import { playSteps, type Step } from "../../support/scripted-transport.ts";

const GET: HttpRequest = { method: "GET", url: new URL("https://api.mypurecloud.com/api/v2/users") };
const HALF = { bytes: (size: number) => new Uint8Array(size), fraction: () => 0.5 };

function play(steps: readonly Step[], options: Partial<RetryOptions> = {}) {
  const clock = new FakeClock();
  const { transport, sent } = playSteps(steps);
  const retrying = retryRequests(transport, { clock, random: HALF, maxWaitMs: 60_000, ...options });
  return { clock, sent, retrying };
}

describe("a retried request waits", () => {
  test("exactly as long as Retry-After specifies after a 429", async () => {
    const { clock, retrying } = play([{ status: 429, headers: { "retry-after": "37" } }, { status: 200 }]);

    expect((await retrying(GET)).status).toBe(200);
    expect(clock.sleeps).toEqual([37_000]);
  });

  test("3 s plus up to a quarter of jitter without Retry-After", async () => {
    const { clock, retrying } = play([{ status: 503 }, { status: 502 }, { status: 200 }]);

    expect((await retrying(GET)).status).toBe(200);
    expect(clock.sleeps).toEqual([3_375, 3_375]);
  });

  test("until the budget is used up, then returns the last response with its body", async () => {
    const { clock, sent, retrying } = play(
      [{ status: 503 }, { status: 503 }, { status: 503, body: "still away" }],
      { maxWaitMs: 8_000 },
    );
    const response = await retrying(GET);

    expect(Buffer.from(await readBody(response)).toString()).toBe("still away");
    expect(sent).toHaveLength(3);
    expect(clock.sleeps).toEqual([3_375, 3_375]);
  });
});

describe("a request is not retried", () => {
  test("after a 429 that lasts for hours, and the error names its end", async () => {
    const { clock, retrying } = play([
      { status: 429, headers: { "retry-after": "7200", "inin-correlation-id": "corr-1" } },
    ]);

    await expect(retrying(GET)).rejects.toMatchObject({
      name: "UnavailableError",
      code: "limited.rate",
      exit: "limited",
      message:
        "`api.mypurecloud.com` returned 429: this token's rate limit is used up until 2026-10-01T02:00:00.000Z",
      correlationId: "corr-1",
    });
    expect(clock.sleeps).toEqual([]);
  });

  test("when the pause that an earlier request caused is longer than the budget", async () => {
    const clock = new FakeClock();
    const { transport, sent } = playSteps([{ status: 429 }, { status: 200 }]);
    const slow: Transport = async (request) => {
      clock.advance(500);
      return await transport(request);
    };
    const retrying = retryRequests(slow, { clock, random: HALF, maxWaitMs: 3_400 });

    await expect(retrying(GET)).rejects.toMatchObject({ code: "limited.rate" });
    await expect(retrying(GET)).rejects.toMatchObject({ code: "limited.rate" });
    expect([sent.length, clock.sleeps]).toEqual([1, []]);
  });

  test("when it is a POST that the service may have executed", async () => {
    const { sent, retrying } = play([{ status: 503 }]);

    expect((await retrying({ ...GET, method: "POST" })).status).toBe(503);
    expect(sent).toHaveLength(1);
  });

  test("after a network error of a host that never responded", async () => {
    const error = new NetworkError("network.refused", "nobody there");
    const { retrying } = play([error]);

    await expect(retrying(GET)).rejects.toBe(error);
  });
});

describe("a request is retried", () => {
  test("when it is a POST that is marked as repeatable", async () => {
    const { sent, retrying } = play([{ status: 503 }, { status: 200 }]);

    expect((await retrying({ ...GET, method: "POST", repeatable: true })).status).toBe(200);
    expect(sent).toHaveLength(2);
  });

  test("after a network error, once the host has responded", async () => {
    const { clock, retrying } = play([
      { status: 200 },
      new NetworkError("network.refused", "nobody there"),
      { status: 200 },
    ]);
    await retrying(GET);

    expect((await retrying(GET)).status).toBe(200);
    expect(clock.sleeps).toEqual([3_375]);
  });

  test("after a network error only, not after an error of an unknown kind", async () => {
    const { retrying } = play([new TypeError("a fault of ours")]);

    await expect(retrying(GET)).rejects.toThrow(TypeError);
  });
});

describe("a request whose 400 reports a rate limit", () => {
  const isThrottle = (body: string) => body.includes("rate limit exceeded");
  const throttled: Step = { status: 400, body: "rate limit exceeded; slow down" };

  test("is repeated after a wait, even for a POST", async () => {
    const { clock, retrying } = play([throttled, { status: 200 }], { isThrottle });

    expect((await retrying({ ...GET, method: "POST" })).status).toBe(200);
    expect(clock.sleeps).toEqual([3_375]);
  });

  test("yields the 400 with its body when the limit outlasts the budget", async () => {
    const { retrying } = play([throttled], { isThrottle, maxWaitMs: 0 });
    const response = await retrying(GET);

    expect(response.status).toBe(400);
    expect(Buffer.from(await readBody(response)).toString()).toBe("rate limit exceeded; slow down");
  });
});

test("an abort signal ends the wait before a retry", async () => {
  const controller = new AbortController();
  const { retrying } = play([{ status: 503 }]);
  controller.abort(new Error("stop"));

  await expect(retrying({ ...GET, signal: controller.signal })).rejects.toThrow("stop");
});
