import { describe, expect, test } from "vitest";
import { readRetryAfter } from "../../../src/http/retry/retry-after.ts";
import {
  type AttemptOutcome,
  decideRetry,
  type RetryDecision,
} from "../../../src/http/retry/retry-policy.ts";

const HOUR_MS = 3_600_000;
const FIRST = { broken: 1, throttled: 1, round: 1 };
const answer = (status: number, retryAfterMs: number | null = null): AttemptOutcome => ({
  kind: "answer",
  status,
  retryAfterMs,
  isThrottled: false,
});
const broken = (code: string, hasAnsweredBefore = false): AttemptOutcome => ({
  kind: "network",
  code,
  hasAnsweredBefore,
});
const wait = (delayMs: number, mayJitter: boolean): RetryDecision => ({ kind: "wait", delayMs, mayJitter });
const stop = (liftsInMs: number | null = null): RetryDecision => ({ kind: "stop", liftsInMs });
const minutes = (count: number) => count * 60_000;

describe("a repeatable request within its waiting budget", () => {
  test.each<[string, AttemptOutcome, number, number, RetryDecision]>([
    ["200 stops", answer(200), 1, 0, stop()],
    ["403 stops", answer(403), 1, 0, stop()],
    ["404 stops", answer(404), 1, 0, stop()],
    ["429 waits exactly as long as Retry-After specifies", answer(429, 37_000), 1, 0, wait(37_000, false)],
    ["429 without Retry-After waits 3 s", answer(429), 1, 0, wait(3_000, true)],
    ["429 with Retry-After of three minutes waits", answer(429, 180_000), 1, 0, wait(180_000, false)],
    ["429 with a longer Retry-After stops", answer(429, 180_001), 1, 0, stop(180_001)],
    [
      "400 that reports a rate limit waits",
      { ...answer(400), isThrottled: true } as AttemptOutcome,
      1,
      0,
      wait(3_000, true),
    ],
    ["any other 400 stops", answer(400), 1, 0, stop()],
    ["502 waits", answer(502), 1, 0, wait(3_000, true)],
    ["503 waits", answer(503), 7, 0, wait(3_000, true)],
    ["504 waits", answer(504), 1, 0, wait(3_000, true)],
    ["503 waits exactly as long as Retry-After specifies", answer(503, 10_000), 1, 0, wait(10_000, false)],
    ["503 waits 3 s before five minutes", answer(503), 9, minutes(5) - 1, wait(3_000, true)],
    ["503 waits 9 s from five minutes", answer(503), 9, minutes(5), wait(9_000, true)],
    ["503 waits 9 s before ten minutes", answer(503), 9, minutes(10) - 1, wait(9_000, true)],
    ["503 waits 27 s from ten minutes", answer(503), 9, minutes(10), wait(27_000, true)],
    ["501 stops", answer(501), 1, 0, stop()],
    ["the first 500 waits", answer(500), 1, 0, wait(3_000, true)],
    ["the second 500 waits", answer(500), 2, 3_000, wait(3_000, true)],
    ["the third 500 stops", answer(500), 3, 6_000, stop()],
    ["a timeout waits", broken("network.timeout"), 1, 0, wait(3_000, true)],
    ["a broken connection waits", broken("network.reset"), 1, 0, wait(3_000, true)],
    ["a name that never resolved stops", broken("network.dns"), 1, 0, stop()],
    ["a name that resolved before waits", broken("network.dns", true), 1, 0, wait(3_000, true)],
    ["a host that never answered stops", broken("network.refused"), 1, 0, stop()],
    ["a host that answered before waits", broken("network.refused", true), 1, 0, wait(3_000, true)],
    ["an untrusted certificate stops", broken("network.tls", true), 1, 0, stop()],
    ["a connection that genscope closed stops", broken("network.closed", true), 1, 0, stop()],
    ["an invalid HTTP response stops", broken("network.invalid_response", true), 1, 0, stop()],
  ])("%s", (_name, outcome, number, elapsedMs, decision) => {
    expect(decideRetry({ number, elapsedMs, isRepeatable: true, ...FIRST }, outcome, HOUR_MS)).toEqual(
      decision,
    );
  });
});

