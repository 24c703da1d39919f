import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { beforeEach, describe, expect, onTestFinished, test } from "vitest";
import type { CredentialStore } from "../../../../src/auth/stores/credential-store.ts";
import { launchSandbox } from "../../../sandbox/client.ts";
import { json, type LoopbackServer, serve } from "../../../support/loopback-server.ts";
import { memoryStore } from "../../../support/memory-store.ts";
import { type RunResult, runCli } from "../../../support/run-cli.ts";
import { tempDir } from "../../../support/temp-dir.ts";

const SECRET = "client-secret-of-the-environment";
const CLIENT = { GENESYSCLOUD_OAUTHCLIENT_ID: "ci", GENESYSCLOUD_OAUTHCLIENT_SECRET: SECRET };

let configDirectory: string;
let policy: string;
let store: CredentialStore;

beforeEach(async () => {
  configDirectory = await tempDir();
  policy = join(await tempDir(), "genscope.policy.yaml");
  store = memoryStore();
});

/** Writes a policy whose environment has the given keys, beginning at line 7. */
async function writePolicy(environment: Readonly<Record<string, string>>): Promise<void> {
  const lines = Object.entries(environment).map(([key, value]) => `        ${key}: ${JSON.stringify(value)}`);
  await writeFile(
    policy,
    [
      "version: 1",
      "services:",
      "  reporting:",
      "    operations: [GET /api/v2/users]",
      "    environments:",
      "      prod:",
      ...lines,
      "",
    ].join("\n"),
  );
}

async function check(env: Readonly<Record<string, string>>, ...argv: readonly string[]): Promise<RunResult> {
  return await runCli(["check-scopes", "--policy", policy, "--env", "prod", ...argv], {
    env: { GENSCOPE_CONFIG_DIR: configDirectory, GENSCOPE_STORE: "keychain", ...env },
    ports: { openStore: () => store },
  });
}

/** Starts a server that accepts every credential, like a host that collects them. */
async function harvester(): Promise<LoopbackServer> {
  return await serve((_request, response) =>
    json(response, 200, { access_token: "stolen", token_type: "bearer", expires_in: 86_400 }),
  );
}

async function platform() {
  const sandbox = await launchSandbox();
  onTestFinished(async () => await sandbox.close());
  const { id, secret } = sandbox.client;
  return {
    url: sandbox.url,
    client: { GENESYSCLOUD_OAUTHCLIENT_ID: id, GENESYSCLOUD_OAUTHCLIENT_SECRET: secret },
  };
}

async function logIn(profile: string, { url, client }: Awaited<ReturnType<typeof platform>>): Promise<void> {
  const argv = ["login", "--grant", "client-credentials", "--profile", profile, "--region", url];
  const { exitCode } = await runCli(argv, {
    env: { GENSCOPE_CONFIG_DIR: configDirectory, GENSCOPE_STORE: "keychain", ...client },
    ports: { openStore: () => store },
  });
  expect(exitCode).toBe(0);
}

