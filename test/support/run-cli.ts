import { rm } from "node:fs/promises";
import type { Prompter } from "../../src/core/prompter.ts";
import type { Surroundings } from "../../src/main/surroundings.ts";
import { createContext, surroundingsOf } from "../../src/main.ts";
import { isWorkflowLog } from "../../src/output/workflow-commands.ts";
import { createMemoryIo } from "./memory-io.ts";
import { absentDir } from "./temp-dir.ts";

export interface RunOptions {
  readonly env?: Readonly<Record<string, string | undefined>>;
  readonly input?: string;
  /** Working directory; by default, that of this process. */
  readonly directory?: string;
  /** Width of the terminal. Without it, the output is a pipe. */
  readonly columns?: number;
  readonly signal?: AbortSignal;
  /** Answers prompts. Without it, genscope can't prompt. */
  readonly prompter?: Prompter;
  /** Replacements for the real browser, stores, clock and version of Node. */
  readonly ports?: Partial<
    Pick<Surroundings, "openBrowser" | "openStore" | "clock" | "io" | "node" | "processes">
  >;
}

export interface RunResult {
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
  /** Stdout as JSON, or undefined when it is not exactly one document. */
  readonly json: unknown;
}

/** Runs a command line in this process with its own environment and streams. */
export async function runCli(argv: readonly string[], options: RunOptions = {}): Promise<RunResult> {
  const memory = createMemoryIo({
    input: options.input ?? "",
    columns: options.columns ?? null,
    isWorkflowLog: isWorkflowLog(options.env ?? {}),
  });
  const signal = options.signal ?? new AbortController().signal;
  const configDirectory = absentDir();
  const facts = surroundingsOf(process, signal);
  const surroundings: Surroundings = {
    ...facts,
    // Keeps the run away from the files of the developer and of other tests.
    env: { GENSCOPE_CONFIG_DIR: configDirectory, ...options.env },
    workingDirectory: options.directory ?? facts.workingDirectory,
    io: memory.io,
    prompter: () => options.prompter ?? null,
    ...options.ports,
  };
  const context = createContext(surroundings);
  try {
    const exitCode = await context.run(argv);
    const stdout = memory.stdout();
    return { exitCode, stdout, stderr: memory.stderr(), json: tryParse(stdout) };
  } finally {
    for (const cleanUp of surroundings.cleanUps) await cleanUp();
    await rm(configDirectory, { recursive: true, force: true });
  }
}

function tryParse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
