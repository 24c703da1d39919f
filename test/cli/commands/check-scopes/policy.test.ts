import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Sandbox } from "../../../../src/sandbox/sandbox.ts";
import { launchSandbox } from "../../../sandbox/client.ts";
import { clockAtAge } from "../../../support/catalogue-age.ts";
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
  sandbox = await launchSandbox();
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

test("checks every entry of a policy and reports its service and line", async () => {
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
    // Two alternatives produce one result, for the operation that a client may call.
    ["/api/v2/users", "allowed", "reporting", 7],
    ["routing:queue:view", "allowed", "reporting", 11],
    ["/api/v2/routing/queues", "allowed", "wallboard", 17],
  ]);
});

describe("--service and --env select a part of the policy", () => {
  test.each([
    [["--service", "wallboard"], 0],
    [["--service", "reporting"], 3],
    [["--service", "reporting", "--fail-on", "never"], 0],
    [["--service", "billing"], 2],
    [["--env", "staging"], 2],
  ])("%j exits with %i", async (argv, expected) => {
    expect((await check("--policy", policy, ...argv)).exitCode).toBe(expected);
  });

  test("--service requires a policy", async () => {
    expect((await check("--service", "reporting", DETAIL_QUERY)).exitCode).toBe(2);
  });
});

test("reports permissions beyond the policy by role, and fails", async () => {
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

test("marks the permissions beyond the policy that genscope itself uses to read", async () => {
  const file = join(directory, "queues.policy.yaml");
  await writeFile(
    file,
    "version: 1\nservices:\n  wallboard:\n    operations:\n      - GET /api/v2/routing/queues\n",
  );
  const { stdout } = await check("--policy", file, "--max");
  expect(stdout).toMatch(
    /genscope reads roles, grants and policies with .*`authorization:role:view`.*: without/,
  );
});

test("warns that several services share one role, with a command for each", async () => {
  const { stdout, stderr } = await runCli([
    "check-scopes",
    "--emit",
    "terraform",
    "--policy",
    policy,
    "--env",
    "prod",
  ]);
  const command = `genscope check-scopes --policy ${policy} --service wallboard --env prod --emit terraform`;
  expect(stderr.replaceAll(/\s+/g, " ")).toContain(command);
  expect(stdout).toContain("# these 2 services share the output below");
  const one = await runCli(["check-scopes", "--emit", "role", "--policy", policy, "--service", "wallboard"]);
  expect(one.stderr).not.toContain("share the output below");
});

test("--emit role prints the smallest role for a policy without a token", async () => {
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

test("--request names the smallest change and the command to verify it", async () => {
  const { exitCode, stdout } = await check("--request", DETAIL_QUERY);
  expect(exitCode).toBe(3);
  expect(stdout).toContain('assign role "Conversation Detail Reader" to OAuth client "Reporting service"');
  expect(stdout).toContain(`genscope check-scopes --wait 2m '${DETAIL_QUERY}'`);
});

test("--report writes a file, and a GitHub workflow gets annotations in its log", async () => {
  const junit = join(directory, "report.xml");
  const { exitCode, stderr } = await runCli(
    ["check-scopes", "--policy", policy, "--report", `junit=${junit}`],
    { env: { ...env, GITHUB_ACTIONS: "true" } },
  );
  expect(exitCode).toBe(3);
  expect(await readFile(junit, "utf8")).toContain('tests="5" failures="1"');
  expect(stderr).toMatch(/^::error file=.*genscope\.policy\.yaml,line=5/m);
});

test.each(["junit", "sarif", "markdown", "html", "github"])(
  "a report of kind %s warns about a catalog that is older than 60 days, without changing the exit code",
  async (kind) => {
    const file = join(directory, `age.${kind}`);
    const reportAt = async (days: number) => {
      const form = kind === "github" ? kind : `${kind}=${file}`;
      const { exitCode, stderr } = await runCli(["check-scopes", "--policy", policy, "--report", form], {
        env,
        ports: { clock: clockAtAge(days) },
      });
      return [exitCode, kind === "github" ? stderr : await readFile(file, "utf8")];
    };
    const warning = /catalog of \S+ is 61 days old and may lack .*: genscope catalog update/;
    expect(await reportAt(60)).toEqual([3, expect.not.stringMatching(/days old/)]);
    expect(await reportAt(61)).toEqual([3, expect.stringMatching(warning)]);
  },
);

test("--wait ends when the grant takes effect", async () => {
  const waiting = check("--wait", "5m", "--live", "--json", DETAIL_QUERY);
  const isTested = async () =>
    JSON.stringify(await (await fetch(`${sandbox.url}/sandbox/requests`)).json()).includes("details/query");
  while (!(await isTested()));
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
