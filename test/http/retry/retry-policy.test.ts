import { describe, expect, test } from "vitest";
import { readRetryAfter } from "../../../src/http/retry/retry-after.ts";
import { decideRetry, type Outcome, type RetryDecision } from "../../../src/http/retry/retry-policy.ts";

const HOUR_MS = 3_600_000;
const FIRST = { broken: 1, throttled: 1, round: 1 };
const answer = (status: number, retryAfterMs: number | null = null): Outcome => ({
  kind: "answer",
  status,
  retryAfterMs,
  isThrottled: false,
});
const broken = (code: string, hasAnsweredBefore = false): Outcome => ({
  kind: "network",
  code,
  hasAnsweredBefore,
});
const wait = (delayMs: number, mayJitter: boolean): RetryDecision => ({ kind: "wait", delayMs, mayJitter });
const stop = (liftsInMs: number | null = null): RetryDecision => ({ kind: "stop", liftsInMs });
const minutes = (count: number) => count * 60_000;

describe("a request that may be repeated, with an hour to spare", () => {
  test.each<[string, Outcome, number, number, RetryDecision]>([
    ["200", answer(200), 1, 0, stop()],
    ["403", answer(403), 1, 0, stop()],
    ["404", answer(404), 1, 0, stop()],
    ["429 with a time: exactly that", answer(429, 37_000), 1, 0, wait(37_000, false)],
    ["429 without: 3 s", answer(429), 1, 0, wait(3_000, true)],
    ["429 with three minutes", answer(429, 180_000), 1, 0, wait(180_000, false)],
    ["429 with more is a cap of hours", answer(429, 180_001), 1, 0, stop(180_001)],
    ["a 400 that is throttling", { ...answer(400), isThrottled: true } as Outcome, 1, 0, wait(3_000, true)],
    ["400 that is not", answer(400), 1, 0, stop()],
    ["502", answer(502), 1, 0, wait(3_000, true)],
    ["503", answer(503), 7, 0, wait(3_000, true)],
    ["504", answer(504), 1, 0, wait(3_000, true)],
    ["503 with a time", answer(503, 10_000), 1, 0, wait(10_000, false)],
    ["503 just before five minutes", answer(503), 9, minutes(5) - 1, wait(3_000, true)],
    ["503 after five minutes", answer(503), 9, minutes(5), wait(9_000, true)],
    ["503 just before ten minutes", answer(503), 9, minutes(10) - 1, wait(9_000, true)],
    ["503 after ten minutes", answer(503), 9, minutes(10), wait(27_000, true)],
    ["501", answer(501), 1, 0, stop()],
    ["the first 500", answer(500), 1, 0, wait(3_000, true)],
    ["the second 500", answer(500), 2, 3_000, wait(3_000, true)],
    ["the third 500", answer(500), 3, 6_000, stop()],
    ["a time-out", broken("network.timeout"), 1, 0, wait(3_000, true)],
    ["a broken connection", broken("network.reset"), 1, 0, wait(3_000, true)],
    ["a name that never resolved", broken("network.dns"), 1, 0, stop()],
    ["a name that resolved before", broken("network.dns", true), 1, 0, wait(3_000, true)],
    ["a host that never answered", broken("network.refused"), 1, 0, stop()],
    ["a host that answered before", broken("network.refused", true), 1, 0, wait(3_000, true)],
    ["a certificate", broken("network.tls", true), 1, 0, stop()],
    ["connections that we dropped ourselves", broken("network.closed", true), 1, 0, stop()],
    ["not HTTP", broken("network.invalid_response", true), 1, 0, stop()],
  ])("%s", (_name, outcome, number, elapsedMs, decision) => {
    expect(decideRetry({ number, elapsedMs, isRepeatable: true, ...FIRST }, outcome, HOUR_MS)).toEqual(
      decision,
    );
  });
});

describe("a request that must not be sent twice", () => {
  test.each<[string, Outcome, RetryDecision]>([
    ["503: it may have been done", answer(503), stop()],
    ["a time-out: it may have been done", broken("network.timeout"), stop()],
    ["429: it was not done", answer(429, 5_000), wait(5_000, false)],
  ])("%s", (_name, outcome, decision) => {
    expect(decideRetry({ number: 1, elapsedMs: 0, isRepeatable: false, ...FIRST }, outcome, HOUR_MS)).toEqual(
      decision,
    );
  });
});

describe("a period of throttling", () => {
  const decide = (throttled: number, round: number, retryAfterMs: number | null = null) =>
    decideRetry(
      { number: 1, elapsedMs: 0, isRepeatable: true, broken: 0, throttled, round },
      answer(429, retryAfterMs),
      HOUR_MS,
    );

  test("doubles the delay from round to round, up to a minute, where the service names none", () => {
    const delays = [1, 2, 3, 4, 5, 6, 7].map((round) => decide(round, round));
    expect(delays).toEqual(
      [3_000, 6_000, 12_000, 24_000, 48_000, 60_000, 60_000].map((delayMs) => wait(delayMs, true)),
    );
  });

  test("ends with the twentieth refusal, whatever the service names", () => {
    expect(decide(19, 19, 0)).toEqual(wait(0, false));
    expect(decide(20, 20, 0)).toEqual(stop(0));
    expect(decide(20, 1)).toEqual(stop());
  });
});

test.each([
  [1, wait(3_000, true)],
  [5, wait(3_000, true)],
  [6, stop()],
])("half an answer, number %i", (broken, decision) => {
  expect(
    decideRetry(
      { number: broken, elapsedMs: 0, isRepeatable: true, broken, throttled: 0, round: 0 },
      { kind: "broken" },
      HOUR_MS,
    ),
  ).toEqual(decision);
});

describe("the budget", () => {
  test.each<[string, Outcome, number, RetryDecision]>([
    ["a wait that just fits", answer(503), 27_000, wait(3_000, true)],
    ["one that does not", answer(503), 27_001, stop()],
    ["a throttle that lifts too late says when", answer(429, 40_000), 0, stop(40_000)],
  ])("%s", (_name, outcome, elapsedMs, decision) => {
    expect(decideRetry({ number: 1, elapsedMs, isRepeatable: true, ...FIRST }, outcome, 30_000)).toEqual(
      decision,
    );
  });

  test("none at all means one attempt", () => {
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
    ["-5", null],
    ["soon", null],
    ["", null],
    [undefined, null],
  ])("`%s` is %s ms", (header, delayMs) => {
    expect(readRetryAfter(header, now)).toBe(delayMs);
  });
});
