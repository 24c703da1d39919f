import { chmod, mkdir, symlink, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { describe, expect, test } from "vitest";
import type { CredentialStore } from "../../../../src/auth/stores/credential-store.ts";
import { cacheFileOf } from "../../../../src/catalogue/facts/cache-file.ts";
import { type Clock, systemClock } from "../../../../src/core/clock.ts";
import { StoreError } from "../../../../src/core/errors.ts";
import { act, sandboxFor } from "../../../sandbox/client.ts";
import { clockAtAge, storeFreshCatalogue } from "../../../support/catalogue-age.ts";
import { serveConnectProxy } from "../../../support/connect-proxy.ts";
import { type Diagnosis, diagnose, SUPPORTED_NODE } from "../../../support/diagnose.ts";
import { json, serve, serveTls } from "../../../support/loopback-server.ts";
import { memoryStore } from "../../../support/memory-store.ts";
import { runCli } from "../../../support/run-cli.ts";
import { makeSelfSigned } from "../../../support/self-signed.ts";
import { tempDir } from "../../../support/temp-dir.ts";

const TOKEN = { GENESYSCLOUD_ACCESS_TOKEN: "some-token" };
/** The reserved domain `.test` does not resolve (RFC 2606 section 2), so only a proxy can reach this host. */
const GATEWAY = "https://gateway.test";

/** Replaces values that differ between runs with fixed names. */
function normalize(text: string): string {
  return text
    .replace(/127\.0\.0\.1:\d+/g, "127.0.0.1:PORT")
    .replace(/Node \S+ on \S+ \S+ /, "Node VERSION ")
    .replace(/`[^`]*genscope-[^`]*`/, "`DIRECTORY`")
    .replace(/in \d+ ms/g, "in N ms")
    .replace(/[01] s (ahead of|behind)/, "0 s ahead of")
    .replace(/catalog of \S+, [\d,]+ op/, "catalog of DATE, N op");
}

/** Creates a configuration directory that contains today's catalog of a host. */
async function updatedDirectory(apiUrl: string): Promise<string> {
  const directory = await tempDir();
  await storeFreshCatalogue(directory, apiUrl);
  return directory;
}

/** Refuses a request in the way that the API does. */
function refuseRequest(_request: unknown, response: Parameters<typeof json>[0]): void {
  json(response, 401, { message: "No authentication bearer token", code: "authentication.required" });
}

describe("the text output of doctor", () => {
  test("lists every check when it goes to a pipe", async () => {
    const { url } = await sandboxFor({}, systemClock);
    const { exitCode, stdout, stderr } = await runCli(["doctor"], {
      env: { ...TOKEN, GENESYSCLOUD_REGION: url, GENSCOPE_CONFIG_DIR: await updatedDirectory(url) },
      ports: { node: SUPPORTED_NODE },
    });

    expect([exitCode, stderr]).toEqual([0, ""]);
    expect(normalize(stdout)).toMatchInlineSnapshot(`
      "node              ok: Node VERSION (requires 20.19 or newer)
      settings          ok: region http://127.0.0.1:PORT (GENESYSCLOUD_REGION), profile \`default\` (default, not created yet), no client id, no client secret, access token present (GENESYSCLOUD_ACCESS_TOKEN), store keychain (default)
      config-directory  ok: \`DIRECTORY\`, mode 700
      catalogue         ok: updated catalog of DATE, N operations
      keychain          skipped: not accessed, because \`GENESYSCLOUD_ACCESS_TOKEN\` is set
                        hint: to test it, run \`env -u GENESYSCLOUD_ACCESS_TOKEN genscope doctor\`
      encrypted-file    skipped: not accessed, because \`GENESYSCLOUD_ACCESS_TOKEN\` is set
      proxy             ok: requests to \`127.0.0.1:PORT\` go directly (no proxy is set)
      certificates      skipped: no additional certificates are configured
      dns               skipped: \`127.0.0.1:PORT\` is an address, not a name
      tls               skipped: \`127.0.0.1:PORT\` is plain http
      reachability      ok: login \`127.0.0.1:PORT\` returned 405 in N ms; API \`127.0.0.1:PORT\` returned 401 in N ms (no token was sent)
      clock             ok: 0 s ahead of \`127.0.0.1:PORT\`

      7 ok, 0 warnings, 0 failed, 5 skipped
      "
    `);
  });

  test("has a hint after each failure", async () => {
    const url = "http://127.0.0.1:1";
    const { exitCode, stdout } = await runCli(["doctor"], {
      env: { ...TOKEN, GENESYSCLOUD_REGION: url, GENSCOPE_CONFIG_DIR: await updatedDirectory(url) },
      ports: { node: SUPPORTED_NODE },
    });

    expect(exitCode).toBe(9);
    expect(normalize(stdout)).toMatchInlineSnapshot(`
      "node              ok: Node VERSION (requires 20.19 or newer)
      settings          ok: region http://127.0.0.1:PORT (GENESYSCLOUD_REGION), profile \`default\` (default, not created yet), no client id, no client secret, access token present (GENESYSCLOUD_ACCESS_TOKEN), store keychain (default)
      config-directory  ok: \`DIRECTORY\`, mode 700
      catalogue         ok: updated catalog of DATE, N operations
      keychain          skipped: not accessed, because \`GENESYSCLOUD_ACCESS_TOKEN\` is set
                        hint: to test it, run \`env -u GENESYSCLOUD_ACCESS_TOKEN genscope doctor\`
      encrypted-file    skipped: not accessed, because \`GENESYSCLOUD_ACCESS_TOKEN\` is set
      proxy             ok: requests to \`127.0.0.1:PORT\` go directly (no proxy is set)
      certificates      skipped: no additional certificates are configured
      dns               skipped: \`127.0.0.1:PORT\` is an address, not a name
      tls               skipped: \`127.0.0.1:PORT\` is plain http
      reachability      failed: \`127.0.0.1:PORT\` does not accept connections (ECONNREFUSED)
                        hint: check that the program at this address, such as \`genscope sandbox\`, is still running
      clock             skipped: no server sent its time

      5 ok, 0 warnings, 1 failed, 6 skipped
      "
    `);
  });
});

test("warns about a catalog that is older than 60 days, with the command that updates it", async () => {
  const { url } = await sandboxFor({}, systemClock);
  const at = async (days: number) =>
    await diagnose({ ...TOKEN, GENESYSCLOUD_REGION: url }, { ports: { clock: clockAtAge(days) } });
  expect((await at(60)).check("catalogue")).toMatchObject({ status: "ok", hint: null });
  const { exitCode, check } = await at(61);
  expect([exitCode, check("catalogue")]).toMatchObject([
    0,
    {
      status: "warning",
      summary: expect.stringMatching(/^packaged catalog of \S+, \d,\d{3} operations; 61 days old$/),
      hint: "`genscope catalog update`",
      facts: {
        warning: expect.stringMatching(
          /^The packaged catalog of \S+ is 61 days old and may lack later changes to the platform. Update it: genscope catalog update$/,
        ),
      },
    },
  ]);
});

describe("doctor's checks of settings and credential stores", () => {
  test("report the source of each setting, and only the presence of secrets", async () => {
    const { url } = await sandboxFor({}, systemClock);
    const { check } = await diagnose(
      {
        GENESYSCLOUD_OAUTHCLIENT_ID: "client-1",
        GENESYSCLOUD_OAUTHCLIENT_SECRET: "s3cret-value",
        GENSCOPE_STORE: "none",
      },
      { argv: ["--region", url] },
    );

    expect(check("settings")["facts"]).toEqual({
      region: { id: null, domain: new URL(url).host, loginUrl: url, apiUrl: url, source: "--region" },
      clientId: { value: "client-1", source: "GENESYSCLOUD_OAUTHCLIENT_ID" },
      clientSecret: { isPresent: true, source: "GENESYSCLOUD_OAUTHCLIENT_SECRET" },
      accessToken: { isPresent: false, source: null },
      notes: [],
      profile: {
        name: "default",
        source: "default",
        exists: false,
        remembered: { accessToken: false, refreshToken: false, clientSecret: false },
      },
      store: { kind: "none", source: "GENSCOPE_STORE" },
    });
  });

  test("warn about a setting that is not used", async () => {
    const { url } = await sandboxFor({}, systemClock);
    const { exitCode, abnormal, check } = await diagnose({
      ...TOKEN,
      GENESYSCLOUD_REGION: url,
      GENESYSCLOUD_OAUTHCLIENT_ID: "client-1",
    });

    expect([exitCode, abnormal]).toEqual([0, { settings: "warning" }]);
    expect(check("settings")["hint"]).toBe(
      "using the token in GENESYSCLOUD_ACCESS_TOKEN, not the client from GENESYSCLOUD_OAUTHCLIENT_ID",
    );
  });

  test("test the keychain when there is no credential", async () => {
    const { url } = await sandboxFor({}, systemClock);
    const store = memoryStore();
    const { exitCode, abnormal, check } = await diagnose(
      { GENESYSCLOUD_REGION: url },
      { ports: { openStore: () => store } },
    );

    expect([exitCode, abnormal, store.calls]).toEqual([0, { keychain: "ok" }, ["probe"]]);
    expect(check("keychain")["summary"]).toBe(
      "memory of the test: a test entry was written, read and erased",
    );
  });

  test.each([
    ["GENESYSCLOUD_ACCESS_TOKEN"],
    ["GENESYSCLOUD_OAUTHCLIENT_SECRET"],
    ["GENESYS_CLOUD_CLIENT_SECRET"],
  ])("open no credential store with %s, whichever is selected", async (variable) => {
    const { url } = await sandboxFor({}, systemClock);
    const opened: string[] = [];
    const openStore = (kind: "keychain" | "file" | "none") => {
      opened.push(kind);
      return memoryStore(kind);
    };
    for (const store of ["keychain", "file"]) {
      const env = { GENESYSCLOUD_REGION: url, [variable]: "some-secret", GENSCOPE_STORE: store };
      const { exitCode, check } = await diagnose(env, { ports: { openStore } });
      expect([exitCode, check("keychain")]).toEqual([
        0,
        {
          name: "keychain",
          status: "skipped",
          summary: `not accessed, because \`${variable}\` is set`,
          hint: `to test it, run \`env -u ${variable} genscope doctor\``,
          facts: { isTouched: false, givenBy: variable },
        },
      ]);
    }
    expect(opened).toEqual([]);
  });

  test("open the selected encrypted file only for reading", async () => {
    const { url } = await sandboxFor({}, systemClock);
    const store = memoryStore("file");
    const { abnormal } = await diagnose(
      { GENESYSCLOUD_REGION: url, GENSCOPE_STORE: "file" },
      { ports: { openStore: () => store } },
    );

    expect([abnormal, store.calls]).toEqual([
      { "encrypted-file": "ok" },
      ["get doctor@doctor.invalid#access-token"],
    ]);
  });
});

/** A broken environment and its expected result. */
interface Broken {
  readonly arrange: () => Promise<Parameters<typeof diagnose>>;
  readonly exitCode: number;
  readonly abnormal: Diagnosis["abnormal"];
  /** The check that reports the problem, and its summary. */
  readonly reports: readonly [check: string, summary: string | RegExp];
}

/** Returns the environment of a healthy sandbox, with these variables changed. */
async function sandboxEnv(
  differences: Readonly<Record<string, string>> = {},
): Promise<Readonly<Record<string, string>>> {
  const { url } = await sandboxFor({}, systemClock);
  return { ...TOKEN, GENESYSCLOUD_REGION: url, ...differences };
}

/**
 * The checks that are skipped after a failed settings check. DNS and TLS are skipped for a loopback address anyway.
 */
const SKIPPED = { reachability: "skipped", clock: "skipped" };
const lockedStore = (): CredentialStore => ({
  ...memoryStore(),
  probe: async () => {
    throw new StoreError("store.locked", "the keychain is locked", { hint: "unlock it" });
  },
});
/** Returns a clock that is ahead of the servers' clocks by `byMs` milliseconds. */
const shiftedClock = (byMs: number): Clock => ({ ...systemClock, now: () => systemClock.now() + byMs });

const BROKEN: Readonly<Record<string, Broken>> = {
  "a locked keychain": {
    arrange: async () => {
      const { url } = await sandboxFor({}, systemClock);
      return [{ GENESYSCLOUD_REGION: url }, { ports: { openStore: lockedStore } }];
    },
    exitCode: 10,
    abnormal: { keychain: "failed" },
    reports: ["keychain", "the keychain is locked"],
  },
  "a locked keychain and no network, where the store comes first": {
    arrange: async () => [
      { GENESYSCLOUD_REGION: "http://127.0.0.1:1" },
      { ports: { openStore: lockedStore } },
    ],
    exitCode: 10,
    abnormal: { keychain: "failed", reachability: "failed", clock: "skipped" },
    reports: ["keychain", "the keychain is locked"],
  },
  "a damaged encrypted file": {
    arrange: async () => {
      const directory = await tempDir();
      await writeFile(join(directory, "credentials.enc"), "nonsense", { mode: 0o600 });
      const { url } = await sandboxFor({}, systemClock);
      return [{ GENESYSCLOUD_REGION: url, GENSCOPE_CONFIG_DIR: directory, GENSCOPE_STORE: "file" }];
    },
    exitCode: 10,
    abnormal: { "encrypted-file": "failed" },
    reports: ["encrypted-file", /credentials\.enc` is damaged: its checksum does not match$/],
  },
  "an unknown store": {
    arrange: async () => [await sandboxEnv({ GENSCOPE_STORE: "vault" })],
    exitCode: 2,
    abnormal: { settings: "failed" },
    reports: ["settings", "`vault` is not a store (GENSCOPE_STORE)"],
  },
  "a misspelled region": {
    arrange: async () => [{ ...TOKEN, GENESYSCLOUD_REGION: "eu-centrall-1" }],
    exitCode: 2,
    abnormal: { settings: "failed", proxy: "skipped", ...SKIPPED },
    reports: ["settings", "`eu-centrall-1` is not a region"],
  },
  "an unknown profile": {
    arrange: async () => [await sandboxEnv({ GENSCOPE_PROFILE: "nobody" })],
    exitCode: 2,
    abnormal: { settings: "failed", proxy: "skipped", ...SKIPPED },
    reports: ["settings", "profile `nobody` does not exist (GENSCOPE_PROFILE)"],
  },
  "damaged profiles": {
    arrange: async () => {
      const directory = await tempDir();
      await writeFile(join(directory, "config.toml"), "current = ", { mode: 0o600 });
      return [await sandboxEnv({ GENSCOPE_CONFIG_DIR: directory })];
    },
    exitCode: 2,
    abnormal: { settings: "failed", proxy: "skipped", ...SKIPPED },
    reports: ["settings", /config\.toml` is not valid TOML: line 1/],
  },
  "a configuration directory that is open to other users": {
    arrange: async () => {
      const directory = await tempDir();
      await chmod(directory, 0o755);
      return [await sandboxEnv({ GENSCOPE_CONFIG_DIR: directory })];
    },
    exitCode: 0,
    abnormal: { "config-directory": "warning" },
    reports: ["config-directory", /` is accessible to other users \(mode 755\)$/],
  },
  "a file in place of the configuration directory": {
    arrange: async () => {
      const path = join(await tempDir(), "config");
      await writeFile(path, "");
      return [await sandboxEnv({ GENSCOPE_CONFIG_DIR: path })];
    },
    exitCode: 0,
    abnormal: { "config-directory": "warning" },
    reports: [
      "config-directory",
      /config` is not a directory: no login can be stored and no profile changed$/,
    ],
  },
  "a configuration directory that cannot be created": {
    arrange: async () => [await sandboxEnv({ GENSCOPE_CONFIG_DIR: "/dev/null/genscope" })],
    exitCode: 0,
    abnormal: { "config-directory": "warning" },
    reports: [
      "config-directory",
      "`/dev/null/genscope` cannot be used (not a directory): no login can be stored and no profile changed",
    ],
  },
  "a damaged catalogue": {
    arrange: async () => {
      const directory = await tempDir();
      const env = await sandboxEnv({ GENSCOPE_CONFIG_DIR: directory });
      const path = cacheFileOf(join(directory, "cache"), env["GENESYSCLOUD_REGION"] ?? "");
      await mkdir(dirname(path), { recursive: true });
      await writeFile(path, "nonsense");
      return [env];
    },
    exitCode: 0,
    abnormal: { catalogue: "warning" },
    reports: ["catalogue", /^packaged catalog of .+; The updated catalog `.+` is not used: /],
  },
  "an invalid proxy": {
    arrange: async () => [
      { ...TOKEN, GENESYSCLOUD_REGION: GATEWAY, HTTPS_PROXY: "socks5://person:word@proxy.test" },
    ],
    exitCode: 2,
    abnormal: { proxy: "failed", ...SKIPPED },
    reports: ["proxy", "the value of `HTTPS_PROXY` is not the URL of an HTTP proxy"],
  },
  "a proxy that refuses": {
    arrange: async () => {
      const { port } = await serveConnectProxy(0, 407);
      return [{ ...TOKEN, GENESYSCLOUD_REGION: GATEWAY, HTTPS_PROXY: `http://127.0.0.1:${port}` }];
    },
    exitCode: 9,
    abnormal: { tls: "failed", reachability: "skipped", clock: "skipped" },
    reports: ["tls", /^the proxy `127\.0\.0\.1:\d+` refused a connection to `gateway\.test:443` \(407\)$/],
  },
  "a port that refuses connections": {
    arrange: async () => [{ ...TOKEN, GENESYSCLOUD_REGION: "http://127.0.0.1:1" }],
    exitCode: 9,
    abnormal: { reachability: "failed", clock: "skipped" },
    reports: ["reachability", "`127.0.0.1:1` does not accept connections (ECONNREFUSED)"],
  },
  "a self-signed certificate": {
    arrange: async () => {
      const { url } = await serveTls(makeSelfSigned("gateway.test"), refuseRequest);
      return [{ ...TOKEN, GENESYSCLOUD_REGION: url }];
    },
    exitCode: 9,
    abnormal: { tls: "failed", reachability: "skipped", clock: "skipped" },
    reports: ["tls", /is not trusted: it is self-signed \(DEPTH_ZERO_SELF_SIGNED_CERT\)$/],
  },
  "an expired certificate": {
    arrange: async () => {
      const identity = makeSelfSigned("gateway.test");
      const path = join(await tempDir(), "authority.pem");
      await writeFile(path, identity.certificate);
      const { url } = await serve(refuseRequest);
      const afterExpiry = Date.UTC(2050, 0, 1) - systemClock.now();
      return [
        { ...TOKEN, GENESYSCLOUD_REGION: url, NODE_EXTRA_CA_CERTS: path },
        { ports: { clock: shiftedClock(afterExpiry) } },
      ];
    },
    exitCode: 0,
    abnormal: { certificates: "warning", clock: "warning" },
    reports: [
      "certificates",
      /\(NODE_EXTRA_CA_CERTS\): `genscope test`, valid from 2020-01-01T00:00:00\.000Z to 2049-12-31T23:59:59\.000Z, not valid today$/,
    ],
  },
  "certificates that two settings name": {
    arrange: async () => {
      const path = join(await tempDir(), "authority.der");
      await writeFile(path, "nonsense");
      const link = `${path}.link`;
      await symlink(path, link);
      return [await sandboxEnv({ SSL_CERT_FILE: path, NODE_EXTRA_CA_CERTS: link })];
    },
    exitCode: 0,
    abnormal: { certificates: "warning" },
    reports: [
      "certificates",
      /^`[^`]+authority\.der` \(SSL_CERT_FILE, NODE_EXTRA_CA_CERTS\) contains no PEM certificate$/,
    ],
  },
  "certificates that cannot be read": {
    arrange: async () => [await sandboxEnv({ SSL_CERT_FILE: "/nonexistent/authority.pem" })],
    exitCode: 2,
    abnormal: { certificates: "failed", ...SKIPPED },
    reports: [
      "certificates",
      "`/nonexistent/authority.pem` (SSL_CERT_FILE) cannot be read (no such file or directory)",
    ],
  },
  "certificates without an end": {
    arrange: async () => [await sandboxEnv({ SSL_CERT_FILE: "/dev/zero" })],
    exitCode: 2,
    abnormal: { certificates: "failed", ...SKIPPED },
    reports: ["certificates", "`/dev/zero` (SSL_CERT_FILE) cannot be read (larger than 64 MiB)"],
  },
  "a file without certificates": {
    arrange: async () => {
      const path = join(await tempDir(), "authority.der");
      await writeFile(path, "\u0000nonsense");
      return [await sandboxEnv(), { argv: ["--ca-cert", path] }];
    },
    exitCode: 2,
    abnormal: { certificates: "failed", ...SKIPPED },
    reports: ["certificates", /authority\.der` \(--ca-cert\) contains no PEM certificate$/],
  },
  "a broken certificate": {
    arrange: async () => {
      const path = join(await tempDir(), "authority.pem");
      await writeFile(path, "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n");
      return [await sandboxEnv({ NODE_EXTRA_CA_CERTS: path })];
    },
    exitCode: 0,
    abnormal: { certificates: "warning" },
    reports: [
      "certificates",
      /authority\.pem` \(NODE_EXTRA_CA_CERTS\) contains 1 certificate that cannot be read$/,
    ],
  },
  "disabled verification": {
    arrange: async () => [await sandboxEnv({ NODE_TLS_REJECT_UNAUTHORIZED: "0" })],
    exitCode: 9,
    abnormal: { certificates: "failed", ...SKIPPED },
    reports: [
      "certificates",
      /^certificate verification is off \(`NODE_TLS_REJECT_UNAUTHORIZED=0`\): any host on the network path could read the token$/,
    ],
  },
  "a service that answers 503": {
    arrange: async () => {
      const sandbox = await sandboxFor({}, systemClock);
      await act(sandbox, "fault.add", { path: "/api/v2", times: 1, status: 503 });
      return [{ ...TOKEN, GENESYSCLOUD_REGION: sandbox.url }];
    },
    exitCode: 7,
    abnormal: { reachability: "failed" },
    reports: ["reachability", /API `127\.0\.0\.1:\d+` returned 503 in \d+ ms$/],
  },
  "an HTML page in place of the API": {
    arrange: async () => {
      const { url } = await serve((_request, response) => {
        response.writeHead(200, { "content-type": "text/html" }).end("<html>Log in to the network</html>");
      });
      return [{ ...TOKEN, GENESYSCLOUD_REGION: url }];
    },
    exitCode: 0,
    abnormal: { reachability: "warning" },
    reports: ["reachability", /returned 200 in \d+ ms, with a page \(text\/html\) that starts with `<html>/],
  },
  "a fast clock": {
    arrange: async () => [await sandboxEnv(), { ports: { clock: shiftedClock(90_000) } }],
    exitCode: 0,
    abnormal: { clock: "warning" },
    reports: [
      "clock",
      /^9[01] s ahead of `127\.0\.0\.1:\d+`: tokens and certificates look expired before they are/,
    ],
  },
};

