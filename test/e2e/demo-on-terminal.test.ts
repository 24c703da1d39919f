import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { expect, test } from "vitest";
import { BIN } from "../support/genscope-process.ts";
import { tempDir } from "../support/temp-dir.ts";

/** Whether `script` of util-linux can give a program a terminal. */
const hasScript = spawnSync("script", ["--version"]).stdout?.toString().includes("util-linux") === true;

/** Plays the demo on a terminal where the user keeps pressing Enter. */
async function playOnTerminal(flags: string): Promise<string> {
  const command = `stty cols 80 rows 24; exec ${process.execPath} ${BIN} demo ${flags}`;
  const child = spawn("script", ["-qec", command, "/dev/null"], {
    cwd: await tempDir(),
    env: { PATH: process.env["PATH"] ?? "", HOME: await tempDir(), TERM: "xterm" },
  });
  // The demo can end between two keystrokes. A keystroke after that fails with EPIPE.
  child.stdin.on("error", () => {});
  const pressing = setInterval(() => child.stdin.write("\r"), 200);
  let output = "";
  child.stdout.on("data", (chunk) => {
    output += chunk;
  });
  await once(child, "close");
  clearInterval(pressing);
  // biome-ignore lint/suspicious/noControlCharactersInRegex: the pattern finds escape sequences of the terminal
  return output.replace(/\u001b\[[0-9;?]*[A-Za-z]/g, "");
}

const scenesIn = (text: string) => text.match(/── \d+\. /g)?.length ?? 0;

test.skipIf(!hasScript)(
  "the demo waits for Enter between its scenes (needs `script` of util-linux)",
  async () => {
    const text = await playOnTerminal("");
    expect(text).toContain("Press Enter for the next scene");
    expect(scenesIn(text)).toBe(10);
    const screens = text.split(/^.*Press Enter for .*$/m).map((screen) => screen.trim().split(/\r?\n/));
    expect(screens.length).toBeGreaterThan(10);
    // The question occupies the last of the 24 rows.
    expect(screens.filter((lines) => lines.length > 23)).toEqual([]);
    expect(screens.flat().filter((line) => line.length > 80)).toEqual([]);
  },
);

test.skipIf(!hasScript)(
  "`demo --no-pause` shows every scene without a stop (needs `script` of util-linux)",
  async () => {
    const text = await playOnTerminal("--no-pause");
    expect(text).not.toContain("Press Enter");
    expect(scenesIn(text)).toBe(10);
  },
);
