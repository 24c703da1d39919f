import { readFile, stat } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { systemClock } from "../../../../src/core/clock.ts";
import { act, sandboxFor } from "../../../sandbox/client.ts";
import { memoryStore } from "../../../support/memory-store.ts";
import { type RunOptions, runCli } from "../../../support/run-cli.ts";
import { tempDir } from "../../../support/temp-dir.ts";

/**
 * Longer than any pause between retries and shorter than the lifetime of a token. A sleep longer than this is a wait
 * for the next replacement.
 */
const LONG_MS = 700_000;

/** Returns a client that is logged in, and its directory. */
async function loggedInClient() {
  const sandbox = await sandboxFor({ scenario: "missing-role" }, systemClock);
  const directory = await tempDir();
  const store = memoryStore();
  const run = async (argv: readonly string[], options: RunOptions = {}) =>
    await runCli(argv, {
      ...options,
      env: { GENSCOPE_CONFIG_DIR: directory, ...options.env },
      ports: { openStore: () => store, ...options.ports },
    });
  const login = ["login", "--region", sandbox.url, "--client-id", sandbox.client.id, "--client-secret-stdin"];
  await run(login, { input: sandbox.client.secret });
  const token = [...store.entries].find(([name]) => name.endsWith("#access-token"))?.[1] ?? "";
  return { sandbox, directory, run, token };
}

describe("`token`", () => {
  test("prints the token raw or as a header, whatever the width of the terminal", async () => {
    const { run, token } = await loggedInClient();

    expect((await run(["token"], { columns: 30 })).stdout).toBe(`${token}\n`);
    expect((await run(["token", "--header"], { columns: 30 })).stdout).toBe(
      `Authorization: Bearer ${token}\n`,
    );
  });

  test("prints JSON with the expiry", async () => {
    const { run, token, sandbox } = await loggedInClient();
    const { json } = await run(["token", "--json"]);

    expect(json).toEqual({
      schema: "genscope/token/v1",
      accessToken: token,
      tokenType: "Bearer",
      expiresAt: expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/),
      expiresAtEpochSeconds: expect.any(Number),
      expiresInSeconds: expect.any(Number),
      region: null,
      apiUrl: sandbox.url,
    });
  });

  test("prints the token only to stdout, even with --verbose", async () => {
    const { run, token } = await loggedInClient();
    const { stdout, stderr } = await run(["token", "--verbose"]);

    expect(stdout).toBe(`${token}\n`);
    expect(stderr).not.toContain(token);
  });

  test("exits with 4 and an empty stdout without a login", async () => {
    const { exitCode, stdout } = await runCli(["token"]);
    expect([exitCode, stdout]).toEqual([4, ""]);
  });
});

