import { join } from "node:path";
import { describe, expect, test, vi } from "vitest";
import { listLockEntries } from "../../src/core/lock/lock-entries.ts";
import { parseMark } from "../../src/core/lock/lock-mark.ts";
import type { Sandbox } from "../../src/sandbox/sandbox.ts";
import { call, sandboxFor } from "../sandbox/client.ts";
import { runHere } from "../support/genscope-here.ts";
import {
  type Ending,
  type GenscopeProcess,
  runGenscope,
  startGenscope,
} from "../support/genscope-process.ts";
import { missingForKeyring, startKeyring, withoutWaiting } from "../support/keyring.ts";
import { logInAsClient, logInAsUser, quickFileEnvironment, rememberExpiry } from "../support/stored-login.ts";
import { tempDir } from "../support/temp-dir.ts";

type Environment = Readonly<Record<string, string>> & { readonly GENSCOPE_CONFIG_DIR: string };

const TWENTY = 20;
/** Number of processes in tests for which the exact number does not matter. */
const SOME = 6;
const CLIENT = { scenario: "healthy" };
const ROTATING = { scenario: "refresh-rotating" };
const missing = missingForKeyring();
const named = (name: string) => (missing === null ? name : `${name} (${missing})`);

async function countTokenRequests(sandbox: Sandbox): Promise<number> {
  const seen = await call(sandbox, "GET /sandbox/requests");
  return seen.each("requests", "path").filter((path) => path === "/oauth/token").length;
}

/** Logs in as the client of the sandbox, with the encrypted file. */
async function logIn(sandbox: Sandbox, env: Environment): Promise<void> {
  expect(await logInAsClient(sandbox, env, [], {}, runHere)).toMatchObject({ exitCode: 0 });
}

/** Makes the token expire on the server and in the stored profile. @returns the token */
async function expire(sandbox: Sandbox, env: Environment, run: typeof runHere = runHere): Promise<string> {
  const token = (await run(["token"], env)).stdout.trim();
  sandbox.act({ action: "token.expire", token });
  await rememberExpiry(env.GENSCOPE_CONFIG_DIR, Date.now() - 1);
  return token;
}

function startMany(
  count: number,
  env: Environment,
  args: readonly string[] = ["token"],
): readonly GenscopeProcess[] {
  return Array.from({ length: count }, () => startGenscope(args, env));
}

const without = (running: readonly GenscopeProcess[], killed: GenscopeProcess) =>
  running.filter((each) => each !== killed);

/** Returns the distinct endings. There is only one when all processes ended alike. */
async function endingsOf(running: readonly GenscopeProcess[]): Promise<readonly Ending[]> {
  const endings = await Promise.all(
    running.map(async ({ ended }) => ({ ...(await ended), stderr: withoutWaiting((await ended).stderr) })),
  );
  return [...new Map(endings.map((ending) => [JSON.stringify(ending), ending])).values()];
}

/** Asserts that all processes print the same token, and that it is new and valid. The caller counts the requests. */
async function expectOneNewToken(
  sandbox: Sandbox,
  before: string,
  running: readonly GenscopeProcess[],
): Promise<void> {
  const [first, ...others] = await endingsOf(running);
  expect(others).toEqual([]);
  expect([first?.exitCode, first?.stderr]).toEqual([0, ""]);
  const token = first?.stdout.trim() ?? "";
  expect(token).not.toBe(before);
  expect((await call(sandbox, "GET /api/v2/tokens/me", { token })).status).toBe(200);
}

/** Returns the process that renews the token, once its request has arrived. */
async function findRenewing(
  sandbox: Sandbox,
  env: Environment,
  requests: number,
  running: readonly GenscopeProcess[],
): Promise<GenscopeProcess> {
  await vi.waitUntil(async () => (await countTokenRequests(sandbox)) === requests, { timeout: 240_000 });
  const [lock] = await listLockEntries(join(env.GENSCOPE_CONFIG_DIR, "locks", "default.lock"));
  const pid = parseMark(lock?.text ?? "")?.pid;
  const renewing = running.find((each) => each.pid === pid);
  if (renewing === undefined) throw new Error(`the lock belongs to another process: ${lock?.text}`);
  return renewing;
}

