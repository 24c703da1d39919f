import type { Ending, StartOptions } from "./genscope-process.ts";
import { runCli } from "./run-cli.ts";
import { tempDir } from "./temp-dir.ts";

/**
 * Runs a command line like `runGenscope`, but in this process. Starting one takes three quarters of the processor time of
 * a short export. For runs of a test whose subject is not a process: no signal, no memory, no stream, no bundle.
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
