import { readdir, readFile, stat, utimes, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { describe, expect, onTestFinished, test } from "vitest";
import { type Clock, systemClock } from "../../src/core/clock.ts";
import { type Processes, STALE_MS, tryAcquire, withLock } from "../../src/core/lock-file.ts";
import { systemRandom } from "../../src/core/random.ts";
import { FakeClock } from "../support/fake-clock.ts";
import { processesOf } from "../support/login-memory.ts";
import { tempDir } from "../support/temp-dir.ts";

const OTHER_PID = 2_000;

function lock(path: string, clock: Clock, processes: Processes = processesOf()) {
  const options = { clock, random: systemRandom, processes };
  return async <Result>(work: () => Promise<Result>) => await withLock(path, options, work);
}

/** The lock file of somebody else, taken `agoMs` before the clock's now. */
async function leaveLock(path: string, clock: Clock, agoMs: number, differences: object = {}): Promise<void> {
  const mark = {
    pid: OTHER_PID,
    startedAtMs: 1,
    host: "host-1",
    takenAtMs: clock.now() - agoMs,
    nonce: "theirs",
  };
  await writeFile(path, JSON.stringify({ ...mark, ...differences }));
}

describe("one at a time", () => {
  test("many who want it at once take turns", async () => {
    const path = join(await tempDir(), "turns.lock");
    let inside = 0;
    let most = 0;
    const turns = Array.from({ length: 20 }, (_, index) =>
      lock(
        path,
        systemClock,
      )(async () => {
        inside += 1;
        most = Math.max(most, inside);
        await new Promise((resolve) => setImmediate(resolve));
        inside -= 1;
        return index;
      }),
    );

    expect(await Promise.all(turns)).toEqual(Array.from({ length: 20 }, (_, index) => index));
    expect(most).toBe(1);
  });

  test("the lock is gone afterwards, also after a failure", async () => {
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

  test("a lock that somebody else has taken meanwhile is left to them", async () => {
    const clock = new FakeClock();
    const path = join(await tempDir(), "work.lock");
    await lock(path, clock)(async () => await leaveLock(path, clock, 0));

    expect(JSON.parse(await readFile(path, "utf8"))).toMatchObject({ nonce: "theirs" });
  });
});

describe("who may look into the lock and the directories that are made for it", () => {
  test.each<[string, { readonly isShared?: boolean }, number, number]>([
    ["nobody but the user", {}, 0o700, 0o600],
    ["whom the umask lets, where a directory is shared", { isShared: true }, 0o755, 0o644],
  ])("%s", async (_who, options, directoryMode, fileMode) => {
    const before = process.umask(0o022);
    onTestFinished(() => void process.umask(before));
    const directory = join(await tempDir(), "outer");
    const path = join(directory, "inner", "work.lock");
    const modes = async () =>
      await Promise.all(
        [directory, dirname(path), path].map(async (name) => (await stat(name)).mode & 0o777),
      );
    const lockOptions = { clock: systemClock, random: systemRandom, processes: processesOf(), ...options };
    expect(await withLock(path, lockOptions, modes)).toEqual([directoryMode, directoryMode, fileMode]);
  });
});

describe("a lock that is left behind", () => {
  test.each<[string, number, object, Processes, readonly number[]]>([
    ["of a process that died: taken at once", 0, {}, processesOf(), []],
    ["of an earlier process with our id: at once", 0, { pid: 1_000, startedAtMs: 0 }, processesOf(), []],
    ["of a process that runs: after 30 s", 0, {}, processesOf(1_000, [OTHER_PID]), Array(601).fill(50)],
    ["of another host: after 30 s", 0, { host: "host-2" }, processesOf(), Array(601).fill(50)],
    [
      "taken in the future, by a clock that was set back: at once",
      -STALE_MS - 1,
      {},
      processesOf(1_000, [OTHER_PID]),
      [],
    ],
  ])("%s", async (_name, agoMs, differences, processes, sleeps) => {
    const clock = new FakeClock();
    const path = join(await tempDir(), "work.lock");
    await leaveLock(path, clock, agoMs, differences);

    expect(await lock(path, clock, processes)(async () => "done")).toBe("done");
    expect(clock.sleeps).toEqual(sleeps);
  });

  test("one that is just being taken is left alone, also where the clock of the files is ahead by months", async () => {
    const clock = new FakeClock();
    const path = join(await tempDir(), "work.lock");
    await writeFile(path, "");
    await utimes(path, (clock.now() + 9e9) / 1_000, (clock.now() + 9e9) / 1_000);
    const options = { clock, random: systemRandom, processes: processesOf() };
    expect(await tryAcquire(path, "ours", options)).toBe(false);
    await utimes(path, (clock.now() - 2_001) / 1_000, (clock.now() - 2_001) / 1_000);
    expect(await tryAcquire(path, "ours", options)).toBe(true);
  });

  test("many who find it take turns too", async () => {
    const path = join(await tempDir(), "work.lock");
    await leaveLock(path, systemClock, 0);
    let inside = 0;
    let most = 0;
    await Promise.all(
      Array.from({ length: 20 }, () =>
        lock(
          path,
          systemClock,
        )(async () => {
          inside += 1;
          most = Math.max(most, inside);
          await new Promise((resolve) => setImmediate(resolve));
          inside -= 1;
        }),
      ),
    );

    expect(most).toBe(1);
  });
});

describe("what ends the waiting", () => {
  test("a lock that is renewed again and again: exit 10", async () => {
    const clock = new FakeClock();
    const path = join(await tempDir(), "work.lock");
    await leaveLock(path, clock, 0);
    const busy: Clock = {
      now: () => clock.now(),
      sleep: async (delayMs) => {
        await clock.sleep(delayMs);
        await leaveLock(path, clock, 0);
      },
    };

    await expect(
      lock(path, busy, processesOf(1_000, [OTHER_PID]))(async () => "never"),
    ).rejects.toMatchObject({ code: "store.busy", exit: "store" });
    expect(clock.sleeps.reduce((sum, each) => sum + each, 0)).toBe(60_000);
  });

  test("a directory that can't be written", async () => {
    const directory = await tempDir();
    await writeFile(join(directory, "file"), "");

    await expect(
      lock(join(directory, "file", "work.lock"), systemClock)(async () => "never"),
    ).rejects.toMatchObject({ code: "output.write" });
  });
});
