import { mkdir, readdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { setImmediate } from "node:timers/promises";
import { expect, onTestFinished, test } from "vitest";
import type { Clock } from "../../../src/core/clock.ts";
import { type HoldOptions, holdLock, LockLost } from "../../../src/core/lock/held-lock.ts";
import type { Processes } from "../../../src/core/processes.ts";
import { systemRandom } from "../../../src/core/random.ts";
import { processesOf } from "../../support/login-storage.ts";
import { tempDir } from "../../support/temp-dir.ts";

/** A clock that wakes its sleepers when the test advances it. */
class ManualClock implements Clock {
  #nowMs = Date.UTC(2026, 9, 1);
  readonly #sleepers = new Set<{ readonly wakesAtMs: number; readonly wake: () => void }>();

  now(): number {
    return this.#nowMs;
  }

  monotonicMs(): number {
    return this.#nowMs;
  }

  async sleep(delayMs: number, signal?: AbortSignal): Promise<void> {
    signal?.throwIfAborted();
    await new Promise<void>((resolve, reject) => {
      const stop = () => reject(signal?.reason as Error);
      const wake = () => {
        signal?.removeEventListener("abort", stop);
        resolve();
      };
      this.#sleepers.add({ wakesAtMs: this.#nowMs + delayMs, wake });
      signal?.addEventListener("abort", stop);
    });
  }

  /** True while at least one caller sleeps. */
  get isAwaited(): boolean {
    return this.#sleepers.size > 0;
  }

  /** Advances the clock, then waits until the effects have settled. */
  async advance(byMs: number, isDone: () => Promise<boolean>): Promise<void> {
    this.#nowMs += byMs;
    for (const sleeper of [...this.#sleepers]) {
      if (sleeper.wakesAtMs > this.#nowMs) continue;
      this.#sleepers.delete(sleeper);
      sleeper.wake();
    }
    while (!(await isDone())) await setImmediate();
  }
}

const lockIn = async () => join(await tempDir(), "work", "lock");
const MINUTE_MS = 60_000;
const hosts = { here: "here", there: "there" };

function optionsOf(path: string, clock: Clock, processes: Processes, highest = 0): HoldOptions {
  return {
    ...{ clock, random: systemRandom, processes, isShared: false },
    makeDirectory: async () => void (await mkdir(dirname(path), { recursive: true })),
    highestUsed: async () => highest,
  };
}

async function hold(path: string, clock: Clock, processes: Processes, highest = 0) {
  return await holdLock(path, optionsOf(path, clock, processes, highest));
}

async function take(path: string, clock: Clock, processes: Processes, highest = 0) {
  const held = await hold(path, clock, processes, highest);
  if (!("lock" in held)) throw new Error("held by another process");
  return held.lock;
}

const at = (pid: number, host = hosts.here, running: readonly number[] = []) =>
  processesOf(pid, running, host);
const namesBeside = async (path: string) => (await readdir(dirname(path))).toSorted();

/** Advances the clock in steps of 100 ms until the observer has its answer. */
async function settle<Result>(clock: ManualClock, answer: Promise<Result>): Promise<Result> {
  let isOver = false;
  const over = answer.finally(() => {
    isOver = true;
  });
  over.catch(() => undefined);
  while (!isOver) await clock.advance(100, async () => isOver || clock.isAwaited);
  return await answer;
}

test("a second process learns who holds the lock and acquires it with a higher number after the release", async () => {
  const path = await lockIn();
  const clock = new ManualClock();
  const first = await take(path, clock, at(1));
  expect(await hold(path, clock, at(2, hosts.here, [1]))).toMatchObject({ holder: { pid: 1, host: "here" } });
  await first.release();
  expect(await namesBeside(path)).toEqual([]);
  const third = await take(path, clock, at(2), first.number);
  expect([first.number, third.number, third.lost.aborted]).toEqual([1, 2, false]);
  await third.release();
});

test.each<[string, number, Processes]>([
  ["a process that ended on this machine", 1, at(1)],
  [
    "an earlier process with the same id",
    7,
    { ...at(7), self: () => ({ ...at(7).self(), start: "earlier" }) },
  ],
])("a process takes over the lock of %s immediately", async (_whose, pid, processes) => {
  const path = await lockIn();
  const clock = new ManualClock();
  const dead = await take(path, clock, processes);
  const next = await take(path, clock, at(pid === 7 ? 7 : 2));
  expect([next.number, [...next.ended]]).toEqual([2, [1]]);
  // This late release must not remove the successor's lock file.
  await dead.release();
  expect(await namesBeside(path)).toEqual(["lock.2"]);
  await expect(dead.check()).rejects.toBeInstanceOf(LockLost);
  await next.release();
});

test.each([
  ["another host", at(1, hosts.there)],
  ["a container with the same host name", { ...at(1), self: () => ({ ...at(1).self(), realm: "other" }) }],
])(
  "%s keeps the lock while its heartbeat changes, and loses it after a silent minute",
  async (_who, processes) => {
    const path = await lockIn();
    const clock = new ManualClock();
    const lock = await take(path, clock, processes);
    expect(await settle(clock, hold(path, clock, at(2)))).toMatchObject({ holder: { pid: 1 } });
    const text = await readFile(`${path}.1`, "utf8");
    await lock.release();
    await writeFile(`${path}.1`, text);
    const startMs = clock.monotonicMs();
    const next = await settle(clock, take(path, clock, at(2)));
    expect(clock.monotonicMs() - startMs).toBeGreaterThan(MINUTE_MS);
    expect([next.number, [...next.ended]]).toEqual([2, []]);
    await next.release();
  },
);

test.each([
  ["was taken over", async (path: string) => await writeFile(`${path}.1`, '{"nonce":"x"}')],
  ["is gone", async (path: string) => await rm(`${path}.1`)],
  ["has a successor", async (path: string) => await writeFile(`${path}.2`, "")],
])(
  "the holder of a lock notices at its next check and its next heartbeat that the lock file %s",
  async (_what, change) => {
    const path = await lockIn();
    const clock = new ManualClock();
    const checked = await take(path, clock, at(1));
    await change(path);
    await expect(checked.check()).rejects.toBeInstanceOf(LockLost);
    expect(checked.lost.aborted).toBe(true);
    await checked.release();

    const other = await lockIn();
    const lock = await take(other, clock, at(1));
    await change(other);
    await clock.advance(5_000, async () => lock.lost.aborted);
    await lock.release();
  },
);

test("reports the time until a silent lock holder is presumed dead, and nothing for an empty lock file", async () => {
  const path = await lockIn();
  const clock = new ManualClock();
  const dead = await take(path, clock, at(1, hosts.there));
  const text = await readFile(`${path}.1`, "utf8");
  await dead.release();
  await writeFile(`${path}.1`, text);
  const remaining: number[] = [];
  const watch = async () =>
    await holdLock(path, {
      ...optionsOf(path, clock, at(2)),
      onWatch: (remainingMs) => void remaining.push(remainingMs),
    });
  const taken = await settle(clock, watch());
  if (!("lock" in taken)) throw new Error("held by another process");
  expect(remaining.slice(0, 3)).toEqual([60_000, 59_900, 59_800]);
  expect(remaining.at(-1)).toBeLessThanOrEqual(100);
  await taken.lock.release();

  remaining.length = 0;
  await writeFile(`${path}.9`, "");
  const next = await settle(clock, watch());
  if (!("lock" in next)) throw new Error("held by another process");
  expect(remaining).toEqual([]);
  await next.lock.release();
});

test("checkNowAndThen reads the lock file at most once per second", async () => {
  const path = await lockIn();
  const clock = new ManualClock();
  const lock = await take(path, clock, at(1));
  await rm(`${path}.1`);
  await lock.checkNowAndThen();
  await clock.advance(1_001, async () => true);
  await expect(lock.checkNowAndThen()).rejects.toBeInstanceOf(LockLost);
  await lock.release();
});

test.each([false, true])("the umask decides who can read a shared lock (shared: %s)", async (isShared) => {
  const before = process.umask(0o022);
  onTestFinished(() => void process.umask(before));
  const path = await lockIn();
  const held = await holdLock(path, { ...optionsOf(path, new ManualClock(), at(1)), isShared });
  if (!("lock" in held)) throw new Error("held by another process");
  expect((await stat(`${path}.1`)).mode & 0o777).toBe(isShared ? 0o644 : 0o600);
  await held.lock.release();
});

test.each([
  ["after it was created", 1, 0],
  ["after the lock was read", 0, 1],
  ["repeatedly", 2, 2],
])(
  "acquiring a lock creates its directory again when another process removes it %s",
  async (_when, made, read) => {
    const path = await lockIn();
    const clock = new ManualClock();
    const options = optionsOf(path, clock, at(1));
    const removals = { made, read };
    const removeAfter = async (step: "made" | "read") => {
      removals[step] -= 1;
      if (removals[step] >= 0) await rm(dirname(path), { recursive: true });
    };
    const held = await holdLock(path, {
      ...options,
      makeDirectory: async () => {
        await options.makeDirectory();
        await removeAfter("made");
      },
      highestUsed: async () => {
        await removeAfter("read");
        return 0;
      },
    });
    if (!("lock" in held)) throw new Error("held by another process");
    expect(await namesBeside(path)).toEqual(["lock.1"]);
    await held.lock.release();
  },
);

test("acquiring a lock fails when its directory is always missing", async () => {
  const path = await lockIn();
  const makeDirectory = async () => {};
  await expect(
    holdLock(path, { ...optionsOf(path, new ManualClock(), at(1)), makeDirectory }),
  ).rejects.toMatchObject({ code: "output.write" });
});
