import { mkdir, readdir, readFile, stat, writeFile } from "node:fs/promises";
import { homedir, userInfo } from "node:os";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { systemClock } from "../../../../src/core/clock.ts";
import { asRecord, parseJson } from "../../../../src/core/json.ts";
import { sandboxFor } from "../../../sandbox/client.ts";
import { serveConnectProxy } from "../../../support/connect-proxy.ts";
import { json, serve, serveTls } from "../../../support/loopback-server.ts";
import { runCli } from "../../../support/run-cli.ts";
import { makeSelfSigned } from "../../../support/self-signed.ts";
import { tempDir } from "../../../support/temp-dir.ts";

async function healthy(): Promise<Readonly<Record<string, string>>> {
  const { url } = await sandboxFor({}, systemClock);
  return { GENESYSCLOUD_REGION: url, GENESYSCLOUD_ACCESS_TOKEN: "some-token" };
}

describe("the support bundle", () => {
  test("contains the document that --json prints, readable by its owner alone", async () => {
    const path = join(await tempDir(), "bundle.json");
    const run = await runCli(["doctor", "--json", "--bundle", path], { env: await healthy() });

    expect(run.exitCode).toBe(0);
    expect(parseJson(await readFile(path, "utf8"))).toEqual(run.json);
    expect(asRecord(run.json)["bundle"]).toBe(path);
    expect((await stat(path)).mode & 0o777).toBe(0o600);
  });

  test("is named on a terminal when it was written", async () => {
    const path = join(await tempDir(), "bundle.json");
    const { stdout } = await runCli(["doctor", "--bundle", path], { env: await healthy() });

    expect(stdout.trimEnd().split("\n").at(-1)).toBe(
      `support bundle: ${path} (review it before you send it)`,
    );
  });

  test("is written even when a check fails", async () => {
    const path = join(await tempDir(), "bundle.json");
    const env = { ...(await healthy()), GENESYSCLOUD_REGION: "http://127.0.0.1:1" };
    const { exitCode } = await runCli(["doctor", "--bundle", path], { env });

    expect(exitCode).toBe(9);
    expect(asRecord(asRecord(parseJson(await readFile(path, "utf8")))["summary"])["failed"]).toBe(1);
  });

  test("does not overwrite a file without --force, and sends nothing before it refuses", async () => {
    const path = join(await tempDir(), "bundle.json");
    await writeFile(path, "mine", { mode: 0o644 });
    const server = await serve((_request, response) => json(response, 401, {}));
    const env = { GENESYSCLOUD_REGION: server.url, GENESYSCLOUD_ACCESS_TOKEN: "some-token" };
    const refused = await runCli(["doctor", "--bundle", path], { env });

    expect([refused.exitCode, refused.stdout, refused.stderr]).toEqual([
      1,
      "",
      `error: \`${path}\` already exists\n\nhint: choose another name, or overwrite it: \`genscope doctor --bundle ${path} --force\`\n`,
    ]);
    expect([await readFile(path, "utf8"), server.seen]).toEqual(["mine", []]);

    const forced = await runCli(["doctor", "--bundle", path, "--force"], { env });
    expect(forced.exitCode).toBe(0);
    expect(await readFile(path, "utf8")).toContain('"schema": "genscope/doctor/v1"');
    expect((await stat(path)).mode & 0o777).toBe(0o600);
  });

  test("reports a write error and leaves no partial file", async () => {
    const directory = await tempDir();
    const path = join(directory, "bundle");
    await mkdir(path);
    const { exitCode, stderr } = await runCli(["doctor", "--bundle", path, "--force"], {
      env: await healthy(),
    });

    expect([exitCode, stderr.split("\n")[0]]).toEqual([
      1,
      `error: \`${path}\` cannot be written: illegal operation on a directory`,
    ]);
    expect(await readdir(directory)).toEqual(["bundle"]);
  });
});

test("contains neither the home directory nor the user name", async () => {
  const path = join(await tempDir(), "bundle.json");
  const { username } = userInfo();
  const env = {
    ...(await healthy()),
    GENSCOPE_CONFIG_DIR: join(homedir(), ".genscope-that-is-not-there"),
    NODE_EXTRA_CA_CERTS: `/nonexistent/${username}/authority.pem`,
  };
  await runCli(["doctor", "--bundle", path], { env });
  const text = await readFile(path, "utf8");

  expect(text).toContain('"path": "~/.genscope-that-is-not-there"');
  expect(text).toContain('"path": "/nonexistent/<user>/authority.pem"');
  expect(text).not.toContain(homedir());
});

