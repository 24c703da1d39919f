import { readFile, stat } from "node:fs/promises";
import { join } from "node:path";
import { setImmediate as breathe } from "node:timers/promises";
import { describe, expect, test } from "vitest";
import type { Sandbox } from "../../src/sandbox/sandbox.ts";
import { call, json, sandboxFor } from "../sandbox/client.ts";
import { type GenscopeProcess, startGenscope } from "../support/genscope-process.ts";
import { logInAsClient, quickFileEnvironment, rememberExpiry } from "../support/remembered-login.ts";
import { tempDir } from "../support/temp-dir.ts";

/** Longer than any of these may take, so that a reader that waits in vain ends with a message. */
const PATIENCE_MS = 30_000;

interface Watch {
  readonly sandbox: Sandbox;
  readonly path: string;
  readonly process: GenscopeProcess;
}

/** What a reader found that it must never find, and what it saw of tokens and of absence. */
interface Sightings {
  readonly faults: readonly string[];
  readonly tokens: readonly string[];
  readonly gaps: number;
}

/**
 * Logs a client in and keeps its token fresh.
 * @param remainingMs what the first token has left
 * @param seconds the life of every other
 */
async function startWatch(remainingMs: number, seconds: number): Promise<Watch> {
  const sandbox = await sandboxFor({ scenario: "healthy" });
  const env = await quickFileEnvironment();
  expect((await logInAsClient(sandbox, env)).exitCode).toBe(0);
  sandbox.act({ action: "client.update", client: sandbox.client.id, accessTokenValiditySeconds: seconds });
  const path = join(await tempDir(), "token.json");
  await rememberExpiry(env.GENSCOPE_CONFIG_DIR, Date.now() + remainingMs);
  return { sandbox, path, process: startGenscope(["token", "--json", "--watch", path], env) };
}

/** Reads as fast as it can, from the file's first appearance until `isEnough`. */
async function readOften(
  path: string,
  isEnough: (seen: Sightings) => boolean | Promise<boolean>,
): Promise<Sightings> {
  const faults = new Set<string>();
  const tokens: string[] = [];
  let gaps = 0;
  let isThere = false;
  for (
    const startMs = Date.now();
    !(await isEnough({ faults: [...faults], tokens, gaps }));
    await breathe()
  ) {
    if (Date.now() - startMs > PATIENCE_MS) throw new Error(`waited in vain after ${tokens.length} tokens`);
    // Before the reading: what was good then may end while it is looked at.
    const nowMs = Date.now();
    const text = await readFile(path, "utf8").catch(() => null);
    if (text === null) {
      gaps += isThere ? 1 : 0;
      isThere = false;
      continue;
    }
    isThere = true;
    try {
      const document = json(JSON.parse(text));
      const token = document.text("accessToken");
      if (Date.parse(document.text("expiresAt")) <= nowMs)
        faults.add(`expired: ${document.text("expiresAt")}`);
      if (tokens.at(-1) !== token) tokens.push(token);
      if (((await stat(path).catch(() => null))?.mode ?? 0o600) % 0o1000 !== 0o600)
        faults.add("open to others");
    } catch {
      faults.add(`not a whole document: ${text.length} characters`);
    }
  }
  return { faults: [...faults], tokens, gaps };
}

async function countTokenRequests(sandbox: Sandbox): Promise<number> {
  const seen = await call(sandbox, "GET /sandbox/requests");
  return seen.each("requests", "path").filter((path) => path === "/oauth/token").length;
}

describe("token --watch", { timeout: 60_000 }, () => {
  test("replaces the token ahead of its end, whole, for this user only, until SIGTERM", async () => {
    const { sandbox, path, process } = await startWatch(4_000, 6);
    const { faults, tokens, gaps } = await readOften(path, (seen) => seen.tokens.length === 3);
    expect([faults, gaps]).toEqual([[], 0]);
    // One request a token: the login's, and one for each replacement.
    expect(await countTokenRequests(sandbox)).toBe(3);
    expect((await call(sandbox, "GET /api/v2/tokens/me", { token: tokens[2] ?? "" })).status).toBe(200);
    process.interrupt("SIGTERM");
    const { exitCode, stdout, stderr } = await process.ended;
    expect([exitCode, stdout]).toEqual([0, ""]);
    expect(stderr.match(/has a token, good until/g)).toHaveLength(3);
    // It stays, for what reads it goes on until the token's end.
    expect(json(JSON.parse(await readFile(path, "utf8"))).at("accessToken")).toBe(tokens[2]);
  });

  test("survives a login host that answers 503 for a while, without its readers noticing", async () => {
    const { sandbox, path, process } = await startWatch(16_000, 600);
    sandbox.act({ action: "fault.add", path: "/oauth/token", times: 2, retryAfterSeconds: 1 });
    const { faults, tokens, gaps } = await readOften(path, (seen) => seen.tokens.length === 2);
    expect([faults, gaps]).toEqual([[], 0]);
    expect(await countTokenRequests(sandbox)).toBe(4);
    expect((await call(sandbox, "GET /api/v2/tokens/me", { token: tokens[1] ?? "" })).status).toBe(200);
    process.interrupt("SIGINT");
    expect((await process.ended).exitCode).toBe(0);
  });

  test("takes away a token that ends before the login host is back, and brings the next one", async () => {
    const { sandbox, path, process } = await startWatch(4_000, 600);
    // The one retry comes three to four seconds later: beyond the end.
    sandbox.act({ action: "fault.add", path: "/oauth/token", times: 1 });
    const { faults, tokens, gaps } = await readOften(path, (seen) => seen.tokens.length === 2);
    expect([faults, tokens.length, gaps]).toEqual([[], 2, 1]);
    process.interrupt("SIGTERM");
    const { exitCode, stderr } = await process.ended;
    expect(exitCode).toBe(0);
    expect(stderr).toContain("was removed: its token has ended, and there is no new one");
  });
});
