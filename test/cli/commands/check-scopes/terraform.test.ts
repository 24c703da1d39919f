import { mkdir, readFile, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { launchSandbox } from "../../../sandbox/client.ts";
import { FakeClock } from "../../../support/fake-clock.ts";
import { runCli } from "../../../support/run-cli.ts";
import { tempDir } from "../../../support/temp-dir.ts";

const PROVIDER = 'provider "genesyscloud" {\n  aws_region = "eu-west-1"\n}\n';
const SKILL = 'resource "genesyscloud_routing_skill" "spanish" {\n  name = "Spanish"\n}\n';
const QUEUE = 'data "genesyscloud_routing_queue" "support" {\n  name = "Support"\n}\n';
const PLAN = {
  format_version: "1.2",
  terraform_version: "1.9.5",
  resource_changes: [
    {
      address: "genesyscloud_routing_skill.spanish",
      mode: "managed",
      type: "genesyscloud_routing_skill",
      name: "spanish",
      change: { actions: ["create"] },
    },
  ],
};

async function makeTree(files: Readonly<Record<string, string | Buffer>>): Promise<string> {
  const root = await tempDir();
  for (const [name, content] of Object.entries(files)) {
    await mkdir(dirname(join(root, name)), { recursive: true });
    await writeFile(join(root, name), content);
  }
  return root;
}

/**
 * Starts a sandbox with a client that holds these permissions and may read access policies. Returns an environment
 * with its token.
 */
async function clientWith(permissions: readonly string[]) {
  const sandbox = await launchSandbox({}, new FakeClock());
  onTestFinished(() => sandbox.close());
  sandbox.act({
    action: "role.upsert",
    name: "Deployment",
    permissions: [...permissions, "authorization:policy:view"],
  });
  const { id } = sandbox.act({ action: "client.upsert", name: "Terraform" }) as { id: string };
  sandbox.act({ action: "role.grant", subject: id, role: "Deployment", division: "*" });
  const { access_token } = sandbox.act({ action: "token.mint", client: id }) as { access_token: string };
  return { GENESYSCLOUD_REGION: sandbox.url, GENESYSCLOUD_ACCESS_TOKEN: access_token };
}

interface Checked {
  readonly results: readonly {
    readonly operation: { readonly method: string; readonly path: string };
    readonly verdict: string;
    readonly location: { readonly file: string; readonly line: number };
  }[];
  readonly findings: readonly { readonly kind: string; readonly isOpen: boolean; readonly message: string }[];
}

test("--scan checks every Terraform resource and data source at its line", async () => {
  const tree = await makeTree({ "main.tf": PROVIDER + SKILL, "modules/a/queue.tf": QUEUE });
  const env = await clientWith(["routing:skill:manage", "routing:skill:view", "routing:queue:view"]);
  const { exitCode, json } = await runCli(["check-scopes", "--json", "--scan", tree], { env });
  const { results } = json as Checked;
  const lines = results.map(
    ({ operation, verdict, location }) =>
      `${location.file.slice(tree.length + 1)}:${location.line} ${operation.method} ${operation.path.slice(8)} ${verdict}`,
  );
  expect(lines).toEqual([
    "main.tf:1 GET organizations/me allowed",
    "main.tf:1 GET authorization/products allowed",
    "main.tf:4 GET routing/skills allowed",
    "main.tf:4 POST routing/skills allowed",
    "main.tf:4 DELETE routing/skills/{skillId} allowed",
    "main.tf:4 GET routing/skills/{skillId} allowed",
    "modules/a/queue.tf:1 GET routing/queues allowed",
    "modules/a/queue.tf:1 GET routing/queues/{queueId} allowed",
    "modules/a/queue.tf:1 GET routing/queues/{queueId}/wrapupcodes allowed",
  ]);
  expect(exitCode).toBe(0);
});

test("--scan denies a read-only client the changes of a Terraform resource", async () => {
  const tree = await makeTree({ "main.tf": SKILL });
  const env = await clientWith(["routing:skill:view"]);
  const { exitCode, json } = await runCli(["check-scopes", "--json", "--scan", tree], { env });
  const denied = (json as Checked).results.filter(({ verdict }) => verdict === "denied");
  expect(denied.map(({ operation }) => operation.method)).toEqual(["POST", "DELETE"]);
  expect(exitCode).toBe(3);
});

test("--scan exits with 5 for an unknown Terraform type or call although everything else is allowed", async () => {
  for (const type of ["genesyscloud_time_machine", "genesyscloud_script", "genesyscloud_tf_export"]) {
    const tree = await makeTree({ "main.tf": `${SKILL}resource "${type}" "a" {}\n` });
    const env = await clientWith(["*:*:*"]);
    const { exitCode, json } = await runCli(["check-scopes", "--json", "--scan", tree, "--live"], { env });
    const { findings } = json as Checked;
    expect([type, exitCode]).toEqual([type, 5]);
    expect(findings.filter(({ isOpen }) => isOpen).length).toBeGreaterThan(0);
    expect(findings.every(({ isOpen, message }) => !isOpen || message.includes(type))).toBe(true);
  }
});

test("the role emitted for a Terraform configuration suffices, and names what it leaves out", async () => {
  const tree = await makeTree({ "main.tf": `${SKILL}${QUEUE}resource "genesyscloud_time_machine" "a" {}\n` });
  const argv = ["check-scopes", "--scan", tree, "--emit", "role"];
  const { stdout, stderr } = await runCli(argv);
  expect(stderr).toContain(
    `left out: ${tree}/main.tf:7: what \`genesyscloud_time_machine.a\` needs is unknown`,
  );
  const { permissionPolicies } = JSON.parse(stdout) as {
    permissionPolicies: { domain: string; entityName: string; actionSet: string[] }[];
  };
  const permissions = permissionPolicies.flatMap(({ domain, entityName, actionSet }) =>
    actionSet.map((action) => `${domain}:${entityName}:${action}`),
  );
  const env = await clientWith(permissions);
  const { json } = await runCli(["check-scopes", "--json", "--scan", tree], { env });
  expect((json as Checked).results.filter(({ verdict }) => verdict !== "allowed")).toEqual([]);
});

test("a policy written for a Terraform configuration names each call once, with the first block that needs it", async () => {
  const tree = await makeTree({
    "a.tf": SKILL,
    "b.tf": SKILL,
    "c.tf": 'resource "genesyscloud_script" "s" {}\n',
  });
  const file = join(await tempDir(), "genscope.policy.yaml");
  const { stderr } = await runCli(["check-scopes", "--offline", "--write-policy", file, "--scan", tree]);
  const text = await readFile(file, "utf8");
  expect(text.match(/routing\/skills\b.*/g)).toEqual([
    `routing/skills # ${tree}/a.tf:1`,
    `routing/skills # ${tree}/a.tf:1`,
    `routing/skills/{skillId} # ${tree}/a.tf:1`,
    `routing/skills/{skillId} # ${tree}/a.tf:1`,
  ]);
  expect(stderr).toContain(
    `left out: ${tree}/c.tf:1: \`DELETE /api/v2/scripts/{scriptId}\` is not in the catalogue`,
  );
  const { exitCode } = await runCli(["check-scopes", "--offline", "--policy", file]);
  expect(exitCode).toBe(0);
});

test("a Terraform plan needs only the permissions of its actions", async () => {
  const tree = await makeTree({ plan: JSON.stringify(PLAN) });
  const env = await clientWith(["routing:skill:manage"]);
  const { json } = await runCli(["check-scopes", "--json", "--scan", join(tree, "plan")], { env });
  const { results } = json as Checked;
  expect(results.map(({ operation }) => operation.method)).toEqual(["GET", "GET", "GET", "POST", "GET"]);
});

test("a binary Terraform plan is not scanned, and the message says what to scan instead", async () => {
  const archive = Buffer.concat([
    Buffer.from("PK\u0003\u0004\u0014\u0000\u0000\u0000"),
    Buffer.from("tfplan"),
    Buffer.alloc(9),
  ]);
  const tree = await makeTree({ "main.tf": SKILL, "out.tfplan": archive, "other.bin": Buffer.alloc(20) });
  const { stderr } = await runCli(["check-scopes", "--offline", "--scan", tree]);
  expect(stderr.trim().split("\n")).toEqual([
    `not scanned: ${tree}/out.tfplan: a binary plan; scan the output of \`terraform show -json FILE\` instead`,
  ]);
});

test("--scan exits with 5 for a Terraform module outside the scanned directories, even in a file that does not mention the platform", async () => {
  const tree = await makeTree({
    "prod/main.tf": 'module "skills" {\n  source = "../modules/skills"\n}\n',
    "prod/providers.tf": PROVIDER,
    "modules/skills/main.tf": SKILL,
    "vendor/queues/main.tf": QUEUE,
    "all.tf": 'module "queues" { source = "./vendor/queues" }\n',
  });
  const openIn = async (path: string) => {
    const { json, exitCode } = await runCli(["check-scopes", "--offline", "--json", "--scan", path]);
    const open = (json as Checked).findings.filter(({ isOpen }) => isOpen);
    return [exitCode, open.map(({ message }) => /module `(\w+)`/.exec(message)?.[1])];
  };
  expect(await openIn(join(tree, "prod"))).toEqual([5, ["skills"]]);
  expect(await openIn(tree)).toEqual([5, ["queues"]]);
});

test("a large exported Terraform configuration is scanned, not skipped as a description of the API", async () => {
  const { loadCatalogue } = await import("../../../../src/catalogue/facts/load-catalogue.ts");
  const types = [...loadCatalogue().terraformTypes().values()].filter(({ block }) => block === "resource");
  const text = types.map(({ type }) => `resource "${type}" "a" {}\n`).join("");
  const tree = await makeTree({ "main.tf": text });
  const { json } = await runCli(["check-scopes", "--offline", "--json", "--scan", tree]);
  expect((json as Checked).results.length).toBeGreaterThan(700);
});
