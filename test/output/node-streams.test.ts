import { PassThrough } from "node:stream";
import { describe, expect, test } from "vitest";
import type { Io } from "../../src/core/io.ts";
import { nodeIo } from "../../src/output/node-streams.ts";

/** Returns the streams of a process whose stderr is a terminal of this width. */
function terminalOf(columns: number, env: Readonly<Record<string, string>> = {}): Io {
  const moves = { cursorTo: () => true, moveCursor: () => true, clearLine: () => true };
  const stderr = Object.assign(new PassThrough(), { isTTY: true, columns, ...moves });
  return ioOf(Object.assign(new PassThrough(), { isTTY: false }), stderr, env);
}

function ioOf(stdout: PassThrough, stderr: PassThrough, env: Readonly<Record<string, string>> = {}): Io {
  const stdin = Object.assign(new PassThrough(), { isTTY: false });
  // The fake process has only the members that nodeIo uses.
  const streams = { stdin, stdout, stderr } as unknown as NodeJS.Process;
  return nodeIo(streams, env, new AbortController().signal);
}

describe("a terminal without a known width", () => {
  test("has no layout width and no animated line", () => {
    const io = terminalOf(0);
    expect([io.stderr.isTerminal, io.stderr.columns, io.stderr.terminal]).toEqual([true, null, null]);
  });
});

test.each([
  ["without a locale", {}, false],
  ["with LANG=C", { LANG: "C" }, false],
  ["with LANG=de_DE.UTF-8", { LANG: "de_DE.UTF-8" }, true],
  ["with LC_ALL=C before LANG=C.utf8", { LC_ALL: "C", LANG: "C.utf8" }, false],
  ["with an empty LC_ALL before LC_CTYPE=C.utf8", { LC_ALL: "", LC_CTYPE: "C.utf8", LANG: "C" }, true],
  ["on Windows", { OS: "Windows_NT" }, true],
])("the locale decides whether a terminal can show block characters: %s", (_name, env, isUnicode) => {
  expect(terminalOf(80, env).stdout.isUnicode).toBe(isUnicode);
});

describe("a progress line on a terminal", () => {
  test("is hidden while another line is written", async () => {
    const io = terminalOf(80);
    const order: string[] = [];
    io.activity.current = {
      hide: () => order.push("hide"),
      show: () => order.push("show"),
      begin: () => ({ say: () => undefined, end: () => undefined }),
      wait: () => undefined,
    };
    await io.stderr.write("a note\n");

    expect(order).toEqual(["hide", "show"]);
  });
});

test.each([
  ["separated on one terminal", true, true, "table\n\nnote\nnote\n\ntable\n"],
  ["unchanged when stdout is a pipe", false, true, "table\nnote\nnote\ntable\n"],
  ["unchanged when stderr is a file", true, false, "table\nnote\nnote\ntable\n"],
])("a table and the notes on stderr are %s", async (_where, isStdout, isStderr, expected) => {
  const shown: string[] = [];
  const stream = (isTTY: boolean) => {
    const target = Object.assign(new PassThrough(), { isTTY, columns: 80 });
    return target.on("data", (data: Buffer) => shown.push(data.toString()));
  };
  const { stdout, stderr } = ioOf(stream(isStdout), stream(isStderr));
  await stdout.write("table\n");
  await stderr.write("note\n");
  await stderr.write("note\n");
  await stdout.write("table\n");
  expect(shown.join("")).toBe(expected);
});

test("data that is written to a terminal is unchanged", async () => {
  const shown: string[] = [];
  const target = Object.assign(new PassThrough(), { isTTY: true, columns: 80 });
  target.on("data", (data: Buffer) => shown.push(data.toString()));
  const { stdout, stderr } = ioOf(target, target);
  await stderr.write("note\n");
  await stdout.writeExact("{}\n");
  expect(shown.join("")).toBe("note\n{}\n");
});
