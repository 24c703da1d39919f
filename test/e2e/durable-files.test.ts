import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { sandboxFor } from "../sandbox/client.ts";
import { credentialsFor } from "../support/credentials.ts";
import { canTrace } from "../support/export-crash-points.ts";
import { BIN, startGenscope } from "../support/genscope-process.ts";
import { tempDir } from "../support/temp-dir.ts";

/** Returns the system calls that flush or rename, in order, with names relative to `directory`. */
async function diskCalls(args: readonly string[], directory: string): Promise<readonly string[]> {
  const trace = join(await tempDir(), "trace");
  const words = ["-f", "-y", "-qq", "-o", trace, "-e", "trace=fsync,rename", process.execPath, BIN, ...args];
  // Uses one thread, so that each call is on one line of the trace.
  const sandbox = await sandboxFor({ scenario: "healthy" });
  const env = { ...credentialsFor(sandbox), UV_THREADPOOL_SIZE: "1" };
  await startGenscope(words, env, { directory, command: "strace", input: "" }).ended;
  const named = (text: string) => text.replaceAll(directory, ".").replaceAll(/\.[0-9a-f]{12}\b/g, ".RANDOM");
  return (await readFile(trace, "utf8"))
    .split("\n")
    .filter((line) => line.includes(directory))
    .map((line) =>
      named(line)
        .replace(/^\d+\s+(\w+)\((?:\d+<([^>]*)>|"([^"]*)", "([^"]*)").*$/, "$1 $2$3 $4")
        .trim(),
    );
}

test.skipIf(!canTrace()).each([
  ["a report", (file: string) => ["check-scopes", "getUsers", "--report", `junit=${file}`]],
  [
    "a policy",
    (file: string) => ["check-scopes", "--scan", `${file}.js`, "--offline", "--write-policy", file],
  ],
])("%s is flushed, renamed, and its directory flushed (needs strace)", async (_name, argv) => {
  const directory = await tempDir();
  await writeFile(join(directory, "file.js"), 'fetch("https://api.mypurecloud.com/api/v2/users");\n');
  expect(await diskCalls(argv(join(directory, "file")), directory)).toEqual([
    "fsync ./.file.RANDOM",
    "rename ./.file.RANDOM ./file",
    "fsync .",
  ]);
});
