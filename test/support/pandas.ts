import { spawn, spawnSync } from "node:child_process";
import { join } from "node:path";
import { createInterface } from "node:readline";

/** The files of one table, and the fields to measure. */
export interface PandasRequest {
  readonly format: "csv" | "ndjson";
  /** Pattern of the paths, such as `/path/queues/*.csv`. */
  readonly pattern: string;
  readonly fields: readonly (readonly [column: string, kind: string, name: string])[];
}

/** Exits with 0 if pandas is installed. Loading it would take a second. */
const HAS_PANDAS = "import importlib.util, sys; sys.exit(importlib.util.find_spec('pandas') is None)";
/** Interpreter with pandas. Debian's own comes first, because Debian installs pandas for it. */
const PYTHON = ["/usr/bin/python3", "python3"].find(
  (program) => spawnSync(program, ["-c", HAS_PANDAS]).status === 0,
);

/** Whether a Python on this machine has pandas. */
export const hasPandas = PYTHON !== undefined;

/** A Python process with pandas. */
export interface Pandas {
  /** Measures one table at a time. */
  measure(request: PandasRequest): Promise<Readonly<Record<string, number>>>;
  stop(): void;
}

/** Starts a Python process. Loading pandas takes most of its time, so many tests should share one process. */
export function startPandas(): Pandas {
  const child = spawn(PYTHON ?? "python3", [join(import.meta.dirname, "measure-with-pandas.py")], {
    stdio: ["pipe", "pipe", "inherit"],
  });
  const answers = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  return {
    measure: async (request) => {
      child.stdin.write(`${JSON.stringify(request)}\n`);
      const { value, done } = await answers.next();
      if (done === true) throw new Error("pandas ended without an answer");
      return JSON.parse(value) as Readonly<Record<string, number>>;
    },
    stop: () => void child.kill(),
  };
}
