import { EventEmitter } from "node:events";
import { describe, expect, test } from "vitest";
import { fitFrame } from "../../../src/output/live/fit-frame.ts";
import { openLiveScreen } from "../../../src/output/live/live-screen.ts";

/** Creates a terminal that keeps everything that is written to it. */
function terminal(columns: number, rows: number) {
  const writes: string[] = [];
  const stream = Object.assign(new EventEmitter(), {
    columns,
    rows,
    write: (text: string) => writes.push(text) > 0,
  });
  return { stream, writes, screen: openLiveScreen(stream as unknown as NodeJS.WriteStream) };
}

describe("a live screen", () => {
  test("overwrites the last frame line by line in one write", async () => {
    const { screen, writes } = terminal(80, 24);
    await screen.draw(async () => ["first", "second"]);
    await screen.draw(async () => ["third"]);
    expect(writes).toEqual([
      "\u001b[?7l\rfirst\u001b[K\nsecond\u001b[K\n\u001b[J\u001b[?7h",
      "\u001b[?7l\r\u001b[2Athird\u001b[K\n\u001b[J\u001b[?7h",
    ]);
  });

  test("clears the terminal and draws the frame again for a new size", async () => {
    const { screen, stream, writes } = terminal(80, 24);
    await screen.draw(async ({ columns, rows }) => [`${columns} x ${rows}`]);
    Object.assign(stream, { columns: 40, rows: 10 });
    stream.emit("resize");
    await expect.poll(() => writes.at(-1)).toContain("\u001b[2J\u001b[H40 x 10");
    screen.close();
    stream.emit("resize");
    expect(stream.listenerCount("resize")).toBe(0);
  });

  test("replaces control characters from the service", async () => {
    const { screen, writes } = terminal(80, 24);
    await screen.draw(async () => ["a\u001b[2Jb"]);
    expect(writes.join("").split("\u001b[2J")).toHaveLength(1);
  });
});

describe("a live frame", () => {
  test.each([
    [["a", "b", "c"], 6, ["head", "a", "b", "c"]],
    [["a", "b", "c"], 5, ["head", "a", "b", "c"]],
    [["a", "b", "c"], 4, ["head", "a", "… 2 more lines"]],
    [["a", "b", "c"], 2, ["head", "… 3 more lines"]],
  ])("with the lines %j fits a terminal of %i rows", (lines, rows, expected) => {
    expect(fitFrame(["head"], lines, { rows, columns: 80 })).toEqual(expected);
  });
});
