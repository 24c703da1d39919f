import { expect, test } from "vitest";
import { loadCatalogue } from "../../../src/catalogue/facts/load-catalogue.ts";
import { indexOperations } from "../../../src/catalogue/scan/read/operation-index.ts";
import { createScanIndex } from "../../../src/catalogue/scan/read/scan-index.ts";
import { scanText } from "../../../src/catalogue/scan/scan-text.ts";

const index = createScanIndex(indexOperations(loadCatalogue()));
const START = ["GET /api/v2/organizations/me", "GET /api/v2/authorization/products"];
const SKILL = 'resource "genesyscloud_routing_skill" "a" {}';

function scan(text: string, file = "main.tf") {
  return scanText(text, { file, index });
}

/** Returns the operations that the given code calls, except those that the provider calls at its start. */
function called(text: string, file?: string): readonly string[] {
  return scan(text, file)
    .map(({ operation, line }) => `${line} ${operation?.method} ${operation?.path}`)
    .filter((name) => !START.some((start) => name.endsWith(start)));
}

function plan(
  changes: readonly { readonly type?: string; readonly mode?: string; readonly actions: readonly string[] }[],
): string {
  return JSON.stringify({
    format_version: "1.2",
    terraform_version: "1.9.5",
    resource_changes: changes.map(
      ({ type = "genesyscloud_routing_wrapupcode", mode = "managed", actions }) => ({
        address: `${type}.a`,
        mode,
        type,
        name: "a",
        change: { actions },
      }),
    ),
  });
}

function methods(actions: readonly string[]): readonly string[] {
  return scan(plan([{ actions }]), "plan")
    .filter(({ operation }) => operation?.path.includes("wrapupcodes") === true)
    .map(({ operation }) => operation?.method ?? "")
    .toSorted();
}

test.each([
  [["create"], ["GET", "GET", "POST", "PUT"]],
  [["update"], ["GET", "GET", "PUT"]],
  [["delete"], ["DELETE", "GET", "GET", "PUT"]],
  [
    ["create", "delete"],
    ["DELETE", "GET", "GET", "POST", "PUT"],
  ],
  [["no-op"], ["GET", "GET"]],
  [["read"], ["GET", "GET"]],
  [["forget"], ["GET", "GET"]],
  [["an action of next year"], ["DELETE", "GET", "GET", "POST", "PUT"]],
  [[], ["DELETE", "GET", "GET", "POST", "PUT"]],
])("a Terraform plan with the actions %j needs %j", (actions, expected) => {
  expect(methods(actions)).toEqual(expected);
});

test("a Terraform type whose creation includes a deletion needs both calls", () => {
  const text = plan([{ type: "genesyscloud_intents_customerintents", actions: ["create"] }]);
  expect(called(text, "plan").filter((name) => name.includes("DELETE"))).toEqual([
    "1 DELETE /api/v2/intents/customerintents/{customerIntentId}",
  ]);
});

test.each([["resource"], ["data"], ["ephemeral"], ["list"], ["action"]])(
  "an unknown type of a %s block is reported as an open question, with the date of the facts",
  (block) => {
    const finding = scan(`${block} "genesyscloud_time_machine" "a" {}`).find(
      ({ operation }) => operation === null,
    );
    expect(finding).toMatchObject({ kind: "terraform", confidence: "medium" });
    expect(finding?.message).toMatch(
      /genscope's facts as of 2026-07-01 do not contain `genesyscloud_time_machine`$/,
    );
  },
);

test("a Terraform plan entry whose mode is neither managed nor data is reported as an open question", () => {
  const text = plan([{ mode: "ephemeral", type: "genesyscloud_user", actions: ["create"] }]);
  expect(scan(text, "plan").map(({ message }) => message)).toContain(
    "what `genesyscloud_user.a` needs is unknown: genscope's facts as of 2026-07-01 do not contain `genesyscloud_user`",
  );
});

test("a Terraform call missing from the catalog is reported as an open question and never ignored", () => {
  const open = scan('resource "genesyscloud_script" "a" {}').filter(({ operation }) => operation === null);
  expect(open.map(({ path }) => path)).toEqual([
    "/api/v2/authorization/divisions/{divisionId}",
    "/api/v2/scripts/{scriptId}",
  ]);
  expect(open[0]?.message).toContain("is not in the catalogue of 2026-09-16");
});

test("a Terraform plan is recognized by its content under any file name, even with a byte order mark", () => {
  const text = plan([{ actions: ["create"] }]);
  for (const file of ["plan", "plan.txt", "a/tfplan.json"])
    expect(called(`\ufeff${text}`, file)).toHaveLength(4);
  expect(called(text.replace("terraform_version", "version"), "plan.json")).toEqual([]);
});

