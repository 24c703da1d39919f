import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { asArray, asRecord, asString, parseJson } from "../../../../src/core/json.ts";
import { call, json } from "../../../sandbox/client.ts";
import { clientsWorld } from "../../../support/clients-world.ts";
import { credentialsFor } from "../../../support/credentials.ts";
import { runCli } from "../../../support/run-cli.ts";
import { readStoredSchema, violationsOf } from "../../../support/stored-schemas.ts";
import { tempDir } from "../../../support/temp-dir.ts";
import { JUNIT_SCHEMAS, readValidXml, textsAt } from "../../../support/xml-schemas.ts";

const CLIENT = "organizations.0.clients.0";

describe("the report on one client", () => {
  test("shows the client's calls, its refused calls with the missing permission, and its permissions", async () => {
    const { run } = await clientsWorld();
    const { stdout } = await run("recording ARCHIVE");
    expect(stdout).toMatch(
      /^GET \/api\/v2\/recordings\/screensessions\/details\t1800\t0\t1800\t0\t0\t[\d-]+$/m,
    );
    expect(stdout).toContain("denied at layer permission: missing recording:screenRecording:view");
    expect(stdout).toMatch(/^held and used\n {2}analytics:conversationDetail:view$/m);
    expect(stdout).toMatch(/^why calls may be missing\n {2}calls after [\d-]+ are not reported yet/m);
  });

  test("counts only the access policies that apply to the client", async () => {
    const { run, act } = await clientsWorld();
    const target = "analytics:conversationDetail:view";
    act("usage.record", {
      client: "Recording archive",
      operation: "POST /api/v2/analytics/conversations/details/query",
      status: 400,
    });
    act("policy.upsert", { name: "Others", target, subject: "Forgotten pilot", applyToClients: true });
    const verdicts = async () => {
      const { json: document } = await run("Recording archive", "--json");
      return json(document).each(`${CLIENT}.details.refused`, "verdict");
    };
    expect(await verdicts()).toEqual(["denied", "allowed"]);
    act("policy.upsert", { name: "Own", target, subject: "Recording archive", applyToClients: true });
    expect(await verdicts()).toEqual(["denied", "denied"]);
  });

  test("shows a client's 429 responses separately from refusals", async () => {
    const { run } = await clientsWorld();
    const { json: document } = await run("Impatient poller", "--json");
    expect(json(document).at(`${CLIENT}.totals`)).toMatchObject({ refused: 0, throttled: 27_000 });
    expect(json(document).at(`${CLIENT}.details.refused`)).toEqual([]);
  });

  test("shows the announced changes to its calls and to its grant", async () => {
    const { run } = await clientsWorld();
    const transfers = await run("Blind transfer helper", "--json");
    expect(json(transfers.json).each(`${CLIENT}.changes`, "date")).toEqual(["2028-05-01"]);
    expect(json(transfers.json).at(`${CLIENT}.changes.0.operations`)).toEqual([
      "POST /api/v2/conversations/{conversationId}/participants/{participantId}/replace/external",
    ]);
    const implicit = await run("Old agent dashboard", "--json");
    expect(json(implicit.json).at(`${CLIENT}.changes.0`)).toMatchObject({
      date: "2027-03",
      kind: "removal",
      disputedDate: "2027-05",
      operations: [],
    });
    expect((await run("Old agent dashboard")).stdout).toContain("another source gives 2027-05");
  });

  test("names a called path that matches no operation, and then reports no permission as unused", async () => {
    const { run } = await clientsWorld();
    const { json: document } = await run("Beta integration", "--json");
    expect(json(document).each(`${CLIENT}.openings`, "kind")).toContain("unmatched-calls");
    expect(json(document).at(`${CLIENT}.findings.0`)).toMatchObject({ kind: "excess", state: "not-seen" });
  });
});

describe("`clients --emit`", () => {
  test("prints a role with which every observed call passes", async () => {
    const { run, act, sandbox } = await clientsWorld();
    const { stdout, stderr, exitCode } = await run("Data warehouse loader", "--emit", "role");
    expect(exitCode).toBe(0);
    const body = asRecord(parseJson(stdout));
    expect(body["permissionPolicies"]).toEqual([
      { domain: "analytics", entityName: "conversationDetail", actionSet: ["view"], allowConditions: false },
      { domain: "routing", entityName: "queue", actionSet: ["view"], allowConditions: false },
    ]);
    expect(stderr).toContain("open: calls after");
    act("role.upsert", { name: "Master of everything", policies: asArray(body["permissionPolicies"]) });
    const token = asString(act("token.mint", { client: "Data warehouse loader" })["access_token"]);
    expect((await call(sandbox, "GET /api/v2/routing/queues", { token })).status).toBe(200);
    expect((await call(sandbox, "GET /api/v2/users", { token, body: undefined })).status).toBe(200);
    expect((await call(sandbox, "GET /api/v2/authorization/roles", { token })).status).toBe(403);
  });

  test("keeps the divisions in which a permission is held", async () => {
    const { run } = await clientsWorld();
    const { stdout, stderr } = await run("Sales provisioning", "--emit", "terraform");
    expect(stdout).toContain('data "genesyscloud_auth_division" "sales"');
    expect(stdout).toMatch(/action_set += \["edit", "view"\]/);
    expect(stdout).not.toContain("skill");
    expect(stderr).toContain("open: ");
  });

  test("omits the permissions that refused calls lacked, except with --include-refused", async () => {
    const { run } = await clientsWorld();
    const plain = await run("Recording archive", "--emit", "role");
    expect(plain.stdout).not.toContain("screenRecording");
    expect(plain.stderr).toContain("left out: GET /api/v2/recordings/screensessions/details");
    const whole = await run("Recording archive", "--emit", "role", "--include-refused");
    expect(whole.stdout).toContain("screenRecording");
  });

  test("derives the role from the calls alone for a client that acts for users", async () => {
    const { run } = await clientsWorld();
    const { stdout, stderr } = await run("Old agent dashboard", "--emit", "role");
    expect(stdout).toContain('"entityName": "queue"');
    expect(stderr).toContain("only its calls determine the role");
  });
});

