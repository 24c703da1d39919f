import { createContext } from "../../src/main.ts";
import { createMemoryIo } from "./memory-io.ts";

export interface RunOptions {
  readonly env?: Readonly<Record<string, string | undefined>>;
  readonly input?: string;
  /** A terminal of this width instead of a pipe. */
  readonly columns?: number;
  readonly signal?: AbortSignal;
}

export interface RunResult {
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
  /** stdout as JSON; undefined when it is not exactly one document. */
  readonly json: unknown;
}

/** Runs a command line in this process, with an environment and streams of its own. */
export async function runCli(argv: readonly string[], options: RunOptions = {}): Promise<RunResult> {
  const memory = createMemoryIo({ input: options.input ?? "", columns: options.columns ?? null });
  const cleanUps: (() => Promise<void>)[] = [];
  const context = createContext({
    env: options.env ?? {},
    io: memory.io,
    signal: options.signal ?? new AbortController().signal,
    cleanUps,
  });
  try {
    const exitCode = await context.run(argv);
    const stdout = memory.stdout();
    return { exitCode, stdout, stderr: memory.stderr(), json: tryParse(stdout) };
  } finally {
    for (const cleanUp of cleanUps) await cleanUp();
  }
}

function tryParse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
