import { spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { type Flood, floodsFor } from "../support/floods.ts";
import { json, serve } from "../support/loopback-server.ts";
import { tempDir } from "../support/temp-dir.ts";

const BIN = new URL("../../bin/genscope.js", import.meta.url).pathname;
/**
 * Maximum peak memory in MiB. An idle process takes about 80 MiB. A response may have 64 MiB, and is copied a few
 * times.
 */
const MOST_MIB = 450;
interface Ended {
  readonly exitCode: number | null;
  readonly stdout: string;
  readonly stderr: string;
  readonly peakMib: number;
}

/** Runs genscope as its own process and measures its peak memory. */
async function run(argv: readonly string[], env: Readonly<Record<string, string>>): Promise<Ended> {
  const child = spawn(process.execPath, [BIN, ...argv], {
    env: { PATH: process.env["PATH"], GENSCOPE_CONFIG_DIR: await tempDir(), GENSCOPE_STORE: "none", ...env },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let [stdout, stderr, peakMib] = ["", "", 0];
  child.stdout.on("data", (chunk: Buffer) => {
    stdout += chunk.toString("utf8").slice(0, 10_000);
  });
  child.stderr.on("data", (chunk: Buffer) => {
    stderr += chunk.toString("utf8");
  });
  const sampling = setInterval(() => {
    const status = readStatus(child.pid);
    peakMib = Math.max(peakMib, Number(/VmHWM:\s+(\d+) kB/.exec(status)?.[1] ?? 0) / 1024);
  }, 10);
  const exitCode = await new Promise<number | null>((resolve) => child.on("close", resolve));
  clearInterval(sampling);
  return { exitCode, stdout, stderr, peakMib };
}

function readStatus(pid: number | undefined): string {
  try {
    return readFileSync(`/proc/${pid}/status`, "utf8");
  } catch {
    return "";
  }
}

const LIMIT = /larger than 64 MiB|more than (256 levels|100,000 keys|4,000,000 values|16 KiB of headers)/;

function expectRefused({ exitCode, stderr, peakMib }: Ended, exits: readonly number[]): void {
  expect(stderr).toMatch(LIMIT);
  expect(stderr).not.toMatch(/\n\s+at .*:\d+|RangeError|heap/);
  expect(exits).toContain(exitCode);
  expect(peakMib).toBeLessThan(MOST_MIB);
}

describe("refuses an oversized response in bounded memory and names the limit", () => {
  test.each(Object.entries(floodsFor("entities")))("query: %s", async (_name, flood) => {
    const server = await serve((_request, response) => flood(response));
    expectRefused(await run(["query", "GET", "/api/v2/routing/queues"], tokenFor(server.url)), [9]);
    expect(server.seen.filter(({ path }) => path.startsWith("/api/v2/routing/"))).toHaveLength(1);
  });

  test.each(Object.entries(floodsFor("conversations")))("export: %s", async (_name, flood) => {
    const url = await jobService(flood);
    const out = join(await tempDir(), "lake");
    const argv = [
      "export",
      "conversations",
      "details",
      "--interval",
      "2026-10-01",
      "--out",
      out,
      "--max-wait",
      "5s",
    ];
    const ended = await run(argv, tokenFor(url));
    expect(ended.peakMib).toBeLessThan(MOST_MIB);
    expect(ended.stderr).not.toMatch(/\n\s+at .*:\d+|RangeError|heap/);
    expect([ended.exitCode, ended.stderr]).toEqual([
      expect.toBeOneOf([1, 8, 9]),
      expect.stringMatching(/larger than|more than|no end|not JSON|not a JSON/),
    ]);
  });

  test.each(Object.entries(floodsFor("entities")))("whoami: %s", async (_name, flood) => {
    const server = await serve((_request, response) => flood(response));
    expectRefused(await run(["whoami"], tokenFor(server.url)), [9]);
  });

  test.each(Object.entries(floodsFor("entities")))("the token endpoint: %s", async (_name, flood) => {
    const server = await serve((_request, response) => flood(response));
    const { exitCode, stderr, peakMib } = await run(["whoami"], {
      GENESYSCLOUD_REGION: server.url,
      GENESYSCLOUD_OAUTHCLIENT_ID: "client-1",
      GENESYSCLOUD_OAUTHCLIENT_SECRET: "secret-1",
    });
    expect(stderr).toMatch(/larger than 1 MiB|more than (256 levels|16 KiB of headers)/);
    expect([exitCode, server.seen.length]).toEqual([9, 1]);
    expect(peakMib).toBeLessThan(MOST_MIB);
  });

  test.each(Object.entries(floodsFor("paths")))("catalog update: %s", async (_name, flood) => {
    const server = await serve((_request, response) => flood(response));
    expectRefused(await run(["catalog", "update"], tokenFor(server.url)), [9]);
  });
});

describe("refuses an oversized file", () => {
  test.each<[string, string, RegExp]>([
    ["/dev/zero", "", /is a pipe, a device or a socket/],
    ["deep.json", `{"a":${"[".repeat(100_000)}${"]".repeat(100_000)}}`, /more than 256 levels/],
    ["large.json", `{"a":"${"x".repeat(3_000_000)}"}`, /larger than 1,000,000 bytes/],
  ])("passed as --body: %s", async (name, text, reason) => {
    const path = join(await tempDir(), name.replace("/dev/", ""));
    if (text !== "") await writeFile(path, text);
    const body = text === "" ? name : path;
    const ended = await run(
      ["query", "conversations", "details", "--body", body],
      tokenFor("http://127.0.0.1:1"),
    );
    expect([ended.exitCode, ended.stderr]).toEqual([2, expect.stringMatching(reason)]);
    expect(ended.peakMib).toBeLessThan(MOST_MIB);
  });

  test.each([
    ["/dev/zero", /is a pipe, a device or a socket/],
    ["large.yaml", /larger than/],
  ])("passed as a policy: %s", async (name, reason) => {
    const path = name === "/dev/zero" ? name : join(await tempDir(), name);
    if (path !== name) await writeFile(path, "a: b\n".repeat(20_000_000));
    const ended = await run(["check-scopes", "--offline", "--policy", path], {});
    expect([ended.exitCode, ended.stderr]).toEqual([2, expect.stringMatching(reason)]);
    expect(ended.peakMib).toBeLessThan(MOST_MIB);
  });
});

function tokenFor(url: string): Readonly<Record<string, string>> {
  return { GENESYSCLOUD_REGION: url, GENESYSCLOUD_ACCESS_TOKEN: "a-token" };
}

/** Starts a service whose jobs finish immediately and whose page of results is the flood. */
async function jobService(flood: Flood): Promise<string> {
  const server = await serve(({ method, path }, response) => {
    if (method === "POST") return json(response, 202, { jobId: "j1" });
    if (method === "DELETE") return void response.writeHead(204).end();
    if (path.includes("/availability")) {
      return json(response, 200, { dataAvailabilityDate: "2026-11-01T00:00:00.000Z" });
    }
    if (path.includes("/results")) return flood(response);
    return json(response, 200, { state: "FULFILLED" });
  });
  return server.url;
}
