import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { systemClock } from "../../src/core/clock.ts";
import { Secret } from "../../src/core/secret.ts";
import { sandboxFor } from "../sandbox/client.ts";
import { serveConnectProxy } from "../support/connect-proxy.ts";
import { json, serveTls } from "../support/loopback-server.ts";
import { createMemoryIo } from "../support/memory-io.ts";
import { memoryStore } from "../support/memory-store.ts";
import { type RunResult, runCli } from "../support/run-cli.ts";
import { makeSelfSigned } from "../support/self-signed.ts";
import { tempDir } from "../support/temp-dir.ts";

const TOKEN = { GENESYSCLOUD_ACCESS_TOKEN: "the-token-of-this-test" };
const PASSWORD = "pass-Word-0815";
const IMITATIONS = [
  "https://login.mypurecloud.com.example.io",
  "https://login-mypurecloud.com",
  "https://login.mypurecl\u043eud.com",
  "https://xn--mypureclud-lvi.com",
  "https://api.genesys-cloud.example",
];
const WITH_PASSWORD = `https://user:${PASSWORD}@api.mypurecloud.de`;

type Env = Readonly<Record<string, string>>;

/** Starts a proxy that must not receive a request. */
async function unreachableProxy() {
  const proxy = await serveConnectProxy(1, 502);
  return { proxy, env: { HTTPS_PROXY: `http://127.0.0.1:${proxy.port}` } };
}

/** Every source of a region, with a command that would use it. */
const REGION_SOURCES: readonly (readonly [
  source: string,
  run: (region: string, env: Env, flags: readonly string[]) => Promise<RunResult>,
])[] = [
  [
    "--region",
    async (region, env, flags) =>
      await runCli(["whoami", `--region=${region}`, ...flags], { env: { ...TOKEN, ...env } }),
  ],
  [
    "GENESYSCLOUD_REGION",
    async (region, env, flags) =>
      await runCli(["whoami", ...flags], { env: { ...TOKEN, ...env, GENESYSCLOUD_REGION: region } }),
  ],
  [
    "a profile",
    async (region, env, flags) =>
      await runCli(["whoami", ...flags], { env: { ...TOKEN, ...env, ...(await profileAt(region)) } }),
  ],
  [
    "a policy",
    async (region, env, flags) => {
      const file = join(await tempDir(), "genscope.policy.yaml");
      const environments = `{ prod: { region: ${JSON.stringify(region)} } }`;
      await writeFile(
        file,
        `version: 1\nservices: { s: { operations: [getUsers], environments: ${environments} } }\n`,
      );
      const argv = ["check-scopes", "--policy", file, "--env", "prod", ...flags];
      return await runCli(argv, { env: { ...TOKEN, ...env } });
    },
  ],
  [
    "catalog update",
    async (region, env, flags) =>
      await runCli(["catalog", "update", `--region=${region}`, ...flags], { env: { ...env } }),
  ],
  [
    "login",
    async (region, env, flags) =>
      await runCli(["login", "--grant", "client-credentials", `--region=${region}`, ...flags], {
        env: { ...env, GENESYSCLOUD_OAUTHCLIENT_ID: "c", GENESYSCLOUD_OAUTHCLIENT_SECRET: "s-e-c-r-e-t" },
        ports: { openStore: () => memoryStore() },
      }),
  ],
];

async function profileAt(region: string) {
  const directory = await tempDir();
  await writeFile(
    join(directory, "config.toml"),
    `current = "work"\n[profiles.work]\nregion = ${JSON.stringify(region)}\nclient_id = "c"\nremembered = ["access-token"]\n`,
  );
  return { GENSCOPE_CONFIG_DIR: directory };
}

describe.each(REGION_SOURCES)("an invalid region from %s", (_source, run) => {
  test.each([...IMITATIONS, WITH_PASSWORD])("`%s` is refused before a request", async (region) => {
    const { proxy, env } = await unreachableProxy();
    const { exitCode, stdout, stderr } = await run(region, env, []);
    expect(exitCode).toBe(2);
    expect(`${stdout}${stderr}`).not.toContain(PASSWORD);
    expect(proxy.tunnels).toEqual([]);
  });

  test("is never shown with its password, whatever the flags", async () => {
    for (const flags of [["--json"], ["--verbose"], ["--json", "--verbose"]]) {
      const { stdout, stderr } = await run(WITH_PASSWORD, (await unreachableProxy()).env, flags);
      expect(`${stdout}${stderr}`).not.toContain(PASSWORD);
    }
  });
});

test("doctor hides the password in a region's URL in its text, JSON and bundle", async () => {
  for (const env of [{ GENESYSCLOUD_REGION: WITH_PASSWORD }, await profileAt(WITH_PASSWORD)]) {
    const bundle = join(await tempDir(), "bundle.json");
    const { stdout, stderr } = await runCli(["doctor", "--json", "--verbose", "--bundle", bundle], { env });
    expect(`${stdout}${stderr}${await readFile(bundle, "utf8")}`).not.toContain(PASSWORD);
  }
});