describe("`token --watch`", () => {
  /** Watches until the file is written, and then stops as after a signal. */
  async function watchOnce(flags: readonly string[]) {
    const { run, token, directory } = await loggedInClient();
    const path = join(directory, "run", "token");
    const stop = new AbortController();
    const running = run(["token", "--watch", path, ...flags], {
      signal: stop.signal,
      ports: {
        clock: {
          now: systemClock.now,
          monotonicMs: systemClock.monotonicMs,
          sleep: async (_delayMs, signal) => {
            stop.abort();
            signal?.throwIfAborted();
          },
        },
      },
    });
    return { path, token, result: await running };
  }

  test("writes a file that only its owner can read, and exits with 0 after the signal to stop", async () => {
    const { path, token, result } = await watchOnce([]);

    expect(await readFile(path, "utf8")).toBe(`${token}\n`);
    expect((await stat(path)).mode & 0o777).toBe(0o600);
    expect([result.exitCode, result.stdout]).toEqual([0, "ready\n"]);
    expect(result.stderr).toMatch(/^`\S+token` has a token, valid until \d{4}-\S+Z\n$/);
  });

  test("writes a header", async () => {
    const { path, token } = await watchOnce(["--header"]);
    expect(await readFile(path, "utf8")).toBe(`Authorization: Bearer ${token}\n`);
  });

  test("writes a JSON document to the file and none of it to stdout", async () => {
    const { path, token, result } = await watchOnce(["--json"]);
    expect(JSON.parse(await readFile(path, "utf8"))).toMatchObject({
      schema: "genscope/token/v1",
      accessToken: token,
    });
    expect(JSON.parse(result.stdout)).toEqual({ schema: "genscope/token-watch/v1", file: path });
  });

  test("with --once writes the file and ends, and stdout contains no line about the token", async () => {
    const { run, token, directory } = await loggedInClient();
    const path = join(directory, "token");
    const { exitCode, stdout, stderr } = await run(["token", "--watch", path, "--once"]);
    expect([exitCode, stdout, stderr]).toEqual([0, "ready\n", ""]);
    expect(await readFile(path, "utf8")).toBe(`${token}\n`);
    expect((await stat(path)).mode & 0o777).toBe(0o600);
  });

  test("is required by --once", async () => {
    const { exitCode, stdout, stderr } = await runCli(["token", "--once"]);
    expect([exitCode, stdout]).toEqual([2, ""]);
    expect(stderr).toContain("`--once` requires `--watch FILE`");
  });

  test("never reports that it is ready when no token was obtained", async () => {
    const { exitCode, stdout } = await runCli(["token", "--watch", join(await tempDir(), "token"), "--once"]);
    expect([exitCode, stdout]).toEqual([4, ""]);
  });

  test("replaces the token before it expires", async () => {
    const { run, token, directory } = await loggedInClient();
    const path = join(directory, "token");
    const stop = new AbortController();
    const seen: string[] = [];
    let offsetMs = 0;
    const { exitCode } = await run(["token", "--watch", path], {
      signal: stop.signal,
      ports: {
        clock: {
          now: () => systemClock.now() + offsetMs,
          monotonicMs: systemClock.monotonicMs,
          sleep: async (delayMs, signal) => {
            if (delayMs < LONG_MS) return await systemClock.sleep(delayMs, signal);
            seen.push(await readFile(path, "utf8"));
            if (seen.length === 2) stop.abort();
            signal?.throwIfAborted();
            offsetMs += delayMs;
          },
        },
      },
    });

    expect(exitCode).toBe(0);
    expect(seen[0]).toBe(`${token}\n`);
    expect(seen[1]).toMatch(/^\S+\n$/);
    expect(seen[1]).not.toBe(seen[0]);
  });

  test("refuses a token from the environment, which cannot be renewed", async () => {
    const { run, token, sandbox, directory } = await loggedInClient();
    const { exitCode, stderr } = await run(["token", "--watch", join(directory, "token")], {
      env: { GENESYSCLOUD_REGION: sandbox.url, GENESYSCLOUD_ACCESS_TOKEN: token },
    });

    expect(exitCode).toBe(4);
    expect(stderr).toContain("error: the token from GENESYSCLOUD_ACCESS_TOKEN cannot be renewed\n");
  });

  test("exits with 4 when the client is disabled", async () => {
    const { run, sandbox, directory } = await loggedInClient();
    await act(sandbox, "client.update", { client: sandbox.client.id, state: "disabled" });
    let offsetMs = 0;
    const { exitCode } = await run(["token", "--watch", join(directory, "token")], {
      ports: {
        clock: {
          now: () => systemClock.now() + offsetMs,
          monotonicMs: systemClock.monotonicMs,
          sleep: async (delayMs, signal) => {
            if (delayMs < LONG_MS) return await systemClock.sleep(delayMs, signal);
            offsetMs += delayMs;
          },
        },
      },
    });

    expect(exitCode).toBe(4);
  });

  test("exits with 1 when the file cannot be written", async () => {
    const { run, directory } = await loggedInClient();
    const { exitCode, stderr } = await run(["token", "--watch", directory]);

    expect(exitCode).toBe(1);
    expect(stderr).toContain(`error: \`${directory}\` cannot be written: illegal operation on a directory\n`);
  });
});
