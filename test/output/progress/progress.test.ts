import { PassThrough } from "node:stream";
import { setTimeout as delay } from "node:timers/promises";
import { describe, expect, onTestFinished, test, vi } from "vitest";
import type { Io } from "../../../src/core/io.ts";
import { besideRecords, showWait, withProgress } from "../../../src/output/progress/progress.ts";
import { FakeClock } from "../../support/fake-clock.ts";
import { createMemoryIo } from "../../support/memory-io.ts";

/** Time in milliseconds, longer than one tick of the log and than the delay before the line is drawn. */
const TICK_MS = 400;

function atLog() {
  const memory = createMemoryIo();
  const clock = new FakeClock();
  const pass = async (byMs: number) => {
    clock.advance(byMs);
    await delay(TICK_MS);
  };
  return { ...memory, clock, pass };
}

function onTerminal(columns: number) {
  const memory = createMemoryIo({ columns });
  const moves = { cursorTo: () => true, moveCursor: () => true, clearLine: () => true };
  const terminal = Object.assign(new PassThrough(), { isTTY: true, columns, ...moves });
  const drawn: string[] = [];
  terminal.on("data", (data: Buffer) => drawn.push(data.toString("utf8")));
  // The fake stream has only the members that the spinner uses.
  const stream = terminal as unknown as NodeJS.WriteStream;
  const io: Io = { ...memory.io, stderr: { ...memory.io.stderr, terminal: stream } };
  return { io, clock: new FakeClock(), drawn: () => drawn.join(""), stderr: memory.stderr };
}

describe("progress in a log", () => {
  test("is silent for ten seconds, then prints one line every half minute", async () => {
    const { io, clock, pass, stderr } = atLog();
    await withProgress({ io, clock }, {}, "reading roles", async ({ say }) => {
      await pass(9_000);
      expect(stderr()).toBe("");
      clock.advance(1_000);
      await expect.poll(stderr).toBe("reading roles\n");
      say("reading grants\u001b[2J\nof Ada");
      await pass(29_000);
      expect(stderr()).toBe("reading roles\n");
      clock.advance(1_000);
      await expect.poll(stderr).toContain("grants");
    });
    expect(stderr()).toBe("reading roles\nreading grants\u{FFFD}[2J of Ada\n");
    await pass(60_000);
    expect(stderr().split("\n")).toHaveLength(3);
  });

  test("names a wait for the service", async () => {
    const { io, clock, stderr } = atLog();
    await withProgress({ io, clock }, {}, "reading roles", async () => {
      showWait(io, { delayMs: 45_000, reason: 429 });
      clock.advance(15_000);
      await expect.poll(stderr).toBe("reading roles, waiting 30 s (rate limit)\n");
    });
  });

  test("is silent with --quiet, even for nested work", async () => {
    const { io, clock, pass, stderr } = atLog();
    await withProgress({ io, clock }, { quiet: true }, "reading", async () => {
      await withProgress({ io, clock }, { quiet: true }, "reading more", async () => await pass(60_000));
    });
    expect(stderr()).toBe("");
  });
});

describe("progress on a terminal", () => {
  test("draws one line that fits, and clears it", async () => {
    const { io, clock, drawn, stderr } = onTerminal(20);
    await withProgress({ io, clock }, {}, "reading the roles of everyone", async () => {
      await expect.poll(drawn).toContain("reading the role…");
    });
    expect(drawn()).not.toContain("reading the roles");
    expect([stderr(), io.activity.current]).toEqual(["", null]);
  });

  test("draws nothing for work that ends immediately", async () => {
    const { io, clock, drawn } = onTerminal(80);
    await withProgress({ io, clock }, {}, "reading", async () => undefined);
    await delay(TICK_MS);
    expect(drawn()).toBe("");
  });

  test.each([undefined, "true"])("shows nested work as a step on the same line (CI: %s)", async (ci) => {
    // Whether a person is watching depends on `io`, not on the variable `CI`.
    vi.stubEnv("CI", ci);
    onTestFinished(() => void vi.unstubAllEnvs());
    const { io, clock, drawn } = onTerminal(80);
    await withProgress({ io, clock }, {}, "querying", async () => {
      await withProgress({ io, clock }, {}, "diagnosing", async () => {
        await expect.poll(drawn).toContain("diagnosing");
      });
      await expect.poll(() => drawn().split("diagnosing").at(-1)).toContain("querying");
    });
  });

  test("stays hidden while two lines are written at the same time", async () => {
    const { io, clock, drawn } = onTerminal(80);
    await withProgress({ io, clock }, {}, "querying", async () => {
      await expect.poll(drawn).toContain("querying");
      io.activity.current?.hide();
      io.activity.current?.hide();
      io.activity.current?.show();
      const before = drawn().length;
      await delay(TICK_MS);
      expect(drawn()).toHaveLength(before);
      io.activity.current?.show();
      await expect.poll(() => drawn().length).toBeGreaterThan(before);
    });
  });

  test("is never drawn next to records: a pipe gets a few separate lines, a terminal none", () => {
    expect(besideRecords(createMemoryIo().io, {})).toEqual({ quiet: false, isSparse: true });
    expect(besideRecords(createMemoryIo({ columns: 80 }).io, {}).quiet).toBe(true);
  });
});
