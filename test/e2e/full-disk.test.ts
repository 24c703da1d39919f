import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { systemClock } from "../../src/core/clock.ts";
import { sandboxFor } from "../sandbox/client.ts";
import { credentialsFor } from "../support/credentials.ts";
import { canMount, smallDisk } from "../support/export-small-disk.ts";
import { fullDevice } from "../support/full-device.ts";
import { BIN, type Ending, runGenscope } from "../support/genscope-process.ts";
import { tempDir } from "../support/temp-dir.ts";

/** Commands that cover every kind of output, with and without lines on stderr. */
const COMMANDS: Readonly<Record<string, readonly string[]>> = {
  help: ["--help"],
  "help of a command": ["query", "--help"],
  "exit codes": ["help", "exit-codes"],
  "error codes": ["help", "errors"],
  version: ["--version"],
  "version flag after a command": ["whoami", "--version"],
  "a table": ["catalog", "search", "queues"],
  "a document": ["catalog", "search", "queues", "--json"],
  "a failure": ["catalog", "search"],
  "a failure as a document": ["catalog", "show", "nothing-like-it", "--json"],
  whoami: ["whoami"],
  verbose: ["whoami", "--verbose"],
  token: ["token"],
  "check-scopes": ["check-scopes", "getRoutingQueues"],
  query: ["query", "GET", "/api/v2/routing/queues"],
  "every page of a query": ["query", "GET", "/api/v2/routing/queues", "--all"],
  "export --out -": ["export", "queues", "--out", "-"],
  sandbox: ["sandbox"],
};

async function runInto(
  redirection: string,
  argv: readonly string[],
  env: Readonly<Record<string, string>>,
): Promise<Ending> {
  const script = `exec "$0" "$@" ${redirection}`;
  return await runGenscope(["-c", script, process.execPath, BIN, ...argv], env, { command: "/bin/sh" });
}

const device = await fullDevice();

describe.skipIf(device === null)(
  "a full disk as stdout ends any command with exit code 1 or 8 and one line on stderr, not a stack trace",
  () => {
    test.each(Object.entries(COMMANDS))("%s", async (name, argv) => {
      const sandbox = await sandboxFor({}, systemClock);
      const env = { ...credentialsFor(sandbox), GENSCOPE_CONFIG_DIR: await tempDir() };
      const { exitCode, stderr } = await runInto(`1>'${device}'`, argv, env);
      expect(stderr).not.toMatch(/^\s+at |file:\/\/\//m);
      if (name === "a failure") return;
      expect([1, 8]).toContain(exitCode);
      const lines = stderr.split("\n").filter((line) => line !== "" && !/^([<>]|caused by:) /.test(line));
      expect(lines).toEqual(["error: no space left for the output"]);
    });

    test("even when stderr is full as well", async () => {
      const env = { GENSCOPE_CONFIG_DIR: await tempDir() };
      const { exitCode } = await runInto(`>'${device}' 2>&1`, ["catalog", "show", "getUsers", "--json"], env);
      expect(exitCode).toBe(1);
    });
  },
);

describe.skipIf(device === null)("a full disk as stderr changes neither the exit code nor the data", () => {
  test.each(Object.entries(COMMANDS))("%s", async (name, argv) => {
    if (name === "sandbox") return;
    const sandbox = await sandboxFor({}, systemClock);
    const env = { ...credentialsFor(sandbox), GENSCOPE_CONFIG_DIR: await tempDir() };
    const unread = await runInto(`2>'${device}'`, argv, env);
    const read = await runGenscope(argv, env);
    expect(unread.exitCode).toBe(read.exitCode);
    expect(unread.stdout).not.toMatch(/^\s+at |file:\/\/\//m);
    expect(unread.stdout.length > 0).toBe(read.stdout.length > 0);
  });
});

describe.skipIf(!canMount())("a disk that fills up while a command writes to stdout", () => {
  test("makes the command exit with an error", async () => {
    const disk = await smallDisk(64 * 1024);
    const file = join(disk.path, "out");
    const argv = ["catalog", "search", "get", "--limit", "4000", "--json", "--quiet"];
    const { exitCode, stderr } = await runInto(`>'${file}'`, argv, {});
    expect({ exitCode, stderr }).toEqual({ exitCode: 1, stderr: "error: no space left for the output\n" });
  });

  test("receives the whole output when there is space again", async () => {
    const disk = await smallDisk(64 * 1024);
    disk.grow();
    const file = join(disk.path, "out");
    const argv = ["catalog", "search", "get", "--limit", "4000", "--json", "--quiet"];
    const env = {};
    expect((await runInto(`>'${file}'`, argv, env)).exitCode).toBe(0);
    expect(readFileSync(file, "utf8")).toBe((await runGenscope(argv, env)).stdout);
  });
});
