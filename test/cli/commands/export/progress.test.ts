import { describe, expect, test } from "vitest";
import { exportProgress } from "../../../../src/cli/commands/export/progress.ts";
import { FakeClock } from "../../../support/fake-clock.ts";

function start() {
  const clock = new FakeClock();
  const logged: string[] = [];
  const noted: string[] = [];
  const progress = exportProgress({
    clock,
    log: (line) => void logged.push(line),
    note: (line) => void noted.push(line),
  });
  const soFar = new Map<string, number>();
  /** Reports a page with this number of records after `afterMs` milliseconds. */
  const page = (afterMs: number, records = 1_000, part = "2026-10-01") => {
    clock.advance(afterMs);
    soFar.set(part, (soFar.get(part) ?? 0) + records);
    const sum = soFar.get(part) ?? 0;
    progress.page({ part, records, bytes: 0, soFar: sum, kept: part === "all" ? 0 : sum });
  };
  /** Makes the part restart, as after a lost job. */
  const restart = (part = "2026-10-01") => soFar.delete(part);
  return { clock, logged, noted, progress, page, restart };
}

describe("the number of saved records", () => {
  test("is absent before the first record", () => {
    const { progress } = start();
    expect(progress.describeKept()).toBe(null);
    progress.planned({ total: 3, done: 0, records: 0 });
    expect(progress.describeKept()).toBe(null);
  });

  test("includes finished parts and pages of earlier runs", () => {
    const { clock, progress, page } = start();
    progress.planned({ total: 10, done: 2, records: 40 });
    progress.begun({ part: "2026-10-03", records: 7_000 });
    page(1, 5, "2026-10-04");
    expect(progress.describeKept()).toBe("7,045 records (2 of 10 parts finished)");
    clock.advance(30_000);
    expect(progress.describeKept()).toBe("7,045 records (2 of 10 parts finished)");
  });

  test("counts a restarted part once", () => {
    const { progress, page, restart } = start();
    progress.planned({ total: 1, done: 0, records: 0 });
    page(1, 600);
    restart();
    progress.polled({ part: "2026-10-01", state: "QUEUED", records: 0 });
    expect(progress.describeKept()).toBe(null);
    page(1, 1);
    expect(progress.describeKept()).toBe("1 record");
    expect(progress.describe()).toBe("1 record");
  });

  test("excludes a part that cannot be resumed until it is finished", () => {
    const { progress, page } = start();
    progress.planned({ total: 1, done: 0, records: 0 });
    page(1, 600, "all");
    expect([progress.describe(), progress.describeKept()]).toEqual(["600 records", null]);
    progress.finished({ part: "all", records: 600 });
    expect(progress.describeKept()).toBe("600 records");
  });

  test("excludes a refused part", () => {
    const { progress, page } = start();
    progress.planned({ total: 2, done: 0, records: 0 });
    page(1, 600);
    progress.refused({ part: "2026-10-01", code: "export.job_lost", message: "it is lost" });
    expect(progress.describeKept()).toBe("0 records (1 of 2 parts finished)");
  });
});

describe("the progress line", () => {
  test("shows parts, records, rate and remaining time", () => {
    const { clock, progress, page } = start();
    progress.planned({ total: 4, done: 0, records: 0 });
    page(30_000, 60_000);
    progress.finished({ part: "2026-10-01", records: 60_000 });
    expect(progress.describe()).toBe("1 of 4 parts, 60,000 records, 2,000/s, about 2 min left");
    clock.advance(150_000);
    expect(progress.describe()).toMatch(/^1 of 4 parts, 60,000 records, .*about 9 min left$/);
  });

  test("shows the pending jobs until their first page arrives", () => {
    const { progress, page } = start();
    progress.planned({ total: 2, done: 0, records: 0 });
    progress.polled({ part: "2026-10-01", state: "QUEUED", records: 0 });
    expect(progress.describe()).toBe("0 of 2 parts, 0 records, waiting for the job of 2026-10-01 (queued)");
    progress.polled({ part: "2026-10-02", state: "PEND\u001b[31mING", records: 0 });
    expect(progress.describe()).toMatch(
      /^0 of 2 parts, 0 records, waiting for 2 jobs \(queued, pend.*ing\)$/,
    );
    page(1, 5);
    page(1, 5, "2026-10-02");
    expect(progress.describe()).toBe("0 of 2 parts, 10 records");
  });

  test("shows no part count for a single part", () => {
    const { progress, page } = start();
    progress.planned({ total: 1, done: 0, records: 0 });
    page(10, 5);
    expect(progress.describe()).toBe("5 records");
  });

  test("shows the recent rate, not the average", () => {
    const { progress, page } = start();
    progress.planned({ total: 1, done: 0, records: 0 });
    for (let second = 0; second < 60; second += 1) page(1_000, 5_000);
    for (let second = 0; second < 60; second += 1) page(1_000, 10);
    expect(progress.describe()).toBe("300,600 records, 10/s");
  });

  test("counts records of earlier runs but leaves them out of the rate", () => {
    const { logged, progress, page } = start();
    progress.planned({ total: 4, done: 3, records: 9_000_000 });
    page(10_000, 10_000);
    expect(logged).toEqual(["continuing: 3 of 4 parts are finished, with 9,000,000 records"]);
    expect(progress.describe()).toBe("3 of 4 parts, 9,010,000 records, 1,000/s");
  });
});

test.each([
  [1, 1, "continuing: 1 of 1 part is finished, with 9 records"],
  [1, 2, "continuing: 1 of 2 parts is finished, with 9 records"],
])("a continued export announces %d of %d finished parts", (done, total, line) => {
  const { logged, progress } = start();
  progress.planned({ total, done, records: 9 });
  expect(logged).toEqual([line]);
});

test("an export notes a skipped part even on a terminal", () => {
  const { logged, noted, progress } = start();
  progress.planned({ total: 3, done: 0, records: 0 });
  progress.refused({ part: "2026-10-02", code: "api.forbidden", message: "it may not be read" });
  expect([logged, noted]).toEqual([[], ["skipped `2026-10-02`: it may not be read"]]);
});

test("an export counts down while it waits for another that may still be running, and logs one line", () => {
  const { clock, logged, progress } = start();
  progress.watching({ remainingMs: 60_000 });
  clock.advance(17_000);
  expect(progress.describe()).toBe("checking whether another export is still running: 43 s left");
  progress.watching({ remainingMs: 43_000 });
  expect(logged).toEqual(["checking whether another export is still running: 60 s left"]);
  progress.planned({ total: 3, done: 0, records: 0 });
  expect(progress.describe()).toBe("0 of 3 parts, 0 records");
});
