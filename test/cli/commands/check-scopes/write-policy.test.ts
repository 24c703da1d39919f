import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { parsePolicy } from "../../../../src/access/policy/parse-policy.ts";
import { loadCatalogue } from "../../../../src/catalogue/facts/load-catalogue.ts";
import { isTestFile } from "../../../../src/cli/scan/test-file.ts";
import { runCli } from "../../../support/run-cli.ts";
import { tempDir } from "../../../support/temp-dir.ts";

const catalogue = loadCatalogue();
const CALLS = `// genesys cloud: https://api.mypurecloud.com
fetch("https://api.mypurecloud.com/api/v2/routing/queues", { method: "GET" });
fetch("https://api.mypurecloud.com/api/v2/users/me", { method: "GET" });
`;
const TEST_CALL = `fetch("https://api.mypurecloud.com/api/v2/routing/skills", { method: "GET" });\n`;

async function tree() {
  const directory = await tempDir();
  const source = join(directory, "src");
  await mkdir(join(source, "test"), { recursive: true });
  await writeFile(join(source, "app.js"), CALLS);
  await writeFile(join(source, "test", "app.test.js"), TEST_CALL);
  const file = join(directory, "genscope.policy.yaml");
  const write = async (...flags: readonly string[]) =>
    await runCli(["check-scopes", "--write-policy", file, ...flags, "--scan", source]);
  return { source, file, write, read: async () => await readFile(file, "utf8") };
}

