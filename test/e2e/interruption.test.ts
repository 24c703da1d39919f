import { execFileSync, spawn } from "node:child_process";
import { mkdtempSync, writeFileSync } from "node:fs";
import { rm } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from "vitest";
import { BIN, runGenscope } from "../support/genscope-process.ts";

const directory = mkdtempSync(join(tmpdir(), "genscope-interruption-"));
const env = { GENSCOPE_CONFIG_DIR: join(directory, "config"), HOME: directory };
const at = (name: string): string => join(directory, name);
const REFUSAL = '{"code":"missing.permissions","status":403,"message":"no"}';

/** A module that keeps the process alive. */
const STAYS_OPEN = "data:text/javascript,setInterval(() => {}, 1000)";

/**
 * Returns the longest time that a command may take to end, in seconds. It is one second on an idle machine, where
 * Node alone starts in a twentieth of a second. A busy machine slows both alike.
 */
function longestEnd(): number {
  const starts = [1, 2, 3].map(() => {
    const start = performance.now();
    execFileSync(process.execPath, ["-e", "0"]);
    return (performance.now() - start) / 1_000;
  });
  return Math.max(1, 20 * Math.max(...starts));
}

beforeAll(() => {
  execFileSync("mkfifo", [at("pipe")]);
  const calls = Array.from(
    { length: 120_000 },
    (_, id) => `{"url":"https://api.mypurecloud.com/api/v2/users/${id}"}`,
  );
  writeFileSync(at("calls.json"), `[${calls.join(",")}]`);
});

afterAll(async () => {
  await rm(directory, { recursive: true, force: true });
});

/**
 * Interrupts the program after a delay, or once it has written to stderr. Returns how it ended and how long ending
 * took.
 */
async function interrupted(
  args: readonly string[],
  signal: NodeJS.Signals,
  { input, isHeard = false }: { readonly input?: string; readonly isHeard?: boolean } = {},
) {
  const child = spawn(process.execPath, [BIN, ...args], {
    env: { PATH: process.env["PATH"] ?? "", ...env },
    stdio: ["pipe", "ignore", "pipe"],
  });
  child.stdin.on("error", () => {});
  if (input !== undefined) child.stdin.write(input);
  const ended = new Promise<{ readonly code: number | null; readonly signal: string | null }>((resolve) =>
    child.once("exit", (code, by) => resolve({ code, signal: by })),
  );
  await new Promise((resolve) => (isHeard ? child.stderr.once("data", resolve) : setTimeout(resolve, 1_500)));
  const start = performance.now();
  child.kill(signal);
  const { code, signal: by } = await ended;
  return { ended: code ?? by, seconds: (performance.now() - start) / 1_000 };
}

describe("a signal ends any command within a second", () => {
  test.each([
    ["scans a large file", ["check-scopes", "--offline", "--scan", at("calls.json")]],
    ["waits for standard input", ["explain", "--offline", "-"]],
    ["waits for the body of a query", ["query", "conversations details", "--body", "-"]],
  ])("a command that %s", async (_name, args) => {
    const [int, term] = [await interrupted(args, "SIGINT"), await interrupted(args, "SIGTERM")];
    expect([int.ended, [130, "SIGTERM"].includes(term.ended ?? "")]).toEqual([130, true]);
    expect(Math.max(int.seconds, term.seconds)).toBeLessThan(longestEnd());
  });

  test("a command that waits for a process substitution of the shell", async () => {
    const shell = spawn(
      "bash",
      ["-c", `exec "$0" "$1" explain --offline <(sleep 30)`, process.execPath, BIN],
      {
        env: { PATH: process.env["PATH"] ?? "", ...env },
        stdio: "ignore",
      },
    );
    const ended = new Promise((resolve) => shell.once("exit", resolve));
    await new Promise((resolve) => setTimeout(resolve, 1_500));
    const start = performance.now();
    shell.kill("SIGINT");
    expect(await ended).toBe(130);
    expect((performance.now() - start) / 1_000).toBeLessThan(longestEnd());
  });
});

