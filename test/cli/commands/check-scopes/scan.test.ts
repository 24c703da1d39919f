import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, onTestFinished, test } from "vitest";
import type { Sandbox } from "../../../../src/sandbox/sandbox.ts";
import { launchSandbox } from "../../../sandbox/client.ts";
import { FakeClock } from "../../../support/fake-clock.ts";
import { runCli } from "../../../support/run-cli.ts";
import { tempDir } from "../../../support/temp-dir.ts";

const CODE = [
  'await fetch("https://api.mypurecloud.com/api/v2/analytics/conversations/queries", { method: "POST" });',
  "await analyticsApi.postAnalyticsConversationsDetailsQuery(body);",
  'await fetch(base + "/api/v2/routing/queues/" + queueId, { method: "GET" });',
  "",
].join("\n");

let sandbox: Sandbox;
let directory: string;
let env: Readonly<Record<string, string>>;

beforeAll(async () => {
  sandbox = await launchSandbox();
  directory = await mkdtemp(join(tmpdir(), "genscope-scan-"));
  await mkdir(join(directory, "vendor"));
  await writeFile(join(directory, "report.js"), CODE);
  await writeFile(
    join(directory, "vendor", "sdk.js"),
    'api.deleteUser("x"); // https://api.mypurecloud.com/api/v2/users/x',
  );
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

test("--scan makes the verdict conditional when the code has a word in place of an id or leaves open a value that decides the permission", async () => {
  const place = await mkdtemp(join(tmpdir(), "genscope-scan-"));
  const lines = [
    'await fetch("https://api.mypurecloud.com/api/v2/groups/members");',
    'await fetch("https://api.mypurecloud.com/api/v2/groups/" + groupId);',
    'await fetch(divisions + "/api/v2/authorization/divisions/" + id + "/objects/USER", { method: "POST" });',
    'await fetch(divisions + "/api/v2/authorization/divisions/" + id + "/objects/TEAM", { method: "POST" });',
  ];
  await writeFile(join(place, "move.js"), lines.join("\n"));
  // According to the clock of this sandbox, its grants were made long ago.
  const other = await launchSandbox({}, new FakeClock());
  onTestFinished(() => other.close());
  other.act({ action: "role.upsert", name: "Everything", permissions: ["*:*:*"] });
  const { id } = other.act({ action: "client.upsert", name: "Scanned" }) as { id: string };
  other.act({ action: "role.grant", subject: id, role: "Everything", division: "*" });
  const { access_token } = other.act({ action: "token.mint", client: id }) as { access_token: string };
  const { json } = await runCli(["check-scopes", "--json", "--scan", place], {
    env: { GENESYSCLOUD_REGION: other.url, GENESYSCLOUD_ACCESS_TOKEN: access_token },
  });
  const { results } = json as {
    results: { verdict: string; layer: string; location: { line: number } }[];
  };
  expect(results.map(({ verdict, layer, location }) => [location.line, verdict, layer])).toEqual([
    [1, "conditional", "path"],
    [2, "allowed", "none"],
    [3, "allowed", "none"],
    [4, "conditional", "permission"],
  ]);
  await rm(place, { recursive: true });
});

test("--scan checks each call at its line and reports an invalid path as a finding", async () => {
  const { exitCode, json } = await runCli(["check-scopes", "--json", "--scan", directory], { env });
  expect(exitCode).toBe(3);
  const { results, findings } = json as {
    results: { operation: { path: string }; verdict: string; location: { line: number } }[];
    findings: { line: number; kind: string; operation: string | null; isMistake: boolean }[];
  };
  expect(results.map(({ operation, verdict, location }) => [operation.path, verdict, location.line])).toEqual(
    [
      ["/api/v2/analytics/conversations/details/query", "denied", 2],
      ["/api/v2/routing/queues/{queueId}", "allowed", 3],
    ],
  );
  expect(findings.map(({ line, kind, operation, isMistake }) => [line, kind, operation, isMistake])).toEqual([
    [1, "wrong-path", null, true],
    [2, "sdk-call", "POST /api/v2/analytics/conversations/details/query", false],
    [3, "path", "GET /api/v2/routing/queues/{queueId}", false],
  ]);
});

test("--scan exits with 5 when one call is invalid and every other call is allowed", async () => {
  sandbox.act({
    action: "role.grant",
    subject: sandbox.client.id,
    role: "Conversation Detail Reader",
    division: "*",
  });
  const argv = ["check-scopes", "--scan", directory, "--live"];
  expect((await runCli(argv, { env })).exitCode).toBe(5);
  expect((await runCli([...argv, "--fail-on", "denied"], { env })).exitCode).toBe(0);
});

test("--write-policy writes a valid policy from the findings", async () => {
  const policy = join(directory, "genscope.policy.yaml");
  const { exitCode } = await runCli([
    "check-scopes",
    "--offline",
    "--scan",
    directory,
    "--write-policy",
    policy,
  ]);
  expect(exitCode).toBe(5);
  expect(await readFile(policy, "utf8")).toBe(
    `# yaml-language-server: $schema=./node_modules/genscope/dist/schemas/genscope.policy.schema.json
version: 1
services:
  scanned:
    operations:
      - POST /api/v2/analytics/conversations/details/query # ${directory}/report.js:2
      - GET /api/v2/routing/queues/{queueId} # ${directory}/report.js:3
`,
  );
  expect((await runCli(["check-scopes", "--offline", "--policy", policy])).exitCode).toBe(0);
});

test("refuses a missing directory, and --write-policy without a scan, with exit 2", async () => {
  expect((await runCli(["check-scopes", "--scan", join(directory, "missing")], { env })).exitCode).toBe(2);
  expect(
    (await runCli(["check-scopes", "--write-policy", "x.yaml", "GET /api/v2/users"], { env })).exitCode,
  ).toBe(2);
});

test("--scan reports that nothing was checked when the code contains no call", async () => {
  const empty = await tempDir();
  await writeFile(join(empty, "a.py"), 'print("hello")\n');
  const { exitCode, stdout } = await runCli(["check-scopes", "--scan", empty, "--offline"]);
  expect([exitCode, stdout]).toEqual([
    0,
    "no call to the platform was found in the source code, so nothing was checked\n",
  ]);
});

test("--scan does not pass when the code contains the API's address but no recognized call", async () => {
  const tree = await tempDir();
  const code =
    'API = "https://api.mypurecloud.de"\ndef get(parts):\n    return send("/".join([API, "api", *parts]))\n';
  await writeFile(join(tree, "a.py"), code);
  const { exitCode, stdout } = await runCli(["check-scopes", "--scan", tree, "--offline"]);
  expect(exitCode).toBe(5);
  expect(stdout).toMatch(/a\.py:1\n.*this file contains the API's address, but the scan recognized no call/);

  await writeFile(join(tree, "a.py"), '# See https://api.mypurecloud.de for the API.\nprint("hello")\n');
  expect((await runCli(["check-scopes", "--scan", tree, "--offline"])).exitCode).toBe(0);
});

test.each<[string, string, string]>([
  [
    "takes the host from the environment",
    "client.js",
    "const host = process.env.GENESYS_HOST;\nexport const send = (route) => fetch(new URL(route, host));\n",
  ],
  [
    "takes the host from the environment in Go",
    "client.go",
    'package gc\n\nvar host = os.Getenv("GENESYS_CLOUD_HOST")\n\nfunc load(r Route) error { return send(host, r) }\n',
  ],
  [
    "defines resources with CDKTF",
    "main.ts",
    'import { RoutingQueue } from "./.gen/providers/genesyscloud/routing-queue";\n\nnew RoutingQueue(this, "queue", { name });\n',
  ],
  [
    "builds its requests at run time",
    "main.py",
    'import os\nhost = os.environ["GENESYS_HOST"]\nfor job in jobs():\n    send(host, job.verb, job.where)\n',
  ],
])("--scan exits with 5 and one open finding when the code %s", async (_, name, code) => {
  const tree = await tempDir();
  await writeFile(join(tree, name), code);
  const { exitCode, stdout } = await runCli(["check-scopes", "--scan", tree, "--offline"]);
  expect(exitCode).toBe(5);
  expect(stdout).toMatch(
    /1 wrong or unclear:\n\n\? no call recognized {2}\S+:\d+\n.*this file mentions the platform, but/,
  );
  const { json } = await runCli(["check-scopes", "--json", "--scan", tree, "--offline"]);
  expect((json as { findings: readonly unknown[] }).findings).toMatchObject([
    { operation: null, path: null, isOpen: true, isMistake: false },
  ]);
});
