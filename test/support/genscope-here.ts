import type { Ending, StartOptions } from "./genscope-process.ts";
import { runCli } from "./run-cli.ts";
import { tempDir } from "./temp-dir.ts";

/**
 * Runs a command line like `runGenscope`, but in this process, because starting one takes three quarters of the
 * processor time of a short export. Use it for tests that examine no process: no signals, memory, streams or bundles.
 */
export async function runHere(
  args: readonly string[],
  env: Readonly<Record<string, string>>,
  { directory, input = "" }: Pick<StartOptions, "directory" | "input"> = {},
): Promise<Ending> {
  const { exitCode, stdout, stderr } = await runCli(args, {
    env: { PATH: process.env["PATH"], ...env },
    input,
    directory: directory ?? (await tempDir()),
  });
  return { exitCode, stdout, stderr };
}