test("ends after Ctrl-C although a running system lookup cannot be canceled", async () => {
  const child = spawn(process.execPath, ["--import", STAYS_OPEN, BIN, "explain", "--offline", "-"], {
    env: { PATH: process.env["PATH"] ?? "", ...env },
    stdio: ["pipe", "ignore", "ignore"],
  });
  const ended = new Promise((resolve) => child.once("exit", (code, by) => resolve(code ?? by)));
  await new Promise((resolve) => setTimeout(resolve, 1_500));
  const start = performance.now();
  child.kill("SIGINT");
  expect(await ended).toBe("SIGINT");
  expect((performance.now() - start) / 1_000).toBeLessThan(longestEnd());
});

describe("an interrupted `record`", () => {
  test.each(["SIGINT", "SIGTERM"] as const)(
    "ends a recorded program that ignores signals, at %s",
    async (signal) => {
      const program = ["sh", "-c", "trap '' INT TERM; echo ready; while :; do sleep 1; done"];
      const args = ["record", "--offline", "--", ...program];
      const { ended, seconds } = await interrupted(args, signal, { isHeard: true });
      // 128 plus the number of SIGKILL.
      expect(ended).toBe(137);
      expect(seconds).toBeLessThan(longestEnd());
    },
  );

  test("ends even while it reads a large recording", async () => {
    // Looking up so many calls takes several seconds, even on a fast machine.
    const entry = '{"request":{"method":"GET","url":"https://api.mypurecloud.com/api/v2/routing/queues/7"}}';
    writeFileSync(at("long.har"), `{"log":{"entries":[${`${entry},`.repeat(200_000)}${entry}]}}`);
    const { ended, seconds } = await interrupted(["record", "--offline", "--from", at("long.har")], "SIGINT");
    expect(ended).toBe(130);
    expect(seconds).toBeLessThan(longestEnd());
  });
});

describe("a named pipe, a device or a socket is refused without waiting", () => {
  test.each([
    ["explain", ["explain", "--offline"]],
    ["--policy", ["check-scopes", "--offline", "--policy"]],
    ["--body", ["query", "conversations details", "--body"]],
    ["record --from", ["record", "--offline", "--from"]],
    ["--scan", ["check-scopes", "--offline", "--scan"]],
    ["--ca-cert", ["whoami", "--ca-cert"]],
  ])("%s", async (_name, args) => {
    const server = createServer();
    onTestFinished(async () => void (await new Promise((resolve) => server.close(resolve))));
    await new Promise<void>((resolve) => server.listen(at("socket"), resolve));
    const token = { ...env, GENESYSCLOUD_ACCESS_TOKEN: "x", GENESYSCLOUD_REGION: "http://127.0.0.1:9" };
    for (const name of [at("pipe"), "/dev/zero", at("socket")]) {
      const { exitCode, stderr } = await runGenscope([...args, name], token);
      const refusal = /pipe, a device or a socket|no such device or address/;
      expect([exitCode, stderr]).toEqual([2, expect.stringMatching(refusal)]);
    }
  });

  test("except in a scanned tree, where a pipe is skipped even when it is called .gitignore", async () => {
    const tree = at("tree");
    execFileSync("bash", ["-c", `mkdir ${tree} && mkfifo ${tree}/.gitignore ${tree}/a.js`]);
    writeFileSync(join(tree, "b.js"), 'fetch("https://api.mypurecloud.com/api/v2/users/me")');
    const { exitCode, stdout } = await runGenscope(
      ["check-scopes", "--offline", "--json", "--scan", tree],
      env,
    );
    expect([exitCode, stdout]).toEqual([expect.any(Number), expect.stringContaining("getUsersMe")]);
  });

  test("except a process substitution, `/dev/stdin` and `-`, which are read", async () => {
    const run = (line: string): string =>
      execFileSync("bash", ["-c", line, process.execPath, BIN], {
        env: { PATH: process.env["PATH"] ?? "", ...env },
      }).toString();
    const outputs = [
      run(`"$0" "$1" explain --offline --json <(echo '${REFUSAL}')`),
      run(`echo '${REFUSAL}' | "$0" "$1" explain --offline --json /dev/stdin`),
      run(`echo '${REFUSAL}' | "$0" "$1" explain --offline --json -`),
    ];
    expect(outputs.map((output) => output.includes("missing.permissions"))).toEqual([true, true, true]);
  });
});
