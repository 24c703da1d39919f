import { readFile, stat } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as delay, setImmediate as yieldToOthers } from "node:timers/promises";
import { expect, test } from "vitest";
import type { Sandbox } from "../../src/sandbox/sandbox.ts";
import { call, json, sandboxFor } from "../sandbox/client.ts";
import { type GenscopeProcess, startGenscope } from "../support/genscope-process.ts";
import { logInAsClient, quickFileEnvironment, rememberExpiry } from "../support/stored-login.ts";
import { tempDir } from "../support/temp-dir.ts";

/** Longer than any of these may take, so that a reader that waits in vain ends with a message. */
const PATIENCE_MS = 240_000;

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

/** Reads again and again, from the file's first appearance until `isEnough`. */
async function readOften(
  path: string,
  isEnough: (seen: Sightings) => boolean,
  pause: () => Promise<unknown> = async () => await delay(1),
): Promise<Sightings> {
  const faults = new Set<string>();
  const tokens: string[] = [];
  let gaps = 0;
  let isThere = false;
  for (const startMs = Date.now(); !isEnough({ faults: [...faults], tokens, gaps }); await pause()) {
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
      if (Date.parse(document.text("expiresAt")) <= nowMs) {
        faults.add(`expired: ${document.text("expiresAt")}`);
      }
      if (tokens.at(-1) !== token) tokens.push(token);
      if (((await stat(path).catch(() => null))?.mode ?? 0o600) % 0o1000 !== 0o600) {
        faults.add("open to others");
      }
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

/** Two replacements, then SIGTERM. */
async function watchInPeace() {
  const { sandbox, path, process } = await startWatch(12_000, 20);
  const { faults, tokens, gaps } = await readOften(path, (seen) => seen.tokens.length === 3, yieldToOthers);
  const isGood = (await call(sandbox, "GET /api/v2/tokens/me", { token: tokens[2] ?? "" })).status === 200;
  const requests = await countTokenRequests(sandbox);
  process.interrupt("SIGTERM");
  const { exitCode, stdout, stderr } = await process.ended;
  const published = stderr.match(/has a token, valid until/g)?.length;
  const isKept = json(JSON.parse(await readFile(path, "utf8"))).at("accessToken") === tokens[2];
  return { faults, gaps, isGood, requests, exitCode, stdout, published, isKept };
}

/** One replacement that takes two attempts, then SIGINT. */
async function watchThroughTrouble() {
  const { sandbox, path, process } = await startWatch(20_000, 600);
  sandbox.act({ action: "fault.add", path: "/oauth/token", times: 1, retryAfterSeconds: 1 });
  const { faults, gaps } = await readOften(path, (seen) => seen.tokens.length === 2);
  const requests = await countTokenRequests(sandbox);
  process.interrupt("SIGINT");
  const { exitCode } = await process.ended;
  return { faults, gaps, requests, exitCode };
}

/** One replacement whose second attempt comes three to four seconds later: beyond the end. */
async function watchBeyondTheEnd() {
  const { sandbox, path, process } = await startWatch(4_000, 600);
  sandbox.act({ action: "fault.add", path: "/oauth/token", times: 1 });
  const { faults, gaps } = await readOften(path, (seen) => seen.tokens.length === 2);
  process.interrupt("SIGTERM");
  const { exitCode, stderr } = await process.ended;
  return {
    faults,
    gaps,
    exitCode,
    isSaid: stderr.includes("was removed: its token has expired, and no new one was obtained"),
  };
}

// They mostly wait, so they do it together.
test("token --watch never shows its readers a broken or an expired token", async () => {
  const [peace, trouble, late] = await Promise.all([
    watchInPeace(),
    watchThroughTrouble(),
    watchBeyondTheEnd(),
  ]);
  expect(peace).toEqual({
    faults: [],
    gaps: 0,
    isGood: true,
    // The login's, and one for each replacement.
    requests: 3,
    exitCode: 0,
    stdout: "",
    published: 3,
    // For whoever reads it until the token's end.
    isKept: true,
  });
  expect(trouble).toEqual({ faults: [], gaps: 0, requests: 3, exitCode: 0 });
  expect(late).toEqual({ faults: [], gaps: 1, exitCode: 0, isSaid: true });
});
