import { spawn } from "node:child_process";
import { constants } from "node:os";
import type { Clock } from "../../../../core/clock.ts";
import { UsageError } from "../../../../core/errors.ts";
import { isMissingFile, reasonOf } from "../../../../core/system-error.ts";
import { oneLine } from "../../../../core/text.ts";

/**
 * Delay before genscope asks the program to end. Ctrl-C at a terminal also reaches the program itself, which usually
 * ends within this time.
 */
const UNTIL_ASKED_MS = 100;
/**
 * Time that the program has to end after genscope asks it to. genscope itself ends within a second of a signal,
 * whatever the program does.
 */
const UNTIL_KILLED_MS = 700;
/** Base of the exit code for a program that a signal ended. As in shells, the number of the signal is added to it. */
const BY_SIGNAL = 128;
const STDERR = 2;

/**
 * Runs a program until it ends. Its output goes to stderr, because stdout belongs to the result. After an
 * interruption, it gets a grace period.
 * @returns its exit code
 * @throws UsageError when it can't be started
 */
export async function runChild(
  [program = "", ...args]: readonly string[],
  env: Readonly<Record<string, string | undefined>>,
  { clock, signal }: { readonly clock: Clock; readonly signal: AbortSignal },
): Promise<number> {
  const child = spawn(program, args, { env, stdio: ["inherit", STDERR, STDERR] });
  const ended = new AbortController();
  const end = async () => {
    await clock.sleep(UNTIL_ASKED_MS, ended.signal);
    child.kill("SIGTERM");
    await clock.sleep(UNTIL_KILLED_MS, ended.signal);
    child.kill("SIGKILL");
  };
  const onAbort = () => void end().catch(() => {});
  signal.addEventListener("abort", onAbort, { once: true });
  try {
    return await new Promise((resolve, reject) => {
      child.once("error", (error) => {
        const name = `\`${oneLine(program, 200)}\``;
        const message = isMissingFile(error)
          ? `there is no program named ${name}`
          : `${name} cannot be started: ${reasonOf(error)}`;
        reject(
          new UsageError("usage.file", message, {
            hint: "check the spelling, and put the program and its arguments after `--`: genscope record -- node app.js",
            cause: error,
          }),
        );
      });
      child.once("exit", (code, by) =>
        resolve(code ?? BY_SIGNAL + (by === null ? 0 : constants.signals[by])),
      );
    });
  } finally {
    signal.removeEventListener("abort", onAbort);
    ended.abort();
  }
}
