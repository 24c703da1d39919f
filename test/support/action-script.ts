import { spawn } from "node:child_process";
import { chmod, readFile, writeFile } from "node:fs/promises";
import { delimiter, join, resolve } from "node:path";
import { tempDir } from "./temp-dir.ts";

/** The repository, whose root is the action. */
const ROOT = resolve(import.meta.dirname, "../..");
export const ACTION_FILE = join(ROOT, "action.yml");
/** Directory of the action's scripts. */
export const ACTION_SCRIPTS = join(ROOT, ".github/actions/check-scopes");

export interface ScriptEnding {
  readonly exitCode: number | null;
  readonly stdout: string;
  readonly stderr: string;
  /** Outputs that the step sets for later steps. */
  readonly outputs: string;
}

/** Runs a script of the action as a runner does, with its inputs and the runner's files in the environment. */
export async function runActionScript(
  script: string,
  env: Readonly<Record<string, string>>,
): Promise<ScriptEnding> {
  const directory = await tempDir();
  const outputFile = join(directory, "output");
  await writeFile(outputFile, "");
  const child = spawn("bash", [join(ACTION_SCRIPTS, script)], {
    cwd: directory,
    env: {
      PATH: process.env["PATH"] ?? "",
      GENSCOPE_CONFIG_DIR: directory,
      GITHUB_ACTION_PATH: ROOT,
      GITHUB_OUTPUT: outputFile,
      ...env,
    },
  });
  const texts = { stdout: "", stderr: "" };
  child.stdout.setEncoding("utf8").on("data", (text: string) => {
    texts.stdout += text;
  });
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    texts.stderr += text;
  });
  const exitCode = await new Promise<number | null>((resolveEnding, reject) => {
    child.once("error", reject);
    child.once("close", resolveEnding);
  });
  return { exitCode, ...texts, outputs: await readFile(outputFile, "utf8") };
}

/** Returns a PATH on which `node` is this shell script. */
export async function pathWithNode(script: string): Promise<string> {
  const directory = await tempDir();
  const file = join(directory, "node");
  await writeFile(file, `#!/bin/sh\n${script}\n`);
  await chmod(file, 0o755);
  return `${directory}${delimiter}${process.env["PATH"] ?? ""}`;
}
