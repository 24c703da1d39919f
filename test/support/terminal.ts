import { spawnSync } from "node:child_process";
import { BIN, type GenscopeProcess, startGenscope } from "./genscope-process.ts";

/** Returns whether `script` of util-linux can run a program on a terminal and return its exit code (`-e`). */
export function hasTerminals(): boolean {
  return spawnSync("script", ["-qefc", "exit 7", "/dev/null"], { input: "" }).status === 7;
}

/**
 * Starts the built program on its own terminal, 100 columns wide. It is killed when the test ends. Both output
 * streams arrive on stdout. Input goes through the terminal, where `\x03` is Ctrl-C.
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