describe("parallel processes with an expired token", () => {
  test("make one token request and share its token (twenty processes of a client)", async () => {
    const sandbox = await sandboxFor(CLIENT);
    const env = await quickFileEnvironment();
    await logIn(sandbox, env);
    const before = await expire(sandbox, env);
    expect(await countTokenRequests(sandbox)).toBe(1);
    await expectOneNewToken(sandbox, before, startMany(TWENTY, env));
    expect(await countTokenRequests(sandbox)).toBe(2);
  });

  test("use a rotating refresh token once and keep its successor (twenty processes of a user)", async () => {
    const sandbox = await sandboxFor(ROTATING);
    const env = await quickFileEnvironment();
    expect((await logInAsUser(sandbox, env)).exitCode).toBe(0);
    const before = await expire(sandbox, env);
    await expectOneNewToken(sandbox, before, startMany(TWENTY, env));
    expect(await countTokenRequests(sandbox)).toBe(2);
    // The service ends a login whose refresh token is used twice. This second renewal also proves that the new
    // refresh token was stored.
    const between = await expire(sandbox, env);
    await expectOneNewToken(sandbox, between, startMany(1, env));
    expect(await countTokenRequests(sandbox)).toBe(3);
  });

  test.skipIf(missing !== null)(named("in the keychain: make one token request"), async () => {
    const keyring = await startKeyring();
    try {
      const sandbox = await sandboxFor(CLIENT);
      const env = { ...keyring.desktop, GENSCOPE_CONFIG_DIR: await tempDir() };
      // Uses the built program, because the helper for the keychain is part of it.
      expect((await logInAsClient(sandbox, env)).exitCode).toBe(0);
      const before = await expire(sandbox, env, runGenscope);
      await expectOneNewToken(sandbox, before, startMany(SOME, env));
      expect(await countTokenRequests(sandbox)).toBe(2);
    } finally {
      await keyring.stop();
    }
  });

  test("make one token request after the token was revoked, and repeat the refused call", async () => {
    const sandbox = await sandboxFor(CLIENT);
    const env = await quickFileEnvironment();
    await logIn(sandbox, env);
    const token = (await runHere(["token"], env)).stdout.trim();
    sandbox.act({ action: "token.revoke", token });
    const running = startMany(SOME, env, ["check-scopes", sandbox.operation]);
    const [first, ...others] = await endingsOf(running);
    expect([first?.exitCode, others]).toEqual([0, []]);
    expect(await countTokenRequests(sandbox)).toBe(2);
  });
});

describe("after the process that renews a token was killed", () => {
  test("another process of a client requests the token", async () => {
    const sandbox = await sandboxFor(CLIENT);
    const env = await quickFileEnvironment();
    await logIn(sandbox, env);
    const before = await expire(sandbox, env);
    sandbox.act({ action: "fault.add", kind: "slow", path: "/oauth/token", delayMs: 600_000 });
    const running = startMany(TWENTY, env);
    const killed = await findRenewing(sandbox, env, 2, running);
    killed.interrupt("SIGKILL");
    expect((await killed.ended).exitCode).toBeNull();
    await expectOneNewToken(sandbox, before, without(running, killed));
    expect(await countTokenRequests(sandbox)).toBe(3);
  });

  test("another process of a user uses the refresh token, which is still unused", async () => {
    const sandbox = await sandboxFor(ROTATING);
    const env = await quickFileEnvironment();
    expect((await logInAsUser(sandbox, env)).exitCode).toBe(0);
    const before = await expire(sandbox, env);
    // The service has not processed the request yet when its sender is killed.
    sandbox.act({ action: "fault.add", kind: "slow", path: "/oauth/token", delayMs: 600_000 });
    const running = startMany(SOME, env);
    const killed = await findRenewing(sandbox, env, 2, running);
    killed.interrupt("SIGKILL");
    await killed.ended;
    await expectOneNewToken(sandbox, before, without(running, killed));
    expect(await countTokenRequests(sandbox)).toBe(3);
    const between = await expire(sandbox, env);
    await expectOneNewToken(sandbox, between, startMany(1, env));
  });

  test("the other processes of a user suggest a new login if the new refresh token was lost", async () => {
    const sandbox = await sandboxFor(ROTATING);
    const env = await quickFileEnvironment();
    expect((await logInAsUser(sandbox, env)).exitCode).toBe(0);
    await expire(sandbox, env);
    // The service replaces the refresh token, but only half of its response arrives.
    sandbox.act({ action: "fault.add", kind: "truncated", path: "/oauth/token" });
    const endings = await Promise.all(startMany(SOME, env).map(async ({ ended }) => await ended));
    const exitCodes = endings.map(({ exitCode }) => exitCode).sort();
    expect(exitCodes).toEqual([...Array.from({ length: SOME - 1 }, () => 4), 9]);
    for (const { exitCode, stderr } of endings) {
      if (exitCode === 4) expect(stderr).toContain("`genscope login --profile default`");
    }
  });
});
