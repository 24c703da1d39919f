import { spawn } from "node:child_process";
import { join } from "node:path";
import { onTestFinished } from "vitest";
import { absentDir } from "./temp-dir.ts";

/** The file that npm links to as `genscope`. */
export const BIN = join(import.meta.dirname, "../../bin/genscope.js");

export interface Ending {
  /** Null when a signal ended it. */
  readonly exitCode: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** The built program, running. */
export interface GenscopeProcess {
  readonly pid: number;
  /** Resolves with the match as soon as stderr has it; rejects when the program ends before. */
  says(pattern: RegExp): Promise<RegExpExecArray>;
  /** What a person would type; the input stays open. */
  type(text: string): void;
  /** Ctrl-C is `SIGINT`. */
  interrupt(signal: NodeJS.Signals): void;
  /** Reads no more, as `head` does when it has what it wants. */
  stopReading(): void;
  /** Resolves with what is on stdout when the first of it has come. */
  firstOutput(): Promise<string>;
  readonly ended: Promise<Ending>;
}

/** Where and as what the program is started. */
export interface StartOptions {
  /** The working directory. */
  readonly directory?: string;
  /** Another way to the program than its file, run as it is. */
  readonly command?: string;
  /** All of standard input; it stays open for `type` when absent. */
  readonly input?: string;
}

/**
 * Starts the built program with this environment and nothing of our own but the path; it ends with the test at
 * the latest.
 */
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
  // A program that ends before it has read everything is seen by its end.
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
        const look = () => {
          const match = pattern.exec(output.stderr);
          if (match !== null) resolve(match);
        };
        child.stderr.on("data", look);
        look();
        void ended.then(({ exitCode, stdout, stderr }) =>
          reject(new Error(`ended with ${exitCode} without saying ${pattern}:\n${stderr}${stdout}`)),
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

/** Runs the built program to its end, with nothing on standard input but `input`. */
export async function runGenscope(
  args: readonly string[],
  env: Readonly<Record<string, string>>,
  options: StartOptions = {},
): Promise<Ending> {
  return await startGenscope(args, env, { input: "", ...options }).ended;
}