test("a Terraform plan that is cut off is reported as an open question", () => {
  const text = plan([{ actions: ["create"] }, { type: "genesyscloud_user", actions: ["create"] }]);
  const [first] = scan(text.slice(0, -40), "plan.json");
  expect([first?.operation, first?.message]).toEqual([
    null,
    "this file is truncated or is not valid JSON: what the rest needs is unknown",
  ]);
  expect(scan('{"resource": {"genesyscloud_routing_skill": {"a": {}', "a.tf.json")[0]?.message).toMatch(
    /truncated/,
  );
});

test("the log of `terraform plan` is reported as an open question, because it omits objects without changes", () => {
  const lines = [
    { "@level": "info", "@module": "terraform.ui", type: "version", terraform: "1.9.5" },
    { "@level": "info", "@module": "terraform.ui", hook: { resource: { addr: "genesyscloud_user.a" } } },
  ];
  const findings = scan(lines.map((line) => JSON.stringify(line)).join("\n"), "plan.json");
  expect(findings.map(({ line, message }) => [line, message])).toEqual([
    [1, expect.stringContaining("scan the output of `terraform show -json`")],
  ]);
});

test("values in a Terraform plan are not treated as calls", () => {
  const text = plan([{ actions: ["no-op"] }]).replace(
    '"name":"a"',
    '"name":"a","x":"https://api.mypurecloud.com/api/v2/users/me"',
  );
  expect(called(text, "plan.json")).toHaveLength(2);
});

test.each([
  ["with Windows line endings", `locals {\r\n  a = <<EOT\r\n${SKILL}\r\n  EOT\r\n}\r\n`, 0],
  ["that is not closed", `locals {\n  a = <<EOT\n${SKILL}\n`, 0],
  ["with its end marker inside its text", `locals {\n  a = <<-EOT\n  EOT EOT\n${SKILL}\n  EOT\n}\n`, 0],
  ["before a block", `locals {\n  a = <<EOT\n"\nEOT\n}\n${SKILL}\n`, 4],
  ["of nothing", `locals {\n  a = <<EOT\nEOT\n}\n${SKILL}\n`, 4],
])("a Terraform heredoc %s is treated as text", (_, text, count) => {
  expect(called(text)).toHaveLength(count);
});

test("all of a thousand Terraform blocks of one type are reported, and each kind of change in a plan is counted separately", () => {
  expect(called(`${SKILL}\n`.repeat(1_500))).toHaveLength(4 * 1_000);
  const changes = Array.from({ length: 1_500 }, () => ({ actions: ["no-op"] }));
  const text = plan([...changes, { actions: ["delete"] }]);
  expect(called(text, "plan").filter((name) => name.includes("DELETE"))).toHaveLength(1);
});

test("a Terraform block is found in a file with syntax errors", () => {
  expect(called(`locals {\n}}\n${SKILL}\nresource "genesyscloud_user"\n`)).toHaveLength(4);
  expect(called(`resource /* "genesyscloud_user" */ "genesyscloud_routing_skill" /**/ "a" {`)).toHaveLength(
    4,
  );
});

test("reads the source of a Terraform module wherever its attribute is", () => {
  const text = `module "m" {\n  a = { source = "./near" }\n${"  b = 1\n".repeat(2_000)}  source = "./far"\n}\nlocals { source = "genesys" }\n`;
  const options = {
    file: "main.tf",
    index,
    reaches: (path: string) => path === "./near",
  };
  expect(scanText(text, options).map(({ message }) => message)).toEqual([
    expect.stringContaining("`./far` is not among the scanned files"),
  ]);
});

test("a Terraform module that the scan does not read is reported as an open question when it may use the platform", () => {
  const open = (source: string, reached: boolean, more = "") =>
    scanText(`provider "genesyscloud" {}\nmodule "m" {\n  source = "${source}"\n${more}}\n`, {
      file: "main.tf",
      index,
      reaches: () => reached,
    }).filter(({ operation }) => operation === null).length;
  expect(open("./queues", true)).toBe(0);
  expect(open("../queues", false)).toBe(1);
  expect(open("terraform-aws-modules/lambda/aws", false)).toBe(0);
  expect(open("git::https://example.com/genesys-queues.git", true)).toBe(1);
  expect(open("./queues", false, `${"  a = 1\n".repeat(2_000)}`)).toBe(1);
  expect(open("example/queues/any", true, "providers = { genesyscloud = genesyscloud.eu }\n")).toBe(1);
});
