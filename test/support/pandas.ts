import { spawn, spawnSync } from "node:child_process";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { onTestFinished } from "vitest";

/** The files of one table, and the fields to measure. */
export interface PandasRequest {
  readonly format: "csv" | "ndjson";
  /** Pattern of the paths, such as `/path/queues/*.csv`. */
  readonly pattern: string;
  readonly fields: readonly (readonly [column: string, kind: string, name: string])[];
}

/** Interpreter with pandas. Debian's own comes first, because Debian installs pandas for it. */
const PYTHON = ["/usr/bin/python3", "python3"].find(
  (program) => spawnSync(program, ["-c", "import pandas"]).status === 0,
);

/** Whether a Python on this machine has pandas. */
export const hasPandas = PYTHON !== undefined;

/** Starts a Python process that ends with the test. Returns a function that measures one table at a time. */
export function startPandas(): (request: PandasRequest) => Promise<Readonly<Record<string, number>>> {
  const child = spawn(PYTHON ?? "python3", [join(import.meta.dirname, "measure-with-pandas.py")], {
    stdio: ["pipe", "pipe", "inherit"],
  });
  onTestFinished(() => void child.kill());
  const answers = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  return async (request) => {
    child.stdin.write(`${JSON.stringify(request)}\n`);
    const { value, done } = await answers.next();
    if (done === true) throw new Error("pandas ended without an answer");
    return JSON.parse(value) as Readonly<Record<string, number>>;
  };
}
