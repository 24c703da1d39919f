import { describe, expect, test } from "vitest";
import {
  pauseBefore,
  reasonToWait,
  waitForGrant,
} from "../../../../src/cli/commands/check-scopes/wait-for-grant.ts";
import { FakeClock } from "../../../support/fake-clock.ts";

/** Returns a function that returns the values in turn, and then the last one forever. */
function answers<Value>(...values: readonly [Value, ...Value[]]) {
  let calls = 0;
  return async () => values[Math.min(calls++, values.length - 1)] ?? values[0];
}

function wait(
  ask: () => Promise<string>,
  durationMs: number,
  clock = new FakeClock(),
  signal = new AbortController().signal,
) {
  return waitForGrant(ask, { isDone: (answer) => answer === "allowed", durationMs, clock, signal });
}

test("--wait does not pause when the first verdict is allowed", async () => {
  const clock = new FakeClock();
  expect(await wait(answers("allowed"), 120_000, clock)).toEqual({
    value: "allowed",
    isDone: true,
    attempts: 1,
    waitedMs: 0,
  });
  expect(clock.sleeps).toEqual([]);
});

test("--wait lengthens the pauses by 5 s, up to 30 s, and checks once more at the end", async () => {
  const clock = new FakeClock();
  expect(await wait(answers("denied"), 180_000, clock)).toEqual({
    value: "denied",
    isDone: false,
    attempts: 10,
    waitedMs: 180_000,
  });
  expect(clock.sleeps).toEqual([5_000, 10_000, 15_000, 20_000, 25_000, 30_000, 30_000, 30_000, 15_000]);
});

test("--wait ends with the first allowed verdict", async () => {
  const clock = new FakeClock();
  expect(await wait(answers("denied", "denied", "allowed"), 120_000, clock)).toEqual({
    value: "allowed",
    isDone: true,
    attempts: 3,
    waitedMs: 15_000,
  });
  expect(clock.sleeps).toEqual([5_000, 10_000]);
});

test("--wait succeeds when the check at the deadline allows the call", async () => {
  expect(await wait(answers("denied", "allowed"), 1_000)).toMatchObject({ isDone: true, waitedMs: 1_000 });
});

test("--wait checks once when the duration is zero", async () => {
  expect(await wait(answers("denied"), 0)).toMatchObject({ isDone: false, attempts: 1 });
});

test("--wait reports every pause before it begins", async () => {
  const reported: unknown[] = [];
  await waitForGrant(answers("denied"), {
    isDone: () => false,
    durationMs: 7_000,
    clock: new FakeClock(),
    signal: new AbortController().signal,
    onPause: (pauseMs) => void reported.push(pauseMs),
  });
  expect(reported).toEqual([5_000, 2_000]);
});

test("--wait stops with the abort's reason when aborted during a pause", async () => {
  const interruption = new AbortController();
  const ask = async () => {
    interruption.abort(new Error("stop"));
    return "denied";
  };
  await expect(wait(ask, 60_000, new FakeClock(), interruption.signal)).rejects.toThrow("stop");
});

test("--wait fails without a pause when the check fails", async () => {
  const clock = new FakeClock();
  const ask = () => Promise.reject(new Error("401"));
  await expect(wait(ask, 60_000, clock)).rejects.toThrow("401");
  expect(clock.sleeps).toEqual([]);
});

describe("the pause of --wait", () => {
  test.each([
    [1, 0, 60_000, 5_000],
    [6, 75_000, 600_000, 30_000],
    [100, 75_000, 600_000, 30_000],
    [3, 15_000, 20_000, 5_000],
    [3, 20_000, 20_000, null],
    [1, 0, 0, null],
  ])("after %i checks and %i of %i ms lasts %s ms", (attempts, waitedMs, durationMs, expected) => {
    expect(pauseBefore(attempts, waitedMs, durationMs)).toBe(expected);
  });
});

test("--wait reports that the permission is granted when only the age of the grant prevents the verdict `allowed`", () => {
  const recent = { verdict: "conditional", evidence: [{ kind: "recent", summary: "" }] } as const;
  const denied = { verdict: "denied", evidence: [] } as const;
  expect(reasonToWait([{ verdict: "allowed", evidence: [] }, recent])).toBe(
    "granted; a grant takes effect within a minute",
  );
  expect(reasonToWait([recent, denied])).toBe("not allowed yet");
  expect(reasonToWait([{ ...recent, evidence: [] }])).toBe("not allowed yet");
});