describe("the host that a policy names, when another host is selected", () => {
  test.each([
    ["a client secret without a region", CLIENT],
    ["a client secret for a region", { ...CLIENT, GENESYSCLOUD_REGION: "eu-central-1" }],
    ["a token", { GENESYSCLOUD_ACCESS_TOKEN: SECRET }],
    ["a token for a region", { GENESYSCLOUD_ACCESS_TOKEN: SECRET, GENESYSCLOUD_REGION: "us-west-2" }],
    ["the variables of the SDKs", { GENESYS_CLOUD_CLIENT_ID: "ci", GENESYS_CLOUD_CLIENT_SECRET: SECRET }],
  ])("does not receive %s", async (_description, env) => {
    const host = await harvester();
    await writePolicy({ region: host.url });
    for (const more of [[], ["--live"], ["--max"], ["--json"], ["--region", "eu-west-1"]]) {
      const { exitCode, stdout, stderr } = await check(env, ...more);
      expect(exitCode).toBe(2);
      expect(stderr).toContain(`${policy}:7`);
      expect(`${stdout}${stderr}`).not.toContain(SECRET);
    }
    expect(host.seen).toEqual([]);
  });

  test("does not receive a stored login", async () => {
    const real = await platform();
    await logIn("default", real);
    const host = await harvester();
    await writePolicy({ region: host.url });
    expect(await check({})).toMatchObject({
      exitCode: 2,
      stderr: expect.stringContaining(`${policy}:7 names region \`${host.url}\`, but`),
    });
    expect(host.seen).toEqual([]);
  });

  test("appears in no command that the message suggests", async () => {
    const host = await harvester();
    await writePolicy({ region: host.url });
    const { stderr } = await check(CLIENT);
    expect(stderr).not.toContain(`GENESYSCLOUD_REGION=${host.url}`);
    expect(stderr).not.toContain(`--region ${host.url}`);
  });

  test("is named with the setting to add when no region is selected", async () => {
    await writePolicy({ region: "eu-central-1" });
    const { exitCode, json: document } = await check(CLIENT, "--json");
    expect(exitCode).toBe(2);
    expect(document).toMatchObject({
      error: {
        code: "usage.policy_region",
        message: `${policy}:7 names region \`eu-central-1\`, but no flag, variable or profile selects a region`,
        hint: "select it where the credentials are set: `export GENESYSCLOUD_REGION=eu-central-1`, or `--region eu-central-1`; a policy can only confirm a region",
      },
    });
  });

  test("is accepted with --offline, because requirements do not depend on the host", async () => {
    await writePolicy({ region: "eu-central-1" });
    expect((await check({}, "--offline")).exitCode).toBe(0);
  });
});

test("the region in a policy confirms the selected host in any spelling", async () => {
  const { url, client } = await platform();
  for (const spelling of [url, `${url}/`, url.replace("http", "HTTP")]) {
    await writePolicy({ region: spelling });
    const { exitCode, stderr } = await check({ ...client, GENESYSCLOUD_REGION: url });
    expect({ exitCode, stderr }).toMatchObject({ exitCode: 0 });
  }
});