test("--write-policy needs no token and writes the schema, the location of each call and the division", async () => {
  const { source, write, read, file } = await tree();
  const { exitCode, stderr } = await write("--division", "Sales");
  expect([exitCode, stderr]).toEqual([0, expect.stringContaining("not checked, because there is no login")]);
  expect(stderr).toContain("left out: 1 operation that only test files call; --include-tests adds them");
  const text = await read();
  expect(text.split("\n")[0]).toMatch(/^# yaml-language-server: \$schema=/);
  expect(text).toContain(`- GET /api/v2/routing/queues # ${source}/app.js:2`);
  expect(text).not.toContain("skills");
  const [service] = parsePolicy(text, { file, catalogue }).services;
  expect([service?.division, service?.items.length]).toEqual(["Sales", 2]);
});

test("--write-policy includes calls in test files on request", async () => {
  const { write, read } = await tree();
  await write("--include-tests");
  expect(await read()).toContain("GET /api/v2/routing/skills");
});

const CURATED = `# our own policy
version: 1
services:
  wallboard: # the big screen
    description: shows queues
    operations:
      - operation: GET /api/v2/routing/queues
        division: Sales
        note: only these
      - anyOf: [getUsers, getUser]
    environments:
      prod: { profile: prod }
`;

test("--write-policy keeps everything in an existing policy and adds the missing entries", async () => {
  const { write, read, file } = await tree();
  await writeFile(file, CURATED);
  const { stderr } = await write();
  expect(stderr).toContain(`1 operation added to ${file}; the rest of the policy is unchanged`);
  const text = await read();
  for (const line of CURATED.trimEnd().split("\n")) expect(text).toContain(line.trim());
  const { services } = parsePolicy(text, { file, catalogue });
  expect(services.map(({ name }) => name)).toEqual(["wallboard", "scanned"]);
  expect(services[1]?.items).toMatchObject([{ kind: "operation", name: "GET /api/v2/users/me" }]);

  expect((await write()).stderr).toContain("already contains the 2 operations");
  expect(await read()).toBe(text);
});

test.each([
  ["another YAML file", "name: deploy\non: push\n"],
  ["a file that is not YAML", "{{{\n"],
  ["a policy with a mistake", "version: 1\nservices: { a: { operations: [getNothingLikeThis] } }\n"],
  ["an empty file", ""],
])("--write-policy does not overwrite %s without --force", async (_name, content) => {
  const { write, read, file } = await tree();
  await writeFile(file, content);
  const { exitCode, stderr } = await write();
  expect([exitCode, await read()]).toEqual([2, content]);
  expect(stderr).toContain("--force");
  expect((await write("--force")).exitCode).toBe(0);
  expect(await read()).toContain("GET /api/v2/users/me");
});

test("--write-policy reports the first problem of an invalid policy or a directory in its place, and changes neither", async () => {
  const { write, file, source } = await tree();
  await writeFile(file, "version: 1\nservices:\n  a:\n    operations: []\n");
  expect((await write()).stderr).toContain(
    "is not a valid policy, so nothing was added to it: line 4: `operations` must list at least one",
  );
  const { exitCode, stderr } = await runCli(["check-scopes", "--write-policy", source, "--scan", source]);
  expect([exitCode, stderr]).toEqual([2, expect.stringContaining("specify a file instead of a directory")]);
});

test("a scan without operations writes no policy, and an empty role does not claim that no permission is needed", async () => {
  const { source, file, read } = await tree();
  const tests = join(source, "test");
  const written = await runCli(["check-scopes", "--write-policy", file, "--scan", tests]);
  expect(written.stderr).toContain(`nothing written to ${file}: no operations remain`);
  await expect(read()).rejects.toThrow("ENOENT");
  const role = await runCli(["check-scopes", "--emit", "role", "--scan", tests]);
  expect(role.stderr).toContain("the role is empty: no operations remain");
});

test("an emitted role is accompanied by the calls missing from the catalog", async () => {
  const { source } = await tree();
  await writeFile(join(source, "new.js"), 'fetch("https://api.mypurecloud.com/api/v2/foo/bar");\n');
  const { stderr } = await runCli(["check-scopes", "--emit", "role", "--scan", source]);
  expect(stderr).toContain(`left out: ${source}/new.js:1: \`/api/v2/foo/bar\` is not in the catalogue of`);
});

test("an emitted role names the calls that need a user and those it omits", async () => {
  const { source } = await tree();
  const role = await runCli(["check-scopes", "--emit", "role", "--division", "Sales", "--scan", source]);
  expect(role.exitCode).toBe(0);
  expect(role.json).toMatchObject({ permissionPolicies: [{ domain: "routing", entityName: "queue" }] });
  expect(role.stderr).toContain(
    'in division "Sales", grant role "genscope least privilege" to the users who log in',
  );
  expect(role.stderr).toContain("GET /api/v2/users/me needs a user; client credentials are refused");
  expect(role.stderr).toContain("that only test files call");
  const terraform = await runCli(["check-scopes", "--emit", "terraform", "--scan", source]);
  expect(terraform.stdout).toContain('authorized_grant_type = "CODE"');
  expect(terraform.stdout).toContain(`# GET /api/v2/routing/queues (${source}/app.js:2)`);
});

test("--force without --write-policy is a usage error", async () => {
  expect((await runCli(["check-scopes", "--force", "getUsers"])).exitCode).toBe(2);
});

test.each([
  ["src/app.ts", ["src"], false],
  ["src/app.test.ts", ["src"], true],
  ["src/__tests__/app.ts", ["src"], true],
  ["test/app.ts", ["."], true],
  ["test/app.ts", ["test"], false],
  ["test/app.test.ts", ["test"], true],
  ["test/app.test.ts", ["test/app.test.ts"], false],
  ["pkg/app_test.go", ["./pkg/"], true],
  ["pkg/test_app.py", ["pkg"], true],
  ["pkg/conftest.py", ["pkg"], true],
  ["pkg/AppTests.cs", ["pkg"], true],
  ["pkg/AppTest.java", ["pkg"], true],
  ["pkg/app_spec.rb", ["pkg"], true],
  ["pkg/latest.py", ["pkg"], false],
  ["pkg/Contest.cs", ["pkg"], false],
  ["pkg/protest/app.py", ["pkg"], false],
])("the scan treats %s below %j as a test file: %s", (file, scanned, isTest) => {
  expect(isTestFile(file, scanned)).toBe(isTest);
});

test.each([
  ["genscope.policy.yaml", CURATED],
  ["rights.yml", "version: 1\nservices:\n  a:\n    operations:\n      - GET /api/v2/groups\n"],
  [
    "deploy/needs.yaml",
    "services:\n  b:\n    operations:\n      - getUsers\n    permissions:\n      - routing:queue:edit\nversion: 1\n",
  ],
])("the scan finds no call in the policy file %s", async (name, text) => {
  const { source, write, read } = await tree();
  await mkdir(join(source, "deploy"));
  await writeFile(join(source, name), text);
  const { stderr } = await write();
  expect(stderr).toContain("2 operations written to");
  const written = await read();
  expect(written).toContain(`GET /api/v2/routing/queues # ${source}/app.js:2`);
  expect(written).not.toMatch(/groups|# [^\n]*\.ya?ml:/);
});

test("the scan does not mistake a container file that calls the platform for a policy", async () => {
  const { source, write, read } = await tree();
  const text = `version: "3"\nservices:\n  sync:\n    command: curl https://api.mypurecloud.com/api/v2/groups\n`;
  await writeFile(join(source, "compose.yaml"), text);
  await write();
  expect(await read()).toContain(`GET /api/v2/groups # ${source}/compose.yaml:4`);
});
