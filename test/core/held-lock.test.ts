import { readdir, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { setImmediate } from "node:timers/promises";
import { expect, test } from "vitest";
import type { Clock } from "../../src/core/clock.ts";
import { holdLock } from "../../src/core/held-lock.ts";
import type { Mark, Processes } from "../../src/core/lock-file.ts";
import { systemRandom } from "../../src/core/random.ts";
import { tempDir } from "../support/temp-dir.ts";

/** A clock whose sleepers wake when the test moves it on. */
class ManualClock implements Clock {
  #nowMs = Date.UTC(2026, 9, 1);
  readonly #sleepers = new Set<{ readonly wakesAtMs: number; readonly wake: () => void }>();

  now(): number {
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

  /** Whether somebody sleeps. */
  get isAwaited(): boolean {
    return this.#sleepers.size > 0;
  }

  /** Moves on, and waits until what that causes is done. */
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

const processesOf = (pid: number, running: readonly number[] = [], host = "here"): Processes => ({
  pid,
  startedAtMs: 1_000 + pid,
  host,
  isRunning: (other) => running.includes(other),
});
const lockIn = async () => join(await tempDir(), "work", "lock");
const markOf = async (path: string) => JSON.parse(await readFile(path, "utf8")) as Mark;

async function take(path: string, clock: Clock, processes: Processes) {
  const taken = await holdLock(path, { clock, random: systemRandom, processes });
  return "lock" in taken ? taken.lock : null;
}

test("one holds it, the next is told who, and after that it is free", async () => {
  const path = await lockIn();
  const clock = new ManualClock();
  const first = await take(path, clock, processesOf(1));
  const second = await holdLock(path, { clock, random: systemRandom, processes: processesOf(2, [1]) });
  expect(second).toMatchObject({ holder: { pid: 1, host: "here" } });
  await first?.release();
  expect(await readdir(join(path, ".."))).toEqual([]);
  const third = await take(path, clock, processesOf(2));
  expect(third?.lost.aborted).toBe(false);
  await third?.release();
});

test("that of a process which died on this machine is taken over at once", async () => {
  const path = await lockIn();
  const clock = new ManualClock();
  const dead = await take(path, clock, processesOf(1));
  const next = await take(path, clock, processesOf(2, []));
  expect((await markOf(path)).pid).toBe(2);
  // Its own release comes too late, and takes nothing away.
  await dead?.release();
  expect((await markOf(path)).pid).toBe(2);
  await next?.release();
});

test("that of an earlier process with the same id is taken over as well", async () => {
  const path = await lockIn();
  const clock = new ManualClock();
  await take(path, clock, { ...processesOf(7), startedAtMs: 5 });
  expect(await take(path, clock, processesOf(7, [7]))).not.toBeNull();
});

test("that of another machine counts until it gave no sign of life for a minute", async () => {
  const path = await lockIn();
  const clock = new ManualClock();
  const mark = { pid: 1, startedAtMs: 1, host: "there", takenAtMs: clock.now(), nonce: "of another" };
  const other = await take(path, clock, processesOf(1, [], "there"));
  await other?.release();
  await writeFile(path, JSON.stringify(mark));
  await clock.advance(60_000, async () => true);
  expect(await take(path, clock, processesOf(2))).toBeNull();
  await clock.advance(1, async () => true);
  const taken = await take(path, clock, processesOf(2));
  expect((await markOf(path)).pid).toBe(2);
  await taken?.release();
});

test("who holds it gives a sign of life every ten seconds, for hours", async () => {
  const path = await lockIn();
  const clock = new ManualClock();
  const lock = await take(path, clock, processesOf(1, [], "there"));
  for (let beat = 0; beat < 20; beat += 1) {
    const nowMs = clock.now() + 10_000;
    const isSaid = async () => (await markOf(path).catch(() => null))?.takenAtMs === nowMs;
    await clock.advance(10_000, async () => (await isSaid()) && clock.isAwaited);
  }
  expect(await take(path, clock, processesOf(2))).toBeNull();
  expect(lock?.lost.aborted).toBe(false);
  await lock?.release();
});

test.each([
  [
    "was taken over",
    async (path: string) => await writeFile(path, JSON.stringify({ ...(await markOf(path)), nonce: "x" })),
  ],
  ["is gone", async (path: string) => await rm(path)],
])("whose lock %s is told with the next sign of life", async (_what, change) => {
  const path = await lockIn();
  const clock = new ManualClock();
  const lock = await take(path, clock, processesOf(1));
  await change(path);
  await clock.advance(10_000, async () => lock?.lost.aborted === true);
  await lock?.release();
  expect(await readdir(join(path, ".."))).toHaveLength(_what === "is gone" ? 0 : 1);
});
