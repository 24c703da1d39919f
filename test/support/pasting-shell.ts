import { spawn } from "node:child_process";
import { readFile } from "node:fs/promises";
import { join } from "node:path";

/** The end of one pasted line. */
export interface PastedEnding {
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** A shell that keeps its variables, directory and background jobs between lines. */
export interface PastingShell {
  /** Runs a line with an empty standard input. It fails when any command of a pipeline fails. */
  paste(line: string): Promise<PastedEnding>;
  /**
   * Runs a command that does not end on its own. Presses Ctrl-C once the command has written to stdout that it is
   * ready.
   */
  pasteAndInterrupt(line: string): Promise<PastedEnding>;
  /** Ends the shell and its background jobs. */
  close(): Promise<void>;
}

/**
 * Starts bash in the way a user does.
 * @param outputDirectory an empty directory for the output of the lines; output to files prevents a background job
 * from keeping a pipe open
 */
export function startPastingShell(
  directory: string,
  env: Readonly<Record<string, string>>,
  outputDirectory: string,
): PastingShell {
  const shell = spawn("bash", ["--norc", "--noprofile", "-o", "pipefail"], {
    cwd: directory,
    env,
    stdio: ["pipe", "ignore", "inherit", "pipe"],
  });
  const ended = new Promise<void>((resolve) => shell.once("close", () => resolve()));
  const codes = shell.stdio[3] as NodeJS.ReadableStream;
  codes.setEncoding("utf8");
  let count = 0;
  const run = async (write: (out: string, err: string) => string): Promise<PastedEnding> => {
    count += 1;
    const out = join(outputDirectory, `${count}.out`);
    const err = join(outputDirectory, `${count}.err`);
    const code = new Promise<string>((resolve, reject) => {
      codes.once("data", resolve);
      void ended.then(() => reject(new Error("the shell has ended")));
    });
    const text = write(out, err).replaceAll("'", "'\\''");
    shell.stdin?.write(`eval '${text}' </dev/null >'${out}' 2>'${err}' 3>&-; echo $? >&3\n`);
    const exitCode = Number(await code);
    const [stdout, stderr] = await Promise.all([readFile(out, "utf8"), readFile(err, "utf8")]);
    return { exitCode, stdout, stderr };
  };
  return {
    paste: async (line) => await run(() => line),
    pasteAndInterrupt: async (line) =>
      await run(
        (out) =>
          `set -m; ${line} & pid=$!; set +m; until [ -s '${out}' ] || ! kill -0 $pid 2>/dev/null; do sleep 0.05; done; kill -INT -- -$pid 2>/dev/null; wait $pid`,
      ),
    async close() {
      shell.stdin?.end("kill $(jobs -p) 2>/dev/null; wait; exit\n");
      await ended;
    },
  };
}
