import { describe, expect, test } from "vitest";
import { act, sandboxFor } from "../sandbox/client.ts";
import { runGenscope } from "../support/genscope-process.ts";
import { tempDir } from "../support/temp-dir.ts";
import { hasTerminals, startOnTerminal } from "../support/terminal.ts";

const QUERY = ["query", "conversations", "details", "--interval", "last-7d", "--all"];

/** Starts a service that answers the request for the second page with 429 and a pause of three seconds. */
async function throttledService() {
  const sandbox = await sandboxFor({ scenario: "healthy" });
  const { id, secret } = sandbox.client;
  await act(sandbox, "fault.add", {
    kind: "status",
    status: 429,
    retryAfterSeconds: 3,
    path: "/api/v2/analytics/conversations/details/query",
  });
  const env = {
    GENESYSCLOUD_REGION: sandbox.url,
    GENESYSCLOUD_OAUTHCLIENT_ID: id,
    GENESYSCLOUD_OAUTHCLIENT_SECRET: secret,
  };
  return { sandbox, env };
}

describe.skipIf(!hasTerminals())("a long query on a terminal (needs `script` of util-linux)", () => {
  test("counts down the wait for a rate limit on one line", async () => {
    const { env } = await throttledService();
    const child = startOnTerminal([...QUERY, "--output", "csv"], env, await tempDir());
    const { exitCode, stdout } = await child.ended;
    expect(exitCode).toBe(0);
    expect(stdout).toContain("waiting for the response, waiting 3 s (rate limit)");
    expect(stdout).toContain("waiting for the response, waiting 1 s (rate limit)");
  });

  test("draws no progress with --quiet or when CI is set", async () => {
    const { env } = await throttledService();
    const { env: other } = await throttledService();
    const directory = await tempDir();
    const children = [
      startOnTerminal([...QUERY, "--output", "csv", "--quiet"], env, directory),
      startOnTerminal([...QUERY, "--output", "csv"], { ...other, CI: "1" }, directory),
    ];
    for (const child of children) expect((await child.ended).stdout).not.toContain("waiting");
  });
});

test("a query that waits for a few seconds writes no progress to a log", async () => {
  const { env } = await throttledService();
  const { exitCode, stderr } = await runGenscope([...QUERY, "--output", "ndjson"], env);
  expect(exitCode).toBe(0);
  expect(stderr).not.toContain("waiting");
});
