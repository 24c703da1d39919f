import { spawnSync } from "node:child_process";
import { BIN, type Ending, startGenscope } from "./genscope-process.ts";

/** A call to the system that leaves a trace on the disk. */
export type SystemCall = "pwrite64" | "rename" | "unlink";

/** Whether `strace` is there, and may look into processes. */
export function canTrace(): boolean {
  const { status } = spawnSync("strace", ["-f", "-o", "/dev/null", "-e", "trace=rename", "true"]);
  return status === 0;
}

/**
 * Runs the program and kills it with SIGKILL at the moment at which it calls the system for the `number`th time so:
 * what it called for is not done any more.
 */
export async function runUntil(
  call: SystemCall,
  number: number,
  args: readonly string[],
  { env, directory }: { readonly env: Readonly<Record<string, string>>; readonly directory: string },
): Promise<Ending> {
  const trace = ["-f", "-qq", "-o", "/dev/null", "-e", `trace=${call}`];
  const inject = ["-e", `inject=${call}:signal=SIGKILL:when=${number}`];
  // Calls are counted thread by thread, so that all must come from one.
  const alone = { ...env, UV_THREADPOOL_SIZE: "1" };
  const words = [...trace, ...inject, process.execPath, BIN, ...args];
  return await startGenscope(words, alone, { directory, command: "strace", input: "" }).ended;
}
