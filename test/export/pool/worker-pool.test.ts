import { setImmediate } from "node:timers/promises";
import { expect, test } from "vitest";
import { runWorkerPool } from "../../../src/export/pool/worker-pool.ts";

test.each([1, 2, 3, 10])(
  "a worker pool runs %i tasks at a time, in order, until all are done",
  async (count) => {
    const begun: number[] = [];
    let running = 0;
    let most = 0;
    await runWorkerPool(
      [1, 2, 3, 4, 5, 6],
      count,
      async (task) => {
        begun.push(task);
        running += 1;
        most = Math.max(most, running);
        await setImmediate();
        running -= 1;
      },
      () => undefined,
    );
    expect([begun, most]).toEqual([[1, 2, 3, 4, 5, 6], Math.min(count, 6)]);
  },
);

test("a worker pool without tasks finishes immediately", async () => {
  await runWorkerPool(
    [],
    4,
    async () => await Promise.reject(new Error("never")),
    () => undefined,
  );
});

test("a worker pool cancels waiting tasks and aborts running ones after a failure, and then rethrows it", async () => {
  const stopped = new AbortController();
  const ended: number[] = [];
  const failure = new Error("the disk is full");
  const work = runWorkerPool(
    [1, 2, 3, 4],
    2,
    async (task) => {
      if (task === 1) throw failure;
      await new Promise((resolve) => stopped.signal.addEventListener("abort", resolve));
      await setImmediate();
      ended.push(task);
      throw new Error("aborted");
    },
    (reason) => stopped.abort(reason),
  );
  await expect(work).rejects.toBe(failure);
  expect([ended, stopped.signal.reason]).toEqual([[2], failure]);
});

test("a worker pool stops only once after several failures", async () => {
  let calls = 0;
  const work = runWorkerPool(
    [1, 2, 3],
    3,
    async (task) => await Promise.reject(new Error(`failure ${task}`)),
    () => (calls += 1),
  );
  await expect(work).rejects.toThrow("failure 1");
  expect(calls).toBe(1);
});
