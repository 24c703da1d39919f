import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { asRecord } from "../../src/core/json.ts";
import { serveConnectProxy } from "../support/connect-proxy.ts";
import { runGenscope } from "../support/genscope-process.ts";
import { json, serveTls } from "../support/loopback-server.ts";
import { makeSelfSigned } from "../support/self-signed.ts";
import { tempDir } from "../support/temp-dir.ts";

const REFUSED =
  "error: certificate verification is off (`NODE_TLS_REJECT_UNAUTHORIZED=0`): any host on the network path could read the token\n\n" +
  "hint: run `unset NODE_TLS_REJECT_UNAUTHORIZED`, and name the authority to trust with `--ca-cert FILE`\n";

/** Every command that uses the network. */
const COMMANDS: readonly (readonly [string, readonly string[]])[] = [
  ["login", ["login", "--grant", "client-credentials", "--store", "none"]],
  ["token", ["token"]],
  ["whoami", ["whoami"]],
  ["check-scopes", ["check-scopes", "getUsers"]],
  ["query", ["query", "GET", "/api/v2/users"]],
  ["export", ["export", "queues", "--out", "queues.csv"]],
  ["catalog update", ["catalog", "update"]],
];

async function startService() {
  const identity = makeSelfSigned("service.example");
  const server = await serveTls(identity, (_request, response) => json(response, 401, {}));
  const directory = await tempDir();
  const authority = join(directory, "authority.pem");
  await writeFile(authority, identity.certificate);
  const env = {
    GENSCOPE_CONFIG_DIR: join(directory, "config"),
    GENESYSCLOUD_REGION: server.url,
    GENESYSCLOUD_OAUTHCLIENT_ID: "client-1",
    GENESYSCLOUD_OAUTHCLIENT_SECRET: "s3cret",
    NODE_TLS_REJECT_UNAUTHORIZED: "0",
  };
  return { server, directory, authority, env };
}

test.each(COMMANDS)("`%s` sends nothing while certificate verification is disabled", async (_name, argv) => {
  const { server, directory, env, authority } = await startService();
  const { exitCode, stderr } = await runGenscope([...argv, "--ca-cert", authority], env, { directory });
  expect({ exitCode, stderr }).toEqual({ exitCode: 9, stderr: REFUSED });
  expect(server.seen).toEqual([]);
});

test("doctor names the setting that disables certificate verification, and connects to nothing", async () => {
  const { server, directory, env } = await startService();
  const { exitCode, stdout } = await runGenscope(["doctor", "--json"], env, { directory });
  expect(exitCode).toBe(9);
  expect(asRecord(JSON.parse(stdout))["checks"]).toContainEqual(
    expect.objectContaining({
      name: "certificates",
      status: "failed",
      hint: expect.stringContaining("--ca-cert"),
    }),
  );
  expect(server.seen).toEqual([]);
});

test("a command sends requests when certificate verification is enabled and the authority is configured", async () => {
  const { server, directory, env, authority } = await startService();
  const { exitCode } = await runGenscope(
    ["whoami", "--ca-cert", authority],
    { ...env, NODE_TLS_REJECT_UNAUTHORIZED: "1" },
    { directory },
  );
  expect(exitCode).toBe(4);
  expect(server.seen).not.toEqual([]);
});

test("a command reaches the service through a proxy", async () => {
  const { server, directory, env, authority } = await startService();
  const proxy = await serveConnectProxy(Number(new URL(server.url).port));
  const proxied = {
    ...env,
    NODE_TLS_REJECT_UNAUTHORIZED: "1",
    GENESYSCLOUD_REGION: "https://service.example",
    HTTPS_PROXY: `http://127.0.0.1:${proxy.port}`,
  };
  const { exitCode, stderr } = await runGenscope(["whoami", "--ca-cert", authority], proxied, { directory });
  expect({ exitCode, stderr }).toMatchObject({ exitCode: 4 });
  expect(proxy.tunnels).toContainEqual({ target: "service.example:443", authorization: undefined });
  expect(server.seen).not.toEqual([]);
});
