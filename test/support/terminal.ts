import { spawnSync } from "node:child_process";
import { BIN, type GenscopeProcess, startGenscope } from "./genscope-process.ts";

/** Whether there is a program that gives another one a terminal: `script` of util-linux, whose `-e` hands exit codes on. */
export function hasTerminals(): boolean {
  return spawnSync("script", ["-qefc", "exit 7", "/dev/null"], { input: "" }).status === 7;
}

/**
 * Starts the built program on a terminal of its own, 100 columns wide, that ends with the test at the latest. Both
 * streams come on stdout; what is typed goes through the terminal, so that `\x03` is Ctrl-C.
 */
export function startOnTerminal(
  args: readonly string[],
  env: Readonly<Record<string, string>>,
  directory: string,
): GenscopeProcess {
  const words = [process.execPath, BIN, ...args].map((word) => `'${word.replaceAll("'", "'\\''")}'`);
  return startGenscope(
    ["-qefc", `stty cols 100 rows 30; exec ${words.join(" ")}`, "/dev/null"],
    { TERM: "xterm", SHELL: "/bin/sh", NO_COLOR: "1", ...env },
    { directory, command: "script" },
  );
}