describe("a request that must not be repeated", () => {
  test.each<[string, AttemptOutcome, RetryDecision]>([
    ["stops after 503, because the service may have executed it", answer(503), stop()],
    ["stops after a timeout, because the service may have executed it", broken("network.timeout"), stop()],
    ["waits after 429, because the service did not execute it", answer(429, 5_000), wait(5_000, false)],
  ])("%s", (_name, outcome, decision) => {
    expect(decideRetry({ number: 1, elapsedMs: 0, isRepeatable: false, ...FIRST }, outcome, HOUR_MS)).toEqual(
      decision,
    );
  });
});

describe("a rate limit that continues", () => {
  const decide = (throttled: number, round: number, retryAfterMs: number | null = null) =>
    decideRetry(
      { number: 1, elapsedMs: 0, isRepeatable: true, broken: 0, throttled, round },
      answer(429, retryAfterMs),
      HOUR_MS,
    );

  test("doubles the delay from round to round, up to a minute, without Retry-After", () => {
    const delays = [1, 2, 3, 4, 5, 6, 7].map((round) => decide(round, round));
    expect(delays).toEqual(
      [3_000, 6_000, 12_000, 24_000, 48_000, 60_000, 60_000].map((delayMs) => wait(delayMs, true)),
    );
  });

  test("fails with the twentieth refusal, whatever Retry-After is", () => {
    expect(decide(19, 19, 0)).toEqual(wait(0, false));
    expect(decide(20, 20, 0)).toEqual(stop(0));
    expect(decide(20, 1)).toEqual(stop());
  });
});

test.each([
  [1, wait(3_000, true)],
  [5, wait(3_000, true)],
  [6, stop()],
])("retries after truncated responses five times, at attempt %i", (broken, decision) => {
  expect(
    decideRetry(
      { number: broken, elapsedMs: 0, isRepeatable: true, broken, throttled: 0, round: 0 },
      { kind: "broken" },
      HOUR_MS,
    ),
  ).toEqual(decision);
});

describe("the waiting budget", () => {
  test.each<[string, AttemptOutcome, number, RetryDecision]>([
    ["allows a wait that just fits", answer(503), 27_000, wait(3_000, true)],
    ["rejects a wait that is too long", answer(503), 27_001, stop()],
    ["reports when a rate limit ends after the budget", answer(429, 40_000), 0, stop(40_000)],
  ])("%s", (_name, outcome, elapsedMs, decision) => {
    expect(decideRetry({ number: 1, elapsedMs, isRepeatable: true, ...FIRST }, outcome, 30_000)).toEqual(
      decision,
    );
  });

  test("allows one attempt when it is zero", () => {
    expect(decideRetry({ number: 1, elapsedMs: 0, isRepeatable: true, ...FIRST }, answer(503), 0)).toEqual(
      stop(),
    );
  });
});

describe("Retry-After", () => {
  const now = Date.UTC(2026, 9, 1, 12, 0, 0);

  test.each([
    ["37", 37_000],
    [" 2 ", 2_000],
    ["0", 0],
    ["1.5", 1_500],
    ["Thu, 01 Oct 2026 12:00:30 GMT", 30_000],
    ["Thu, 01 Oct 2026 11:00:00 GMT", 0],
    ["99999999999999999999", 365 * 86_400_000],
    ["Fri, 01 Oct 9999 12:00:00 GMT", 365 * 86_400_000],
    ["-5", null],
    ["soon", null],
    ["", null],
    [undefined, null],
  ])("of `%s` is a wait of %s ms", (header, delayMs) => {
    expect(readRetryAfter(header, now)).toBe(delayMs);
  });
});
