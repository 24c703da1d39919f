import { spawn } from "node:child_process";
import { join } from "node:path";
import { onTestFinished } from "vitest";
import { absentDir } from "./temp-dir.ts";

/** The file that npm links to as `genscope`. */
export const BIN = join(import.meta.dirname, "../../bin/genscope.js");

export interface Ending {
  /** Null when a signal ended the process. */
  readonly exitCode: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** The built program while it runs. */
export interface GenscopeProcess {
  readonly pid: number;
  /** Resolves with the match once stderr matches the pattern. Rejects when the program ends first. */
  says(pattern: RegExp): Promise<RegExpExecArray>;
  /** Sends the given text to standard input, which stays open. */
  type(text: string): void;
  /** Sends a signal. Ctrl-C is `SIGINT`. */
  interrupt(signal: NodeJS.Signals): void;
  /** Closes the read end of stdout, like `head` after its last line. */
  stopReading(): void;
  /** Resolves with the content of stdout when its first bytes have arrived. */
  firstOutput(): Promise<string>;
  readonly ended: Promise<Ending>;
}

/** Working directory, command and input of the program. */
export interface StartOptions {
  /** Working directory. */
  readonly directory?: string;
  /** Path of a program to execute directly, instead of running `BIN` with Node. */
  readonly command?: string;
  /** All of standard input. Without it, standard input stays open for `type`. */
  readonly input?: string;
}

/** Starts the built program with only PATH and this environment. It is killed when the test ends. */
export function startGenscope(
  args: readonly string[],
  env: Readonly<Record<string, string>>,
  { directory, command, input }: StartOptions = {},
): GenscopeProcess {
  const [file, argv] = command === undefined ? [process.execPath, [BIN, ...args]] : [command, args];
  const child = spawn(file, argv, {
    env: { PATH: process.env["PATH"] ?? "", GENSCOPE_CONFIG_DIR: absentDir(), ...env },
    stdio: "pipe",
    ...(directory === undefined ? {} : { cwd: directory }),
  });
  const output = { stdout: "", stderr: "" };
  child.stdout.setEncoding("utf8").on("data", (text: string) => {
    output.stdout += text;
  });
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    output.stderr += text;
  });
  const ended = new Promise<Ending>((resolve, reject) => {
    child.once("error", reject);
    child.once("close", (exitCode) => resolve({ exitCode, ...output }));
  });
  // If a program ends before it has read its input, writing fails. Its exit code shows what happened.
  child.stdin.on("error", () => {});
  if (input !== undefined) child.stdin.end(input);
  onTestFinished(async () => {
    child.kill();
    await ended;
  });
  return {
    pid: child.pid ?? -1,
    says: (pattern) =>
      new Promise((resolve, reject) => {
        const check = () => {
          const match = pattern.exec(output.stderr);
          if (match !== null) resolve(match);
        };
        child.stderr.on("data", check);
        check();
        void ended.then(({ exitCode, stdout, stderr }) =>
          reject(new Error(`ended with ${exitCode} before printing ${pattern}:\n${stderr}${stdout}`)),
        );
      }),
    type: (text) => {
      child.stdin.write(text);
    },
    interrupt: (signal) => {
      child.kill(signal);
    },
    stopReading: () => {
      child.stdout.destroy();
    },
    firstOutput: () =>
      new Promise((resolve) => {
        if (output.stdout !== "") resolve(output.stdout);
        else child.stdout.once("data", () => resolve(output.stdout));
      }),
    ended,
  };
}

/** Runs the built program to its end. Its standard input contains only `input`. */
export async function runGenscope(
  args: readonly string[],
  env: Readonly<Record<string, string>>,
  options: StartOptions = {},
): Promise<Ending> {
  return await startGenscope(args, env, { input: "", ...options }).ended;
}