describe("doctor finds a problem and exits with its code", () => {
  test.each(Object.entries(BROKEN))(
    "%s",
    async (_, { arrange, exitCode, abnormal, reports: [name, words] }) => {
      const diagnosis = await diagnose(...(await arrange()));

      expect([diagnosis.exitCode, diagnosis.abnormal]).toEqual([exitCode, abnormal]);
      expect(diagnosis.check(name)["summary"]).toEqual(
        typeof words === "string" ? words : expect.stringMatching(words),
      );
      expect(diagnosis.check(name)["hint"]).toMatch(/\S/);
      expect(diagnosis.stderr).toBe("");
    },
  );
});

describe("doctor's check of TLS", () => {
  test("accepts a certificate whose authority is configured", async () => {
    const identity = makeSelfSigned("gateway.test");
    const path = join(await tempDir(), "authority.pem");
    await writeFile(path, identity.certificate);
    const { url } = await serveTls(identity, refuseRequest);
    const { exitCode, abnormal, check } = await diagnose({
      ...TOKEN,
      GENESYSCLOUD_REGION: url,
      NODE_EXTRA_CA_CERTS: path,
    });

    expect([exitCode, abnormal]).toEqual([0, { certificates: "ok", tls: "ok" }]);
    expect(check("tls")["facts"]).toMatchObject({
      hosts: [{ protocol: "TLSv1.3", verification: null, certificate: { issuer: "genscope test" } }],
    });
  });

  test("lets the proxy resolve names, and hides the proxy's password", async () => {
    const identity = makeSelfSigned("gateway.test");
    const path = join(await tempDir(), "authority.pem");
    await writeFile(path, identity.certificate);
    const server = await serveTls(identity, refuseRequest);
    const proxy = await serveConnectProxy(server.port);
    const { exitCode, abnormal, check } = await diagnose({
      ...TOKEN,
      GENESYSCLOUD_REGION: GATEWAY,
      NODE_EXTRA_CA_CERTS: path,
      HTTPS_PROXY: `http://person:word@127.0.0.1:${proxy.port}`,
    });

    expect([exitCode, abnormal]).toEqual([0, { certificates: "ok", tls: "ok" }]);
    expect(check("proxy")["facts"]).toEqual({
      hosts: [
        {
          host: "gateway.test",
          proxy: `http://127.0.0.1:${proxy.port}`,
          hasCredentials: true,
          variable: "HTTPS_PROXY",
          reason: "set",
        },
      ],
    });
    expect(check("dns")["summary"]).toBe(
      `\`gateway.test\` is resolved by the proxy \`127.0.0.1:${proxy.port}\``,
    );
    expect(new Set(proxy.tunnels.map(({ target }) => target))).toEqual(new Set(["gateway.test:443"]));
  });

  test("tests a connection without sending a token", async () => {
    const server = await serve(refuseRequest);
    await diagnose({ ...TOKEN, GENESYSCLOUD_REGION: server.url });

    expect(
      server.seen.map(({ method, path, headers }) => [method, path, headers.authorization]).toSorted(),
    ).toEqual([
      ["GET", "/api/v2/users/me", undefined],
      ["GET", "/oauth/token", undefined],
    ]);
  });
});
