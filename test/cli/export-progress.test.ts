import { describe, expect, test } from "vitest";
import { exportProgress } from "../../src/cli/commands/export-progress.ts";
import { FakeClock } from "../support/fake-clock.ts";

function start() {
  const clock = new FakeClock();
  const said: string[] = [];
  const logged: string[] = [];
  const progress = exportProgress({
    clock,
    say: (text) => void said.push(text),
    log: (line) => void logged.push(line),
  });
  /** A page of so many records, so much later. */
  const page = (afterMs: number, records = 1_000) => {
    clock.advance(afterMs);
    progress.page({ part: "2026-10-01", records, bytes: 0 });
  };
  return { clock, said, logged, progress, page };
}

test("a log gets a line every half minute, however many pages come", () => {
  const { logged, progress, page } = start();
  progress.planned({ total: 10, done: 0, records: 0 });
  for (let second = 0; second < 95; second += 1) page(1_000);
  expect(logged).toEqual([
    "0 of 10 parts, 30,000 records, 1,000/s",
    "0 of 10 parts, 60,000 records, 1,000/s",
    "0 of 10 parts, 90,000 records, 1,000/s",
  ]);
});

test("records of earlier commands count as much as those of this one", () => {
  const { progress, page } = start();
  expect(progress.count()).toBe(0);
  progress.planned({ total: 10, done: 2, records: 40 });
  page(1, 5);
  expect(progress.count()).toBe(45);
});

test("an export that is over in seconds leaves no line in a log", () => {
  const { logged, progress, page } = start();
  progress.planned({ total: 2, done: 0, records: 0 });
  page(2_000);
  progress.finished({ part: "2026-10-01", records: 1_000 });
  expect(logged).toEqual([]);
});

describe("the line of the moment", () => {
  test("tells parts, records, rate and how much longer it may take", () => {
    const { clock, progress, page } = start();
    progress.planned({ total: 4, done: 0, records: 0 });
    page(30_000, 60_000);
    progress.finished({ part: "2026-10-01", records: 60_000 });
    expect(progress.describe()).toBe("1 of 4 parts, 60,000 records, 2,000/s, about 2 min left");
    clock.advance(150_000);
    expect(progress.describe()).toMatch(/^1 of 4 parts, 60,000 records, .*about 9 min left$/);
  });

  test("of one part says nothing of parts", () => {
    const { progress, page } = start();
    progress.planned({ total: 1, done: 0, records: 0 });
    page(10, 5);
    expect(progress.describe()).toBe("5 records");
  });

  test("rests on the last moments: a rate of hours ago is none of now", () => {
    const { progress, page } = start();
    progress.planned({ total: 1, done: 0, records: 0 });
    for (let second = 0; second < 60; second += 1) page(1_000, 5_000);
    for (let second = 0; second < 60; second += 1) page(1_000, 10);
    expect(progress.describe()).toBe("300,600 records, 10/s");
  });

  test("counts what an earlier run had done, and not as this one's speed", () => {
    const { logged, progress, page } = start();
    progress.planned({ total: 4, done: 3, records: 9_000_000 });
    page(10_000, 10_000);
    expect(logged).toEqual(["going on: 3 of 4 parts are finished, with 9,000,000 records"]);
    expect(progress.describe()).toBe("3 of 4 parts, 9,010,000 records, 1,000/s");
  });

  test.each([
    [429, "rate limit"],
    [503, "the service answered 503"],
    ["no-answer", "no answer"],
    ["pace", "the token's allowance"],
  ] as const)("says what is waited for, until it is over: %s", (reason, words) => {
    const { clock, progress } = start();
    progress.planned({ total: 1, done: 0, records: 0 });
    progress.waiting({ delayMs: 20_000, reason });
    clock.advance(5_000);
    expect(progress.describe()).toBe(`0 records, 0/s, waiting 15 s (${words})`);
    clock.advance(15_000);
    expect(progress.describe()).toBe("0 records, 0/s");
  });
});

test("long waits and parts that are left out are logged at once", () => {
  const { logged, progress } = start();
  progress.planned({ total: 3, done: 0, records: 0 });
  progress.waiting({ delayMs: 3_000, reason: 503 });
  progress.waiting({ delayMs: 150_000, reason: 429 });
  progress.refused({ part: "2026-10-02", code: "api.forbidden", message: "it may not be read" });
  expect(logged).toEqual(["waiting 3 min: rate limit", "left out `2026-10-02`: it may not be read"]);
});
