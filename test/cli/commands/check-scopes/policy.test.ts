import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { systemClock } from "../../../../src/core/clock.ts";
import type { Sandbox } from "../../../../src/sandbox/sandbox.ts";
import { startSandbox } from "../../../../src/sandbox/server.ts";
import { runCli } from "../../../support/run-cli.ts";

const POLICY = `version: 1
services:
  reporting:
    operations:
      - POST /api/v2/analytics/conversations/details/query
      - GET /api/v2/routing/queues
      - anyOf:
          - GET /api/v2/users/me
          - GET /api/v2/users
    permissions:
      - routing:queue:view
    environments:
      prod:
        max: true
  wallboard:
    operations:
      - GET /api/v2/routing/queues
`;
const DETAIL_QUERY = "POST /api/v2/analytics/conversations/details/query";

let sandbox: Sandbox;
let directory: string;
let policy: string;
let env: Readonly<Record<string, string>>;

beforeAll(async () => {
  sandbox = await startSandbox({}, { clock: systemClock });
  directory = await mkdtemp(join(tmpdir(), "genscope-policy-"));
  policy = join(directory, "genscope.policy.yaml");
  await writeFile(policy, POLICY);
  env = {
    GENESYSCLOUD_REGION: sandbox.url,
    GENESYSCLOUD_OAUTHCLIENT_ID: sandbox.client.id,
    GENESYSCLOUD_OAUTHCLIENT_SECRET: sandbox.client.secret,
  };
});

afterAll(async () => {
  await sandbox.close();
  await rm(directory, { recursive: true });
});

const check = async (...argv: readonly string[]) => await runCli(["check-scopes", ...argv], { env });

test("every line of a policy is judged, with its service and its line of the file", async () => {
  const { exitCode, json } = await check("--json", "--policy", policy);
  expect(exitCode).toBe(3);
  const { results } = json as {
    results: {
      operation: { path: string } | null;
      permission: string | null;
      verdict: string;
      service: string;
      location: { line: number };
    }[];
  };
  expect(
    results.map(({ operation, permission, verdict, service, location }) => [
      operation?.path ?? permission,
      verdict,
      service,
      location.line,
    ]),
  ).toEqual([
    ["/api/v2/analytics/conversations/details/query", "denied", "reporting", 5],
    ["/api/v2/routing/queues", "allowed", "reporting", 6],
    // Of two alternatives the one that a client may call stands for both.
    ["/api/v2/users", "allowed", "reporting", 7],
    ["routing:queue:view", "allowed", "reporting", 11],
    ["/api/v2/routing/queues", "allowed", "wallboard", 17],
  ]);
});

describe("which part of a policy is checked", () => {
  test.each([
    [["--service", "wallboard"], 0],
    [["--service", "reporting"], 3],
    [["--service", "reporting", "--fail-on", "never"], 0],
    [["--service", "billing"], 2],
    [["--env", "staging"], 2],
  ])("%j ends with %i", async (argv, expected) => {
    expect((await check("--policy", policy, ...argv)).exitCode).toBe(expected);
  });

  test("a service needs a policy", async () => {
    expect((await check("--service", "reporting", DETAIL_QUERY)).exitCode).toBe(2);
  });
});

test("what is held beyond the policy is told by role, and fails", async () => {
  const { exitCode, json } = await check("--json", "--policy", policy, "--service", "wallboard", "--max");
  expect(exitCode).toBe(3);
  expect(json).toMatchObject({
    summary: { allowed: 1, denied: 0 },
    excess: {
      verdict: "excess",
      roles: [{ role: { name: "Reporting Base" }, needed: ["routing:queue:view"] }],
    },
  });
});

test("prints the smallest sufficient role without a token", async () => {
  const { exitCode, stdout } = await runCli([
    "check-scopes",
    "--emit",
    "role",
    "--policy",
    policy,
    "--service",
    "wallboard",
  ]);
  expect(exitCode).toBe(0);
  expect(JSON.parse(stdout)).toMatchObject({
    name: "wallboard (least privilege)",
    permissionPolicies: [{ domain: "routing", entityName: "queue", actionSet: ["view"] }],
  });
});

test("the message for the administrator names the smallest change and how to verify it", async () => {
  const { exitCode, stdout } = await check("--request", DETAIL_QUERY);
  expect(exitCode).toBe(3);
  expect(stdout).toContain('assign role "Conversation Detail Reader" to OAuth client "Reporting service"');
  expect(stdout).toContain(`genscope check-scopes --wait 2m '${DETAIL_QUERY}'`);
});

test("use one of written beside the result, and GitHub's annotations go to the log by themselves", async () => {
  const junit = join(directory, "report.xml");
  const { exitCode, stderr } = await runCli(
    ["check-scopes", "--policy", policy, "--report", `junit=${junit}`],
    { env: { ...env, GITHUB_ACTIONS: "true" } },
  );
  expect(exitCode).toBe(3);
  expect(await readFile(junit, "utf8")).toContain('tests="5" failures="1"');
  expect(stderr).toMatch(/^::error file=.*genscope\.policy\.yaml,line=5/m);
});

test("waiting ends as soon as the grant is there", async () => {
  const waiting = check("--wait", "5m", "--live", "--json", DETAIL_QUERY);
  const isAsked = async () =>
    JSON.stringify(await (await fetch(`${sandbox.url}/sandbox/requests`)).json()).includes("details/query");
  while (!(await isAsked()));
  sandbox.act({
    action: "role.grant",
    subject: sandbox.client.id,
    role: "Conversation Detail Reader",
    division: "*",
  });
  const { exitCode, json } = await waiting;
  expect(exitCode).toBe(0);
  expect(json).toMatchObject({ summary: { allowed: 1 } });
});

test.each([
  [["--offline", "--live", DETAIL_QUERY]],
  [["--emit", "role", "--diff", "dev", DETAIL_QUERY]],
  [["--emit", "everything", DETAIL_QUERY]],
  [["--report", "pdf=x", DETAIL_QUERY]],
  [["--wait", "soon", DETAIL_QUERY]],
  [["--policy", "/nonexistent/policy.yaml"]],
])("%j is a usage error", async (argv) => {
  expect((await check(...argv)).exitCode).toBe(2);
});
