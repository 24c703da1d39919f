import { describe, expect, test } from "vitest";
import { pauseBefore, waitForGrant } from "../../../../src/cli/commands/check-scopes/wait-for-grant.ts";
import { FakeClock } from "../../../support/fake-clock.ts";

/** Answers one after the other, the last one for ever. */
function answers<Value>(...values: readonly [Value, ...Value[]]) {
  let asked = 0;
  return async () => values[Math.min(asked++, values.length - 1)] ?? values[0];
}

function wait(
  ask: () => Promise<string>,
  durationMs: number,
  clock = new FakeClock(),
  signal = new AbortController().signal,
) {
  return waitForGrant(ask, { isDone: (answer) => answer === "allowed", durationMs, clock, signal });
}

test("an answer that is good at once costs no pause", async () => {
  const clock = new FakeClock();
  expect(await wait(answers("allowed"), 120_000, clock)).toEqual({
    value: "allowed",
    isDone: true,
    attempts: 1,
    waitedMs: 0,
  });
  expect(clock.sleeps).toEqual([]);
});

test("the pauses grow by five seconds up to thirty, and the last question is asked when the time is over", async () => {
  const clock = new FakeClock();
  expect(await wait(answers("denied"), 180_000, clock)).toEqual({
    value: "denied",
    isDone: false,
    attempts: 10,
    waitedMs: 180_000,
  });
  expect(clock.sleeps).toEqual([5_000, 10_000, 15_000, 20_000, 25_000, 30_000, 30_000, 30_000, 15_000]);
});

test("it ends with the first good answer", async () => {
  const clock = new FakeClock();
  expect(await wait(answers("denied", "denied", "allowed"), 120_000, clock)).toEqual({
    value: "allowed",
    isDone: true,
    attempts: 3,
    waitedMs: 15_000,
  });
  expect(clock.sleeps).toEqual([5_000, 10_000]);
});

test("what the time of the last question brings still counts", async () => {
  expect(await wait(answers("denied", "allowed"), 1_000)).toMatchObject({ isDone: true, waitedMs: 1_000 });
});

test("no time at all is one question", async () => {
  expect(await wait(answers("denied"), 0)).toMatchObject({ isDone: false, attempts: 1 });
});

test("every pause is told before it begins", async () => {
  const told: unknown[] = [];
  await waitForGrant(answers("denied"), {
    isDone: () => false,
    durationMs: 7_000,
    clock: new FakeClock(),
    signal: new AbortController().signal,
    onPause: async (pauseMs, value) => void told.push([pauseMs, value]),
  });
  expect(told).toEqual([
    [5_000, "denied"],
    [2_000, "denied"],
  ]);
});

test("an abort ends it in the pause, with its reason", async () => {
  const abortion = new AbortController();
  const ask = async () => {
    abortion.abort(new Error("stop"));
    return "denied";
  };
  await expect(wait(ask, 60_000, new FakeClock(), abortion.signal)).rejects.toThrow("stop");
});

test("a failure to ask is not waited for", async () => {
  const clock = new FakeClock();
  const ask = () => Promise.reject(new Error("401"));
  await expect(wait(ask, 60_000, clock)).rejects.toThrow("401");
  expect(clock.sleeps).toEqual([]);
});

describe("the schedule", () => {
  test.each([
    [1, 0, 60_000, 5_000],
    [6, 75_000, 600_000, 30_000],
    [100, 75_000, 600_000, 30_000],
    [3, 15_000, 20_000, 5_000],
    [3, 20_000, 20_000, null],
    [1, 0, 0, null],
  ])("after %i questions and %i ms of %i: %s", (attempts, waitedMs, durationMs, expected) => {
    expect(pauseBefore(attempts, waitedMs, durationMs)).toBe(expected);
  });
});