test("the profile commands hide the password in a region's URL", async () => {
  const env = await profileAt(WITH_PASSWORD);
  for (const argv of [["list"], ["list", "--json"], ["show"], ["show", "--json"]]) {
    const { exitCode, stdout, stderr } = await runCli(["profile", ...argv], { env });
    expect(exitCode).toBe(2);
    expect(`${stdout}${stderr}`).not.toContain(PASSWORD);
  }
});

test("profile import skips a profile at an invalid host and hides its password", async () => {
  const file = join(await tempDir(), "config.toml");
  const hosts = [...IMITATIONS, WITH_PASSWORD];
  const tables = hosts.map(
    (host, index) =>
      `[p${index}]\nclient_credentials = "c"\nclient_secret = "s"\ngrant_type = "1"\nenvironment = ${JSON.stringify(host)}\n`,
  );
  await writeFile(file, tables.join(""));
  const store = memoryStore();
  const {
    stdout,
    stderr,
    json: document,
  } = await runCli(["profile", "import", file, "--json"], {
    env: { GENSCOPE_CONFIG_DIR: await tempDir() },
    ports: { openStore: () => store },
  });
  expect(document).toMatchObject({
    imported: [],
    skipped: hosts.map((_, index) => ({ profile: `p${index}` })),
  });
  expect(`${stdout}${stderr}`).not.toContain(PASSWORD);
  expect(store.entries.size).toBe(0);
});

test("secrets of a profile at an invalid host can be deleted without a request", async () => {
  for (const argv of [["logout"], ["profile", "remove", "work"]]) {
    const { proxy, env } = await unreachableProxy();
    const store = memoryStore();
    const { exitCode } = await runCli(argv, {
      env: { ...env, ...(await profileAt("https://genesys-gateway.example")), GENSCOPE_STORE: "keychain" },
      ports: { openStore: () => store },
    });
    expect(exitCode).toBe(0);
    expect(store.calls).toContain("delete work@genesys-gateway.example#access-token");
    expect(proxy.tunnels).toEqual([]);
  }
});

describe("a host that is not of the platform", () => {
  const LINE = /^credentials go to `gateway\.example` \((.+)\), which is not a Genesys Cloud host$/m;

  /** Returns what stderr contained when the gateway received its first credential. */
  async function seenBeforeCredential(
    argv: readonly string[],
    env: Readonly<Record<string, string>>,
    store = memoryStore(),
  ): Promise<string> {
    const memory = createMemoryIo();
    const shown: string[] = [];
    const identity = makeSelfSigned("gateway.example");
    const gateway = await serveTls(identity, (request, response) => {
      if (request.headers.authorization !== undefined) shown.push(memory.stderr());
      json(response, 401, { code: "bad.credentials", message: "no", status: 401 });
    });
    const proxy = await serveConnectProxy(gateway.port);
    const certificate = join(await tempDir(), "ca.pem");
    await writeFile(certificate, identity.certificate);
    await runCli([...argv, "--ca-cert", certificate], {
      env: { GENSCOPE_CONFIG_DIR: await tempDir(), HTTPS_PROXY: `http://127.0.0.1:${proxy.port}`, ...env },
      ports: { io: memory.io, openStore: () => store },
    });
    return shown[0] ?? "nothing was sent";
  }

  const client = { GENESYSCLOUD_OAUTHCLIENT_ID: "c", GENESYSCLOUD_OAUTHCLIENT_SECRET: "s-e-c-r-e-t" };
  const region = { GENESYSCLOUD_REGION: "https://gateway.example" };

  test.each([
    ["a token", ["whoami"], { ...TOKEN, ...region }],
    ["a client secret", ["whoami"], { ...client, ...region }],
    ["the token of a check", ["check-scopes", "GET /api/v2/users"], { ...TOKEN, ...region }],
    ["the token of a query", ["query", "GET", "/api/v2/users"], { ...TOKEN, ...region }],
    ["the token of a JSON document", ["whoami", "--json"], { ...TOKEN, ...region }],
    ["a token with --quiet", ["whoami", "--quiet"], { ...TOKEN, ...region }],
    ["the secret of a login", ["login", "--grant", "client-credentials"], { ...client, ...region }],
  ])("is named on stderr before it receives %s", async (_credential, argv, env) => {
    expect((await seenBeforeCredential(argv, env)).match(LINE)?.[1]).toBe("GENESYSCLOUD_REGION");
  });

  test("is named on stderr before logout sends the token to it", async () => {
    const store = memoryStore();
    await store.set(
      { profile: "work", host: "gateway.example", kind: "access-token" },
      new Secret("the-token-of-the-profile"),
    );
    const env = { ...(await profileAt("https://gateway.example")), GENSCOPE_STORE: "keychain" };
    expect((await seenBeforeCredential(["logout"], env, store)).match(LINE)?.[1]).toBe("profile `work`");
  });
});

test("a host of the platform and the local machine are not named before they receive a secret", async () => {
  const { url } = await sandboxFor({}, systemClock);
  const local = await runCli(["whoami"], { env: { ...TOKEN, GENESYSCLOUD_REGION: url } });
  expect(local.stderr).not.toContain("credentials go to");
  const { env } = await unreachableProxy();
  const region = await runCli(["whoami"], { env: { ...TOKEN, ...env, GENESYSCLOUD_REGION: "eu-central-1" } });
  expect(region.stderr).not.toContain("credentials go to");
});