/** Every secret of the environment, including its encoded forms. */
const SECRETS = {
  token: "t0ken-of-the-person-1234",
  clientSecret: "s3cret-of-the-client-5678",
  otherSecret: "s3cret-of-another-client-90",
  passphrase: "correct-horse-battery",
  proxyUser: "pr0xy-person",
  proxyPassword: "pr0xy@word",
};
const FORMS = [
  ...Object.values(SECRETS),
  encodeURIComponent(SECRETS.proxyPassword),
  btoa(`${SECRETS.proxyUser}:${SECRETS.proxyPassword}`),
  btoa(SECRETS.token),
];

describe("no output of doctor contains a secret from the environment", () => {
  const given = {
    GENESYSCLOUD_REGION: "https://gateway.test",
    GENESYSCLOUD_OAUTHCLIENT_ID: "client-1",
    GENESYSCLOUD_OAUTHCLIENT_SECRET: SECRETS.clientSecret,
    GENESYS_CLOUD_CLIENT_SECRET: SECRETS.otherSecret,
    GENESYSCLOUD_ACCESS_TOKEN: SECRETS.token,
    GENSCOPE_STORE_PASSPHRASE: SECRETS.passphrase,
  };
  const login = `${SECRETS.proxyUser}:${encodeURIComponent(SECRETS.proxyPassword)}`;

  test.each([
    [
      "with a working proxy",
      0,
      async (port: number) => ({ HTTPS_PROXY: `http://${login}@127.0.0.1:${port}` }),
    ],
    [
      "with a proxy that refuses",
      9,
      async () => ({ HTTPS_PROXY: `http://${login}@127.0.0.1:${(await serveConnectProxy(0, 407)).port}` }),
    ],
    ["with a proxy that cannot be reached", 9, async () => ({ HTTPS_PROXY: `http://${login}@127.0.0.1:1` })],
    [
      "with a proxy of an unsupported kind",
      2,
      async () => ({ HTTPS_PROXY: `socks5://${login}@127.0.0.1:1` }),
    ],
    [
      "with a token that is invalid in a header",
      2,
      async () => ({ GENESYSCLOUD_ACCESS_TOKEN: `${SECRETS.token} \u0001x` }),
    ],
    [
      "with a region that contains a password",
      2,
      async () => ({ GENESYSCLOUD_REGION: `https://${login}@gateway.test` }),
    ],
    [
      "with the encrypted file",
      10,
      async () => {
        const directory = await tempDir();
        await writeFile(join(directory, "credentials.enc"), "nonsense", { mode: 0o600 });
        return {
          GENSCOPE_CONFIG_DIR: directory,
          GENSCOPE_STORE: "file",
          GENESYSCLOUD_ACCESS_TOKEN: "",
          GENESYSCLOUD_OAUTHCLIENT_SECRET: "",
          GENESYS_CLOUD_CLIENT_SECRET: "",
          HTTPS_PROXY: `http://${login}@127.0.0.1:1`,
        };
      },
    ],
  ])("%s", async (_, exitCode, differences) => {
    const identity = makeSelfSigned("gateway.test");
    const directory = await tempDir();
    const authority = join(directory, "authority.pem");
    await writeFile(authority, identity.certificate);
    const server = await serveTls(identity, (_request, response) => json(response, 401, {}));
    const proxy = await serveConnectProxy(server.port);
    const env = { ...given, NODE_EXTRA_CA_CERTS: authority, ...(await differences(proxy.port)) };
    const path = join(directory, "bundle.json");
    const runs = [
      await runCli(["doctor", "--verbose", "--bundle", path], { env }),
      await runCli(["doctor", "--verbose", "--json"], { env }),
    ];

    expect(runs.map((run) => run.exitCode)).toEqual([exitCode, exitCode]);
    const written = [...runs.flatMap(({ stdout, stderr }) => [stdout, stderr]), await readFile(path, "utf8")];
    expect(written.filter((text) => text.length > 0).length).toBeGreaterThanOrEqual(3);
    expect(FORMS.filter((secret) => written.some((text) => text.includes(secret)))).toEqual([]);
  });
});
