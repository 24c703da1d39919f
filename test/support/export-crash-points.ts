import { spawnSync } from "node:child_process";
import { BIN, type Ending, startGenscope } from "./genscope-process.ts";

/** A system call that changes the disk. */
export type SystemCall = "pwrite64" | "rename" | "unlink";

/** Reports whether `strace` is installed and may trace processes. */
export function canTrace(): boolean {
  const { status } = spawnSync("strace", ["-f", "-o", "/dev/null", "-e", "trace=rename", "true"]);
  return status === 0;
}

/**
 * Runs the program and kills it with SIGKILL at the start of system call number `number` of this kind. That call has
 * no effect.
 */
export async function runUntil(
  call: SystemCall,
  number: number,
  args: readonly string[],
  { env, directory }: { readonly env: Readonly<Record<string, string>>; readonly directory: string },
): Promise<Ending> {
  const trace = ["-f", "-qq", "-o", "/dev/null", "-e", `trace=${call}`];
  const inject = ["-e", `inject=${call}:signal=SIGKILL:when=${number}`];
  // strace counts calls per thread, so all of them must come from one thread.
  const alone = { ...env, UV_THREADPOOL_SIZE: "1" };
  const words = [...trace, ...inject, process.execPath, BIN, ...args];
  return await startGenscope(words, alone, { directory, command: "strace", input: "" }).ended;
}
