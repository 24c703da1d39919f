import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { HastyClock } from "../support/hasty-clock.ts";
import { json, serve } from "../support/loopback-server.ts";
import { runCli } from "../support/run-cli.ts";
import { tempDir } from "../support/temp-dir.ts";

type Headers = Readonly<Record<string, string>>;

const THROTTLED = {
  status: 429,
  code: "too.many.requests",
  message: "Rate limit exceeded the maximum. Retry the request in 3 seconds",
};
const INTERVAL = ["--interval", "2026-10-01T00:00:00.000Z/2026-10-04T00:00:00.000Z"];

/** Starts a service that refuses every request because of its rate limit. */
async function serveRefusals(headers: Headers, body: object = THROTTLED, status = 429) {
  return await serve((_request, response) => json(response, status, body, headers));
}

/** Runs a command against the service, with a clock on which sleeps take no time. */
async function run(
  url: string,
  argv: readonly string[],
  credentials?: Readonly<Record<string, string>>,
  clock = new HastyClock(),
) {
  return await runCli([...argv, "--timeout", "10m"], {
    env: {
      GENESYSCLOUD_REGION: url,
      ...(credentials ?? { GENESYSCLOUD_ACCESS_TOKEN: "a-token" }),
    },
    ports: { clock },
  });
}

describe.each<[string, Headers]>([
  ["with Retry-After: 3", { "retry-after": "3" }],
  ["with Retry-After: 0", { "retry-after": "0" }],
  ["with Retry-After: 7200", { "retry-after": "7200" }],
])("a service that returns 429 for everything, %s, receives at most 20 requests from", (_name, headers) => {
  test.each<[string, (directory: string) => readonly string[]]>([
    ["query of a listing", () => ["query", "GET", "/api/v2/routing/queues", "--all"]],
    ["query of details", () => ["query", "conversations", "details", ...INTERVAL, "--all"]],
    [
      "export by jobs",
      (directory) => [
        ...["export", "conversations", "details", ...INTERVAL],
        ...["--out", directory, "--concurrency", "8", "--max-wait", "1h"],
      ],
    ],
    [
      "export of aggregates in parallel",
      (directory) => [
        ...["export", "conversations", "aggregates", ...INTERVAL],
        ...["--out", directory, "--concurrency", "8", "--max-wait", "1h"],
      ],
    ],
    ["check-scopes", () => ["check-scopes", "GET /api/v2/users"]],
    ["whoami", () => ["whoami"]],
  ])("%s", async (_command, argvOf) => {
    const server = await serveRefusals(headers);
    const { exitCode, stderr } = await run(server.url, argvOf(`${await tempDir()}/out`));
    expect(server.seen.length).toBeGreaterThan(0);
    expect(server.seen.length).toBeLessThanOrEqual(20);
    expect([exitCode, stderr]).toEqual([7, expect.stringMatching(/429.*rate limit/s)]);
  });
});

test.each<[string, Headers, object, number]>([
  ["429 with Retry-After", { "retry-after": "3" }, THROTTLED, 429],
  ["429 without Retry-After", {}, THROTTLED, 429],
  [
    "400 with the token endpoint's rate limit message",
    {},
    { error: "invalid_request", error_description: "rate limit exceeded; retry later" },
    400,
  ],
])("a token endpoint that returns %s receives at most 20 requests", async (_name, headers, body, status) => {
  const server = await serveRefusals(headers, body, status);
  const { exitCode, stderr } = await run(
    server.url,
    ["whoami"],
    {
      GENESYSCLOUD_OAUTHCLIENT_ID: "client-1",
      GENESYSCLOUD_OAUTHCLIENT_SECRET: "secret-1",
    },
    new HastyClock(30_000),
  );
  expect(server.seen.length).toBeLessThanOrEqual(20);
  expect([exitCode, stderr]).toEqual([7, expect.stringMatching(/429/)]);
  expect(stderr.toLowerCase()).toContain("rate limit");
});

/**
 * A pause longer than those that the services of the next tests request, and shorter than the time limit of one
 * request.
 */
const LONG_PAUSE_MS = 120_000;

test.each([
  ["whoami", ["whoami"]],
  ["check-scopes", ["check-scopes", "GET /api/v2/users"]],
  ["clients", ["clients"]],
  ["record", ["record", "--from", "calls.log"]],
  ["query", ["query", "GET", "/api/v2/routing/queues"]],
])("%s waits for a rate limit only as long as --max-wait allows", async (_name, argv) => {
  const directory = await tempDir();
  await writeFile(
    join(directory, "calls.log"),
    '"GET https://api.mypurecloud.de/api/v2/users HTTP/1.1" 200\n',
  );
  const server = await serveRefusals({ "retry-after": "50" });
  const waitedMs = async (...flags: readonly string[]) => {
    const clock = new HastyClock(LONG_PAUSE_MS);
    const startMs = clock.now();
    const words = argv.map((word) => (word === "calls.log" ? join(directory, word) : word));
    const { exitCode, stderr } = await run(server.url, [...words, ...flags], undefined, clock);
    expect([exitCode, stderr]).toEqual([7, expect.stringMatching(/429.*rate limit/s)]);
    return clock.now() - startMs;
  };
  expect(await waitedMs()).toBeLessThan(30_000);
  const patientMs = await waitedMs("--max-wait", "2m");
  expect(patientMs).toBeGreaterThanOrEqual(50_000);
  expect(patientMs).toBeLessThan(130_000);
});

test("`token` waits up to --max-wait for a throttled token endpoint", async () => {
  const server = await serveRefusals({ "retry-after": "50" });
  const credentials = { GENESYSCLOUD_OAUTHCLIENT_ID: "an-id", GENESYSCLOUD_OAUTHCLIENT_SECRET: "a-secret" };
  const countRequests = async (...flags: readonly string[]) => {
    const before = server.seen.length;
    const clock = new HastyClock(LONG_PAUSE_MS);
    expect((await run(server.url, ["token", ...flags], credentials, clock)).exitCode).toBe(7);
    return server.seen.length - before;
  };
  expect(await countRequests()).toBe(1);
  expect(await countRequests("--max-wait", "2m")).toBeGreaterThan(1);
});

test("an invalid --max-wait is a usage error before any request", async () => {
  const server = await serveRefusals({});
  const { exitCode, stderr } = await run(server.url, ["whoami", "--max-wait", "soon"]);
  expect([exitCode, stderr]).toEqual([2, expect.stringContaining("`soon` is not a duration (--max-wait)")]);
  expect(server.seen).toEqual([]);
});