describe("the profile that a policy names", () => {
  test("is satisfied by credentials of the environment, as in CI", async () => {
    const { url, client } = await platform();
    await writePolicy({ profile: "prod" });
    const { exitCode, stderr } = await check({ ...client, GENESYSCLOUD_REGION: url });
    expect(exitCode).toBe(0);
    expect(stderr).toContain(
      `using the client secret in GENESYSCLOUD_OAUTHCLIENT_SECRET, not profile \`prod\` (${policy}:7)`,
    );
  });

  test("supplies host and credential when the environment has none", async () => {
    await logIn("prod", await platform());
    await writePolicy({ profile: "prod" });
    expect((await check({})).exitCode).toBe(0);
  });

  test("never selects the host for a credential of the environment", async () => {
    const host = await harvester();
    const table = `[profiles.prod]\nregion = "${host.url}"\nclient_id = "ci"\n`;
    await writeFile(join(configDirectory, "config.toml"), table);
    const front = await harvester();
    await writePolicy({ profile: "prod" });
    for (const env of [
      { GENESYSCLOUD_ACCESS_TOKEN: SECRET },
      CLIENT,
      { GENESYSCLOUD_OAUTHCLIENT_SECRET: SECRET, GENESYSCLOUD_OAUTHCLIENT_ID: "other" },
    ])
      await check({ ...env, GENESYSCLOUD_REGION: front.url });
    // A secret without a client id must not combine with the client id of the policy's profile.
    expect((await check({ GENESYSCLOUD_OAUTHCLIENT_SECRET: SECRET })).exitCode).toBe(4);
    expect(host.seen).toEqual([]);
    expect(front.seen.length).toBeGreaterThan(0);
  });

  test("is ignored with a note when a flag or variable selects another profile", async () => {
    await logIn("mine", await platform());
    await writePolicy({ profile: "prod" });
    for (const [env, argv, source] of [
      [{ GENSCOPE_PROFILE: "mine" }, [], "GENSCOPE_PROFILE"],
      [{}, ["--profile", "mine"], "--profile"],
    ] as const) {
      const { exitCode, stderr } = await check(env, ...argv);
      expect(exitCode).toBe(0);
      expect(stderr).toContain(`using profile \`mine\` (${source}), not profile \`prod\` (${policy}:7)`);
    }
  });

  test("causes an error at its line when it does not exist and the environment has no credential", async () => {
    await writePolicy({ profile: "prod" });
    const { exitCode, json: document } = await check({}, "--json");
    expect(exitCode).toBe(4);
    expect(document).toMatchObject({
      error: {
        code: "auth.not_logged_in",
        message: `${policy}:7 names profile \`prod\`, which does not exist, and the environment contains no credential`,
        hint: "log in with `genscope login --profile prod`; in CI set `GENESYSCLOUD_OAUTHCLIENT_ID`, `GENESYSCLOUD_OAUTHCLIENT_SECRET` and `GENESYSCLOUD_REGION`",
      },
    });
  });

  test("causes an error at its line when it is not logged in, or is logged in to another host", async () => {
    await writeFile(join(configDirectory, "config.toml"), '[profiles.prod]\nclient_id = "ci"\n');
    await writePolicy({ profile: "prod" });
    expect(await check({})).toMatchObject({
      exitCode: 4,
      stderr: expect.stringContaining(`${policy}:7: profile \`prod\` is not logged in`),
    });
    await logIn("prod", await platform());
    expect(await check({ GENESYSCLOUD_REGION: "eu-west-2" })).toMatchObject({
      exitCode: 4,
      stderr: expect.stringContaining(`${policy}:7: profile \`prod\` is logged in at`),
    });
  });

  test("causes an error at its line when its name is invalid", async () => {
    await writePolicy({ profile: "../prod" });
    expect(await check({})).toMatchObject({ exitCode: 2, stderr: expect.stringContaining(`${policy}:7: `) });
  });
});

test("the profile given to --diff uses its own host and login, whatever the environment contains", async () => {
  const ours = await platform();
  const theirs = await harvester();
  const table = `[profiles.dev]\nregion = "${theirs.url}"\nclient_id = "ci"\n`;
  await writeFile(join(configDirectory, "config.toml"), table);
  const { exitCode } = await runCli(["check-scopes", "--diff", "dev", "GET /api/v2/users"], {
    env: { GENSCOPE_CONFIG_DIR: configDirectory, ...ours.client, GENESYSCLOUD_REGION: ours.url },
    ports: { openStore: () => store },
  });
  expect(exitCode).toBe(4);
  expect(theirs.seen).toEqual([]);
});

test("--diff shows a name with a line feed on one line", async () => {
  const sandbox = await launchSandbox();
  onTestFinished(async () => await sandbox.close());
  const { id, secret } = sandbox.client;
  const client = { GENESYSCLOUD_OAUTHCLIENT_ID: id, GENESYSCLOUD_OAUTHCLIENT_SECRET: secret };
  await logIn("dev", { url: sandbox.url, client });
  sandbox.act({ action: "client.upsert", id: "odd", name: "ours\n✔ forged", secret: "odd-secret" });
  const { stdout } = await runCli(["check-scopes", "--diff", "dev", "GET /api/v2/users"], {
    env: {
      GENSCOPE_CONFIG_DIR: configDirectory,
      GENESYSCLOUD_REGION: sandbox.url,
      GENESYSCLOUD_OAUTHCLIENT_ID: "odd",
      GENESYSCLOUD_OAUTHCLIENT_SECRET: "odd-secret",
    },
    ports: { openStore: () => store },
    columns: 120,
  });
  expect(stdout).toContain("ours ✔ forged");
});
