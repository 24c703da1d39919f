import { readdir, readFile, stat, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { describe, expect, onTestFinished, test } from "vitest";
import { type Clock, systemClock } from "../../../src/core/clock.ts";
import { SILENCE_MS, withLock } from "../../../src/core/lock/lock-file.ts";
import type { Processes } from "../../../src/core/processes.ts";
import { systemRandom } from "../../../src/core/random.ts";
import { FakeClock } from "../../support/fake-clock.ts";
import { processesOf } from "../../support/login-storage.ts";
import { tempDir } from "../../support/temp-dir.ts";

const OTHER_PID = 2_000;
const HOURS_MS = 3_600_000;

function lock(path: string, clock: Clock, processes: Processes = processesOf()) {
  const options = { clock, random: systemRandom, processes };
  return async <Result>(work: () => Promise<Result>) => await withLock(path, options, work);
}

/** Creates a lock file that another process left behind. */
async function leaveLock(path: string, differences: object = {}): Promise<void> {
  const mark = { ...processesOf(OTHER_PID).self(), nonce: "theirs", beat: "000000000000" };
  await writeFile(`${path}.1`, JSON.stringify({ ...mark, ...differences }));
}

/** Returns the maximum number of callers that held the lock at the same time when 20 processes wanted it. */
async function mostInside(path: string, clock: Clock): Promise<number> {
  let inside = 0;
  let most = 0;
  const work = async () => {
    inside += 1;
    most = Math.max(most, inside);
    await new Promise((resolve) => setImmediate(resolve));
    inside -= 1;
  };
  await Promise.all(Array.from({ length: 20 }, async () => await lock(path, clock)(work)));
  return most;
}

describe("the exclusive lock of a file", () => {
  test("is held in turn by processes that request it together", async () => {
    expect(await mostInside(join(await tempDir(), "turns.lock"), systemClock)).toBe(1);
  });

  test("is removed after the work, even when the work fails", async () => {
    const directory = await tempDir();
    const path = join(directory, "locks", "work.lock");
    await expect(
      lock(
        path,
        systemClock,
      )(async () => {
        throw new Error("work failed");
      }),
    ).rejects.toThrow("work failed");

    expect(await readdir(join(directory, "locks"))).toEqual([]);
  });

  test("is not removed when another process has taken it over", async () => {
    const path = join(await tempDir(), "work.lock");
    await lock(path, new FakeClock())(async () => await leaveLock(path));

    expect(JSON.parse(await readFile(`${path}.1`, "utf8"))).toMatchObject({ nonce: "theirs" });
  });

  test("stays with the live holder when a dead process has a higher number", async () => {
    const clock = new FakeClock();
    const path = join(await tempDir(), "work.lock");
    const running = processesOf(1_000, [OTHER_PID]);
    await leaveLock(path);
    await writeFile(`${path}.2`, JSON.stringify({ ...processesOf(3).self(), nonce: "dead" }));
    await expect(lock(path, clock, running)(async () => "never")).rejects.toMatchObject({
      code: "store.busy",
    });
  });
});

test("only the user can read a lock file and the directories that are created for it", async () => {
  const before = process.umask(0o022);
  onTestFinished(() => void process.umask(before));
  const directory = join(await tempDir(), "outer");
  const path = join(directory, "inner", "work.lock");
  const modes = async () =>
    await Promise.all(
      [directory, dirname(path), `${path}.1`].map(async (name) => (await stat(name)).mode & 0o777),
    );
  expect(await lock(path, systemClock)(modes)).toEqual([0o700, 0o700, 0o600]);
});

describe("an abandoned lock file", () => {
  const AFTER_30_S = Array(601).fill(50);
  test.each<[string, object, readonly number[]]>([
    ["of a process that ended is taken over immediately", {}, []],
    [
      "of an earlier process with the same id is taken over immediately",
      { pid: 1_000, start: "earlier" },
      [],
    ],
    ["of another host is taken over after 30 s without a change", { host: "host-2" }, AFTER_30_S],
    ["of another boot or namespace of this host is taken over after 30 s", { realm: "other" }, AFTER_30_S],
    [
      "of a system that reports no process start is taken over after 30 s",
      { realm: null, start: null },
      AFTER_30_S,
    ],
    [
      "of a process that died before it identified itself is taken over after 2 s",
      { nonce: "" },
      Array(41).fill(50),
    ],
  ])("%s", async (_name, differences, sleeps) => {
    const clock = new FakeClock();
    const path = join(await tempDir(), "work.lock");
    await leaveLock(path, differences);

    expect(await lock(path, clock)(async () => "done")).toBe("done");
    expect(clock.sleeps).toEqual(sleeps);
  });

  test("of an earlier version is taken over after 30 s without a change", async () => {
    const clock = new FakeClock();
    const path = join(await tempDir(), "work.lock");
    const mark = { pid: 7, startedAtMs: 1, host: "host-1", takenAtMs: clock.now() - HOURS_MS, nonce: "n" };
    await writeFile(path, JSON.stringify(mark));
    expect(await lock(path, clock)(async () => "done")).toBe("done");
    expect(clock.sleeps).toEqual(AFTER_30_S);
    expect(await readdir(dirname(path))).toEqual([]);
  });

  test("is taken over by one process at a time when many find it", async () => {
    const path = join(await tempDir(), "work.lock");
    await leaveLock(path);
    expect(await mostInside(path, systemClock)).toBe(1);
  });
});

describe("a clock adjustment", () => {
  test.each([-24 * HOURS_MS, -HOURS_MS, HOURS_MS, 24 * HOURS_MS])(
    "by %i ms does not affect a process that waits for a lock",
    async (stepMs) => {
      const clock = new FakeClock();
      let steps = 0;
      const stepped: Clock = {
        now: () => clock.now() + steps * stepMs,
        monotonicMs: () => clock.monotonicMs(),
        sleep: async (delayMs) => {
          steps += 1;
          await clock.sleep(delayMs);
        },
      };
      const path = join(await tempDir(), "work.lock");
      await leaveLock(path, { host: "host-2" });
      await lock(path, stepped)(async () => "done");
      expect(clock.monotonicMs() - new FakeClock().monotonicMs()).toBe(SILENCE_MS + 50);
    },
  );
});

describe("waiting for a lock", () => {
  test.each<[string, object, Processes]>([
    ["ends when the holder on this machine keeps running", {}, processesOf(1_000, [OTHER_PID])],
    ["ends when the holder on another host keeps its heartbeat", { host: "host-2" }, processesOf()],
  ])("%s, with exit 10 after a minute", async (_what, differences, processes) => {
    const clock = new FakeClock();
    const path = join(await tempDir(), "work.lock");
    await leaveLock(path, differences);
    const beating: Clock = {
      now: () => clock.now(),
      monotonicMs: () => clock.monotonicMs(),
      sleep: async (delayMs) => {
        await clock.sleep(delayMs);
        await leaveLock(path, { ...differences, beat: clock.now() });
      },
    };

    await expect(lock(path, beating, processes)(async () => "never")).rejects.toMatchObject({
      code: "store.busy",
      exit: "store",
    });
    expect(clock.sleeps.reduce((sum, each) => sum + each, 0)).toBe(60_000);
  });

  test("fails immediately when the lock's directory cannot be written to", async () => {
    const directory = await tempDir();
    await writeFile(join(directory, "file"), "");

    await expect(
      lock(join(directory, "file", "work.lock"), systemClock)(async () => "never"),
    ).rejects.toMatchObject({ code: "output.write" });
  });
});
