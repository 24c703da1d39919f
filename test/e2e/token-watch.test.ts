import { readFile, stat } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as delay, setImmediate as yieldToOthers } from "node:timers/promises";
import { expect, test } from "vitest";
import { systemClock } from "../../src/core/clock.ts";
import type { Sandbox } from "../../src/sandbox/sandbox.ts";
import { call, json, sandboxFor } from "../sandbox/client.ts";
import { type GenscopeProcess, startGenscope } from "../support/genscope-process.ts";
import { logInAsClient, quickFileEnvironment, rememberExpiry } from "../support/stored-login.ts";
import { tempDir } from "../support/temp-dir.ts";

/** Time limit of every wait. Only a reader that waits in vain reaches it, and then ends with a message. */
const PATIENCE_MS = 240_000;

interface Watch {
  readonly sandbox: Sandbox;
  readonly path: string;
  readonly process: GenscopeProcess;
  /** Returns the number of tokens that the service has issued. */
  countIssued(): number;
}

/** What a reader found: violations, the tokens that it saw, and how often the file was absent. */
interface Sightings {
  readonly faults: readonly string[];
  readonly tokens: readonly string[];
  readonly gaps: number;
}

/**
 * Logs a client in and keeps its token fresh.
 * @param remainingMs remaining lifetime of the first token
 * @param seconds lifetime of every later token
 */
async function startWatch(remainingMs: number, seconds: number): Promise<Watch> {
  let issued = 0;
  const sandbox = await sandboxFor({ scenario: "healthy" }, systemClock, ({ target, status }) => {
    if (target === "/oauth/token" && status === 200) issued += 1;
  });
  const env = await quickFileEnvironment();
  expect((await logInAsClient(sandbox, env)).exitCode).toBe(0);
  sandbox.act({ action: "client.update", client: sandbox.client.id, accessTokenValiditySeconds: seconds });
  const path = join(await tempDir(), "token.json");
  await rememberExpiry(env.GENSCOPE_CONFIG_DIR, Date.now() + remainingMs);
  const process = startGenscope(["token", "--json", "--watch", path], env);
  return { sandbox, path, process, countIssued: () => issued };
}

/**
 * Reads repeatedly, from the first appearance of the file until `isEnough`. Between the issue of a token and its
 * appearance in the file, it reads without a pause, because only then can a reader find an incomplete document.
 */
async function readOften(
  { path, countIssued }: Pick<Watch, "path" | "countIssued">,
  isEnough: (seen: Sightings) => boolean,
): Promise<Sightings> {
  const faults = new Set<string>();
  const tokens: string[] = [];
  let gaps = 0;
  let isThere = false;
  const pause = async () => await (tokens.length < countIssued() ? yieldToOthers() : delay(1));
  for (const startMs = Date.now(); !isEnough({ faults: [...faults], tokens, gaps }); await pause()) {
    if (Date.now() - startMs > PATIENCE_MS) throw new Error(`waited in vain after ${tokens.length} tokens`);
    // Taken before the read, because the token could expire while it is checked.
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
        faults.add("readable by others");
      }
    } catch {
      faults.add(`incomplete document: ${text.length} characters`);
    }
  }
  return { faults: [...faults], tokens, gaps };
}

async function countTokenRequests(sandbox: Sandbox): Promise<number> {
  const seen = await call(sandbox, "GET /sandbox/requests");
  return seen.each("requests", "path").filter((path) => path === "/oauth/token").length;
}

/** Watches two replacements, and then sends SIGTERM. */
async function watchUndisturbed() {
  const watch = await startWatch(12_000, 20);
  const { sandbox, path, process } = watch;
  const { faults, tokens, gaps } = await readOften(watch, (seen) => seen.tokens.length === 3);
  const isGood = (await call(sandbox, "GET /api/v2/tokens/me", { token: tokens[2] ?? "" })).status === 200;
  const requests = await countTokenRequests(sandbox);
  process.interrupt("SIGTERM");
  const { exitCode, stdout, stderr } = await process.ended;
  const published = stderr.match(/has a token, valid until/g)?.length;
  const isKept = json(JSON.parse(await readFile(path, "utf8"))).at("accessToken") === tokens[2];
  const issued = watch.countIssued();
  return { faults, gaps, isGood, requests, issued, exitCode, stdout, published, isKept };
}

/** Watches one replacement that takes two attempts, and then sends SIGINT. */
async function watchWithRetry() {
  const watch = await startWatch(20_000, 600);
  const { sandbox, process } = watch;
  sandbox.act({ action: "fault.add", path: "/oauth/token", times: 1, retryAfterSeconds: 1 });
  const { faults, gaps } = await readOften(watch, (seen) => seen.tokens.length === 2);
  const requests = await countTokenRequests(sandbox);
  process.interrupt("SIGINT");
  const { exitCode } = await process.ended;
  return { faults, gaps, requests, exitCode };
}

/** Watches one replacement whose second attempt happens three to four seconds later, after the token has expired. */
async function watchPastExpiry() {
  const watch = await startWatch(4_000, 600);
  const { sandbox, process } = watch;
  sandbox.act({ action: "fault.add", path: "/oauth/token", times: 1 });
  const { faults, gaps } = await readOften(watch, (seen) => seen.tokens.length === 2);
  process.interrupt("SIGTERM");
  const { exitCode, stderr } = await process.ended;
  return {
    faults,
    gaps,
    exitCode,
    isSaid: stderr.includes("was removed: its token has expired, and no new one was obtained"),
  };
}

// The three watches spend most of their time waiting, so they run in parallel.
test("`token --watch` never exposes an incomplete or expired token", async () => {
  const [undisturbed, retried, late] = await Promise.all([
    watchUndisturbed(),
    watchWithRetry(),
    watchPastExpiry(),
  ]);
  expect(undisturbed).toEqual({
    faults: [],
    gaps: 0,
    isGood: true,
    // One request for the login, and one for each replacement.
    requests: 3,
    // The reader saw every token, and read without a pause until the file contained it.
    issued: 3,
    exitCode: 0,
    // The output signals that programs can read the file. `--json` also makes this line a JSON document.
    stdout: expect.stringMatching(/^\{"schema":"genscope\/token-watch\/v1","file":"[^"]+"\}\n$/),
    published: 3,
    // The file is kept until the token expires, because programs may still read it.
    isKept: true,
  });
  expect(retried).toEqual({ faults: [], gaps: 0, requests: 3, exitCode: 0 });
  expect(late).toEqual({ faults: [], gaps: 1, exitCode: 0, isSaid: true });
});
