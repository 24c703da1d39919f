import { PassThrough } from "node:stream";
import { describe, expect, test } from "vitest";
import type { Io } from "../../src/core/io.ts";
import { nodeIo } from "../../src/output/node-streams.ts";
import { withProgress } from "../../src/output/progress.ts";

/** The streams of a process whose stderr is a terminal of that width. */
function terminalOf(columns: number): Io {
  const moves = { cursorTo: () => true, moveCursor: () => true, clearLine: () => true };
  const stderr = Object.assign(new PassThrough(), { isTTY: true, columns, ...moves });
  const other = Object.assign(new PassThrough(), { isTTY: false });
  // A stand-in has only what is used of a real stream.
  const streams = { stdin: other, stdout: other, stderr } as unknown as NodeJS.Process;
  return nodeIo(streams, {}, new AbortController().signal);
}

describe("a terminal that does not know its width", () => {
  test("is one that nothing is laid out for and nothing moves on", () => {
    const io = terminalOf(0);
    expect([io.stderr.isTerminal, io.stderr.columns, io.stderr.terminal]).toEqual([true, null, null]);
  });
});

describe("a line that moves", () => {
  test("makes way for a line that is written", async () => {
    const io = terminalOf(80);
    const { terminal } = io.stderr;
    const order: string[] = [];
    if (terminal === null) throw new Error("no terminal");
    terminal.movingLine = { hide: () => order.push("hide"), show: () => order.push("show") };
    await io.stderr.write("a note\n");

    expect(order).toEqual(["hide", "show"]);
  });

  test("is there while something is waited for, and gone afterwards", async () => {
    const io = terminalOf(80);
    const during = await withProgress(io, {}, "waiting", async () => io.stderr.terminal?.movingLine ?? null);

    expect(during).not.toBeNull();
    expect(io.stderr.terminal?.movingLine).toBeNull();
  });
});