test("several profiles make one inventory, which names the organization of each", async () => {
  const worlds = [await clientsWorld(), await clientsWorld()];
  const config = await tempDir();
  const passphrase = { GENSCOPE_STORE: "file", GENSCOPE_STORE_PASSPHRASE: "correct horse battery staple" };
  for (const [index, { sandbox }] of worlds.entries()) {
    const login = await runCli(
      ["login", "--grant", "client-credentials", "--profile", `org${index}`, "--client-secret-stdin"],
      {
        env: {
          ...passphrase,
          GENSCOPE_CONFIG_DIR: config,
          GENESYSCLOUD_REGION: sandbox.url,
          GENESYSCLOUD_OAUTHCLIENT_ID: sandbox.client.id,
        },
        input: sandbox.client.secret,
      },
    );
    expect(login.stderr).not.toContain("error");
  }
  // Credentials from the environment would belong to another organization.
  const env = {
    ...credentialsFor(worlds[0]?.sandbox ?? never()),
    ...passphrase,
    GENSCOPE_CONFIG_DIR: config,
  };
  const { exitCode, json: document } = await runCli(["clients", "--profile", "org0,org1", "--json"], { env });
  expect(exitCode).toBe(0);
  expect(json(document).each("organizations", "profile")).toEqual(["org0", "org1"]);
  expect(json(document).each("organizations", "region")).toEqual(worlds.map(({ sandbox }) => sandbox.url));
  worlds[0]?.act("client.upsert", { name: "Only here" });
  const { exitCode: missing, stderr } = await runCli(["clients", "Only here", "--profile", "org0,org1"], {
    env,
  });
  expect([missing, stderr.split("\n")[0]]).toEqual([
    2,
    "error: there is no OAuth client `Only here` in the organization of profile `org1`",
  ]);
});

describe("`clients --report`", () => {
  test("writes findings with stable rule names, and marks those that affect the exit code", async () => {
    const { run } = await clientsWorld();
    const directory = await tempDir();
    const file = (name: string) => join(directory, name);
    const reports = ["junit=a.xml", "sarif=a.sarif", "html=a.html", "markdown=a.md"].flatMap((report) => {
      const [kind, name = ""] = report.split("=");
      return ["--report", `${kind}=${file(name)}`];
    });
    expect((await run("--fail-on", "failing,excess", ...reports)).exitCode).toBe(3);
    const junit = await readFile(file("a.xml"), "utf8");
    for (const schema of Object.values(JUNIT_SCHEMAS)) readValidXml(junit, schema);
    const document = readValidXml(junit, JUNIT_SCHEMAS.Ant);
    expect(new Set(textsAt(document, "//testcase/failure/@type"))).toEqual(new Set(["failing"]));
    expect(new Set(textsAt(document, "//testcase/error/@type"))).toEqual(new Set(["excess"]));
    expect(new Set(textsAt(document, "//testcase/@classname"))).toEqual(new Set(["genscope.clients"]));
    const sarif: unknown = JSON.parse(await readFile(file("a.sarif"), "utf8"));
    expect(violationsOf(readStoredSchema("sarif-2.1.0"), sarif)).toEqual([]);
    expect(json(sarif).each("runs.0.tool.driver.rules", "id")).toEqual([
      "deprecated-grant",
      "excess",
      "expiring",
      "failing",
      "unused",
    ]);
    for (const name of ["a.html", "a.md"]) {
      expect(await readFile(file(name), "utf8")).toContain("Recording archive");
    }
    const page = await readFile(file("a.html"), "utf8");
    expect(page).toMatch(/<h1>.*> \d+ findings for \d+ OAuth clients, \d+ counted as failed<\/h1>/);
    expect(page).toContain("show the refused operations and their likely reason");
    expect(page).toMatch(/<code>genscope clients [\da-f-]{36}<\/code>/);
    expect(page).not.toContain("clients NAME");
    const counted = Number(/(\d+) counted as failed<\/h1>/.exec(page)?.[1]);
    expect(page.match(/<span class="pill">counted as failed<\/span>/g)).toHaveLength(counted);
    expect(page).not.toMatch(/\d+ checks?\b|(Depends on|Refused by|Undecided at) layer|<\/span>conditional/);
  });

  test("writes a report even when nothing could be read", async () => {
    const directory = await tempDir();
    const file = join(directory, "a.xml");
    const env = { GENESYSCLOUD_REGION: "http://127.0.0.1:1", GENESYSCLOUD_ACCESS_TOKEN: "some-token" };
    expect((await runCli(["clients", "--report", `junit=${file}`], { env })).exitCode).toBe(9);
    expect(await readFile(file, "utf8")).toContain('classname="genscope.clients"');
  });
});

function never(): never {
  throw new Error("there are two worlds");
}
