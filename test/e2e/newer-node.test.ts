import { spawnSync } from "node:child_process";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import * as tls from "node:tls";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { exportSandbox } from "../support/export-sandbox.ts";
import { BIN, type Ending, runGenscope, startGenscope } from "../support/genscope-process.ts";
import { json, serveTls } from "../support/loopback-server.ts";
import { findNode } from "../support/other-node.ts";
import { makeSelfSigned } from "../support/self-signed.ts";
import { tempDir } from "../support/temp-dir.ts";

let installation: string;
/** Runs genscope with the newer Node; null when the registry has none. */
let runNewer: ((args: readonly string[], env: Readonly<Record<string, string>>) => Promise<Ending>) | null;

beforeAll(async () => {
  installation = await mkdtemp(join(tmpdir(), "genscope-node-"));
  const directory = await findNode("24", installation);
  runNewer =
    directory === null
      ? null
      : async (args, env) =>
          await startGenscope([BIN, ...args], env, { command: join(directory, "node") }).ended;
});

afterAll(async () => await rm(installation, { recursive: true, force: true }));

describe("genscope on Node 24 (needs its npm package)", () => {
  test("trusts an authority in the operating system's store, which an older Node cannot read", async ({
    skip,
  }) => {
    if (runNewer === null) return skip("no package of Node 24");
    const identity = makeSelfSigned("service.example");
    const server = await serveTls(identity, (_request, response) => json(response, 401, {}));
    const directory = await tempDir();
    // OpenSSL looks up a certificate authority in a directory by the hash of its name.
    const hashed = spawnSync("openssl", ["x509", "-hash", "-noout"], {
      input: identity.certificate,
      encoding: "utf8",
    });
    if (hashed.status !== 0) return skip("no openssl");
    await writeFile(join(directory, `${hashed.stdout.trim()}.0`), identity.certificate);
    const env = {
      GENESYSCLOUD_REGION: server.url,
      GENESYSCLOUD_OAUTHCLIENT_ID: "client-1",
      GENESYSCLOUD_OAUTHCLIENT_SECRET: "s3cret",
      SSL_CERT_DIR: directory,
    };

    expect((await runGenscope(["whoami"], env)).exitCode).toBe("getCACertificates" in tls ? 4 : 9);
    const newer = await runNewer(["whoami"], env);
    expect({ exitCode: newer.exitCode, stderr: newer.stderr }).toMatchObject({ exitCode: 4 });
    const { stdout } = await runNewer(["doctor"], env);
    expect(stdout).toContain("trusted by the operating system");
    const without = await runNewer(["whoami"], { ...env, SSL_CERT_DIR: "/nonexistent" });
    expect(without.exitCode).toBe(9);
  });

  test("writes the same bytes with --compress zstd as on the oldest supported Node", async ({ skip }) => {
    if (runNewer === null) return skip("no package of Node 24");
    const { env, interval } = await exportSandbox({ conversations: 40, days: 2 });
    const directory = await tempDir();
    const flags = ["--interval", interval, "--compress", "zstd"];
    const args = (out: string) => [
      "export",
      "conversations",
      "details",
      ...flags,
      "--out",
      join(directory, out),
    ];
    expect((await runGenscope(args("older.ndjson.zst"), env)).exitCode).toBe(0);
    expect((await runNewer(args("newer.ndjson.zst"), env)).exitCode).toBe(0);
    const [older, newer] = await Promise.all(
      ["older.ndjson.zst", "newer.ndjson.zst"].map(async (name) => await readFile(join(directory, name))),
    );
    expect(older?.length).toBeGreaterThan(200);
    expect(older).toEqual(newer);
  });
});
