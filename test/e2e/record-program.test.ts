import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { copyFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { asArray, asRecord, asString, parseJson } from "../../src/core/json.ts";
import type { Sandbox } from "../../src/sandbox/sandbox.ts";
import { call, json, sandboxFor } from "../sandbox/client.ts";
import { runGenscope, startGenscope } from "../support/genscope-process.ts";
import { startPlatformFront } from "../support/platform-front.ts";
import { tempDir } from "../support/temp-dir.ts";

const FIXTURES = join(import.meta.dirname, "fixtures/recorded");
const HOST = "api.mypurecloud.de";
const USED = ["getRoutingQueues", "getUsers", "postAnalyticsConversationsDetailsQuery"];
const DAY_MS = 86_400_000;
/** Permissions that the check itself needs, in addition to the program's. */
const READER = ["authorization:grant:view", "authorization:policy:view", "authorization:role:view"];

const hasTool = (name: string) => spawnSync(name, [name === "go" ? "version" : "--version"]).status === 0;

/** Programs that all make the same three calls. */
const PROGRAMS: readonly (readonly [name: string, command: () => Promise<readonly string[]>])[] = [
  ["curl", async () => ["sh", join(FIXTURES, "program.sh")]],
  ["node", async () => [process.execPath, join(FIXTURES, "program.mjs")]],
  ["python3", async () => ["python3", join(FIXTURES, "program.py")]],
  ["go", async () => [await buildGo()]],
];

async function buildGo(): Promise<string> {
  const directory = await tempDir();
  await copyFile(join(FIXTURES, "program.go.txt"), join(directory, "program.go"));
  const program = join(directory, "program");
  const env = { ...process.env, GO111MODULE: "off", GOFLAGS: "" };
  const built = spawnSync("go", ["build", "-o", program, "program.go"], { cwd: directory, env });
  expect([built.status, String(built.stderr)]).toEqual([0, ""]);
  return program;
}

/** Returns the variables for a program that calls `api`, and for genscope as the same client. */
async function environmentOf(sandbox: Sandbox, api: string): Promise<Record<string, string>> {
  const reply = await fetch(`${sandbox.url}/oauth/token`, {
    method: "POST",
    headers: {
      authorization: `Basic ${Buffer.from(`${sandbox.client.id}:${sandbox.client.secret}`).toString("base64")}`,
    },
    body: new URLSearchParams({ grant_type: "client_credentials" }),
  });
  const token = asString(asRecord(await reply.json())["access_token"]) ?? "";
  const now = Date.now();
  const interval = `${new Date(now - DAY_MS).toISOString()}/${new Date(now).toISOString()}`;
  return {
    HOME: process.env["HOME"] ?? "",
    API: api,
    TOKEN: token,
    QUERY: JSON.stringify({ interval, paging: { pageSize: 25, pageNumber: 1 } }),
    GENESYSCLOUD_REGION: sandbox.url,
    GENESYSCLOUD_ACCESS_TOKEN: token,
  };
}

/** Grants the client of the scenario these permissions and those that the check needs, and no others. */
async function grantOnly(sandbox: Sandbox, permissions: readonly string[]): Promise<void> {
  const state = json((await call(sandbox, "GET /sandbox/state")).at("organizations.0"));
  const roles = new Map(
    asArray(state.at("roles")).map((role) => [asRecord(role)["id"], asRecord(role)["name"]]),
  );
  const held = asArray(state.at(`grants.${sandbox.client.id}`)).map((grant) =>
    roles.get(asRecord(grant)["roleId"]),
  );
  for (const [index, name] of held.entries()) {
    sandbox.act({
      action: "role.upsert",
      name,
      permissions: index === 0 ? READER : index === 1 ? permissions : [],
    });
  }
}

/** Returns the permissions of a role that `--emit role` printed. */
function permissionsIn(text: string): readonly string[] {
  return asArray(asRecord(parseJson(text))["permissionPolicies"]).flatMap((each) => {
    const { domain, entityName, actionSet } = asRecord(each);
    return asArray(actionSet).map((action) => `${domain}:${entityName}:${action}`);
  });
}

describe.each(PROGRAMS)("a program of %s", (tool, commandOf) => {
  test.skipIf(!hasTool(tool))(
    `is recorded over TLS; its policy passes with its least-privilege role and fails with one permission fewer${hasTool(tool) ? "" : ` (needs ${tool})`}`,
    async () => {
      const sandbox = await sandboxFor({ scenario: "healthy" });
      const front = await startPlatformFront(sandbox.url, HOST);
      const env: Record<string, string> = {
        ...(await environmentOf(sandbox, `https://${HOST}`)),
        HTTPS_PROXY: front.proxy,
      };
      const command = await commandOf();
      const record = async (flags: readonly string[]) =>
        await runGenscope(["record", "--ca-cert", front.certificate, ...flags, "--", ...command], env);

      const policy = join(await tempDir(), "genscope.policy.yaml");
      const first = await record(["--json", "--write-policy", policy]);
      const document = json(parseJson(first.stdout));
      expect([first.exitCode, document.each("operations", "operation.operationId")]).toEqual([
        0,
        expect.anything(),
      ]);
      expect(document.each("operations", "operation.operationId").toSorted()).toEqual(USED);
      expect(document.each("operations", "statuses")).toEqual(USED.map(() => [{ status: 200, calls: 1 }]));
      expect(front.tunnels.map(({ target }) => target)).toContain(`${HOST}:443`);
      const token = env["TOKEN"] ?? "-";
      for (const text of [first.stdout, first.stderr]) expect(text).not.toContain(token);

      const emitted = await record(["--emit", "role"]);
      const least = permissionsIn(emitted.stdout);
      expect(least.length).toBeGreaterThan(1);
      const check = async () => await runGenscope(["check-scopes", "--policy", policy], env);
      await grantOnly(sandbox, least);
      expect((await check()).exitCode).toBe(0);
      expect((await record([])).stderr).not.toMatch(/^403/m);
      await grantOnly(sandbox, least.slice(1));
      expect((await check()).exitCode).toBe(3);
      expect((await record([])).stderr).toMatch(/^403/m);
    },
  );
});

describe("a recorded program", () => {
  const shell = async (
    script: string,
    env: Readonly<Record<string, string>>,
    flags: readonly string[] = [],
  ) => await runGenscope(["record", "--offline", "--json", ...flags, "--", "sh", "-c", script], env);

  test("is recorded over plain HTTP on the loopback interface", async () => {
    const sandbox = await sandboxFor({ scenario: "healthy" });
    const env = await environmentOf(sandbox, sandbox.url);
    const run = await shell(`sh ${join(FIXTURES, "program.sh")}`, env);
    expect(json(parseJson(run.stdout)).each("operations", "operation.operationId").toSorted()).toEqual(USED);
    expect(run.stderr).toMatch(/^200 true$/m);
  });

  test("keeps its exit code, and its output goes to stderr", async () => {
    const run = await shell("echo hello; exit 7", {});
    expect([run.exitCode, json(parseJson(run.stdout)).at("program")]).toEqual([
      7,
      { name: "sh", exitCode: 7 },
    ]);
    expect(run.stderr).toContain("hello\n");
    expect(run.stderr).toContain("no call to the platform API was recorded: the program made none, or");
    const absent = await runGenscope(["record", "--json", "--", "no-such-program"], {});
    expect([absent.exitCode, json(parseJson(absent.stdout)).at("error.message")]).toEqual([
      2,
      "there is no program named `no-such-program`",
    ]);
  });

  test("gets one private file with certificates, which contains no key and is removed even after Ctrl-C", async () => {
    const look =
      'd=$(dirname "$SSL_CERT_FILE"); echo "$d"; ls -ld "$d" "$SSL_CERT_FILE" | cut -c1-10; ls "$d"; cat "$d"/*';
    const run = await shell(look, {});
    const [directory = "", ...lines] = run.stderr.split("\n");
    expect(lines.slice(0, 3)).toEqual(["drwx------", "-rw-------", "certificates.pem"]);
    expect(run.stderr).toContain("BEGIN CERTIFICATE");
    expect(run.stderr).not.toContain("PRIVATE KEY");
    expect(existsSync(directory)).toBe(false);

    const script = 'echo "at $SSL_CERT_FILE"; kill -INT $PPID; exec sleep 30';
    const stopped = startGenscope(["record", "--offline", "--json", "--", "sh", "-c", script], {});
    const [, file = ""] = await stopped.says(/at (\S+)\n/);
    const ending = await stopped.ended;
    expect(json(parseJson(ending.stdout)).at("schema")).toBe("genscope/record/v1");
    expect(ending.exitCode).toBe(143);
    expect(existsSync(file)).toBe(false);
  });

  test("reaches hosts outside the platform through an unread tunnel, with their own certificates", async () => {
    const sandbox = await sandboxFor({ scenario: "healthy" });
    const front = await startPlatformFront(sandbox.url, "other.example.com");
    const env = { HTTPS_PROXY: front.proxy };
    const run = await shell("curl -sv https://other.example.com/api/v2/users/me", env, [
      "--ca-cert",
      front.certificate,
    ]);
    expect(run.stderr).toContain("issuer: CN=genscope test");
    const document = json(parseJson(run.stdout));
    expect([document.at("calls"), document.at("ignored")]).toEqual([0, 0]);
    expect(front.tunnels.map(({ target }) => target)).toEqual(["other.example.com:443"]);
  });

  test("receives no response from a host whose certificate is not trusted", async () => {
    const sandbox = await sandboxFor({ scenario: "healthy" });
    const front = await startPlatformFront(sandbox.url, HOST);
    const run = await shell(`curl -s https://${HOST}/api/v2/users/me`, { HTTPS_PROXY: front.proxy });
    expect(run.stderr).toContain(`no response from ${HOST}`);
    expect(json(parseJson(run.stdout)).at("operations.0.statuses")).toEqual([{ status: null, calls: 1 }]);
    const off = await shell("true", { NODE_TLS_REJECT_UNAUTHORIZED: "0" });
    expect([off.exitCode, json(parseJson(off.stdout)).at("error.code")]).toEqual([
      9,
      "network.verification_off",
    ]);
  });

  test("is the only program that the recording proxy serves", async () => {
    const script = 'curl -s -o /dev/null -w "%{http_code} %{http_connect}" -x "${HTTPS_PROXY#*@}"';
    const run = await shell(`${script} http://127.0.0.1:9/api/v2/users; ${script} https://${HOST}/`, {});
    expect(run.stderr).toMatch(/^407 000.*407/s);
  });
});

test("still trusts the user's own certificate file", async () => {
  const sandbox = await sandboxFor({ scenario: "healthy" });
  const front = await startPlatformFront(sandbox.url, "other.example.com");
  const bundle = join(await tempDir(), "own.pem");
  await copyFile(front.certificate, bundle);
  const env = { HTTPS_PROXY: front.proxy, CURL_CA_BUNDLE: bundle };
  const script = "curl -s -o /dev/null -w '%{ssl_verify_result}' https://other.example.com/";
  const run = await runGenscope(["record", "--offline", "--", "sh", "-c", script], env);
  expect([run.exitCode, run.stderr]).toEqual([0, expect.stringMatching(/^0/)]);
});
