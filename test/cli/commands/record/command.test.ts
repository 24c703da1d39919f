import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { json, sandboxFor } from "../../../sandbox/client.ts";
import { credentialsFor } from "../../../support/credentials.ts";
import { runCli } from "../../../support/run-cli.ts";
import { tempDir } from "../../../support/temp-dir.ts";

const LOG = join(import.meta.dirname, "access.log");

test("`record` lists the operations with counts and verdicts, and exits according to the verdicts", async () => {
  const sandbox = await sandboxFor({ scenario: "missing-role" });
  const run = await runCli(["record", "--from", LOG, "--json"], { env: credentialsFor(sandbox) });
  const document = json(run.json);
  expect(run.exitCode).toBe(3);
  expect([document.at("calls"), document.at("ignored")]).toEqual([5, 1]);
  expect(document.each("operations", "operation.operationId")).toEqual([
    "postAnalyticsConversationsDetailsQuery",
    "getRoutingQueues",
    "getRoutingQueue",
  ]);
  expect(document.each("operations", "verdict")).toEqual(document.each("check.results", "verdict"));
  expect(document.at("operations.0.verdict")).toBe("denied");
  expect(document.at("operations.1.statuses")).toEqual([{ status: 200, calls: 2 }]);
  expect(document.each("unmatched", "path")).toEqual(["/api/v2/nonsense/{id}"]);
  expect(run.stderr).toContain("1 call matched no operation in the catalog");
});

test("`record` reports refused calls that this token may make, and calls without a valid token", async () => {
  const sandbox = await sandboxFor({ scenario: "healthy" });
  const file = join(await tempDir(), "access.log");
  const lost = '10.0.0.1 - - [29/Nov/2026:10:00:05 +0000] "GET /api/v2/routing/queues HTTP/1.1" 401 80\n';
  await writeFile(file, (await readFile(LOG, "utf8")) + lost);
  const allowed = await runCli(["record", "--from", file], { env: credentialsFor(sandbox) });
  expect(allowed.stderr).toContain(
    "`POST /api/v2/analytics/conversations/details/query` returned 403 in the recording, but this token is allowed",
  );
  expect(allowed.stderr).toContain("1 call returned 401: sent without a token");
  const denied = await runCli(["record", "--from", LOG], {
    env: credentialsFor(await sandboxFor({ scenario: "missing-role" })),
  });
  expect(denied.stderr).not.toContain("in the recording");
});

test("`record` shows requirements without a login, and gives the reason", async () => {
  const run = await runCli(["record", "--from", LOG]);
  expect(run.exitCode).toBe(0);
  expect(run.stdout).toContain("POST\t/api/v2/analytics/conversations/details/query\t1\t403\t");
  expect(run.stdout).toContain("GET\t/api/v2/routing/queues\t2\t200 (2)\trouting:queue:");
  expect(run.stderr).toContain("not checked: no login");
});

test("`record` writes a policy that `check-scopes` reads, and adds to it the next time", async () => {
  const file = join(await tempDir(), "genscope.policy.yaml");
  const first = await runCli(["record", "--from", LOG, "--offline", "--write-policy", file]);
  expect([first.exitCode, first.stderr]).toEqual([0, expect.stringContaining("3 operations written")]);
  const emitted = await runCli(["record", "--from", LOG, "--emit", "policy"]);
  expect(await readFile(file, "utf8")).toBe(emitted.stdout);
  const again = await runCli(["record", "--from", LOG, "--offline", "--write-policy", file]);
  expect(again.stderr).toContain("already contains the 3 operations");
  const check = await runCli(["check-scopes", "--offline", "--policy", file, "--json"]);
  expect(json(check.json).each("results", "operation.operationId")).toHaveLength(3);
});

test("the role that `record` writes allows every recorded operation and contains no superfluous permission", async () => {
  const { stdout } = await runCli(["record", "--from", LOG, "--emit", "role"]);
  const least = await runCli([
    "check-scopes",
    "--emit",
    "role",
    "postAnalyticsConversationsDetailsQuery",
    "getRoutingQueues",
    "getRoutingQueue",
  ]);
  expect(stdout).toBe(least.stdout);
});

test("`record` refuses a missing input, a recording without calls, and flags without effect", async () => {
  const empty = join(await tempDir(), "notes.txt");
  await writeFile(empty, "a text without any call\n");
  for (const [argv, code] of [
    [["record"], "usage.arguments"],
    [["record", "--from", empty], "usage.nothing_recognised"],
    [["record", "--from", "absent.har"], "usage.file"],
    [["record", "--from", LOG, "--force"], "usage.arguments"],
  ] as const) {
    const run = await runCli([...argv, "--json"]);
    expect([argv, run.exitCode, json(run.json).at("error.code")]).toEqual([argv, 2, code]);
  }
});
