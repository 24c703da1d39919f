import { chmod, mkdir, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { describe, expect, test } from "vitest";
import type { CredentialStore } from "../../../../src/auth/stores/credential-store.ts";
import { cacheFileOf } from "../../../../src/catalogue/facts/cache-file.ts";
import { type Clock, systemClock } from "../../../../src/core/clock.ts";
import { StoreError } from "../../../../src/core/errors.ts";
import { act, sandboxFor } from "../../../sandbox/client.ts";
import { serveConnectProxy } from "../../../support/connect-proxy.ts";
import { type Diagnosis, diagnose } from "../../../support/diagnose.ts";
import { json, serve, serveTls } from "../../../support/loopback-server.ts";
import { memoryStore } from "../../../support/memory-store.ts";
import { runCli } from "../../../support/run-cli.ts";
import { makeSelfSigned } from "../../../support/self-signed.ts";
import { tempDir } from "../../../support/temp-dir.ts";

const TOKEN = { GENESYSCLOUD_ACCESS_TOKEN: "some-token" };
/** No name of the reserved domain `.test` exists (RFC 2606 section 2): only a proxy leads there. */
const GATEWAY = "https://gateway.test";

/** What differs from run to run, by names. */
function settle(text: string): string {
  return text
    .replace(/127\.0\.0\.1:\d+/g, "127.0.0.1:PORT")
    .replace(/Node \S+ on \S+ \S+ /, "Node VERSION ")
    .replace(/`[^`]*genscope-none-[^`]*`/, "`DIRECTORY`")
    .replace(/in \d+ ms/g, "in N ms")
    .replace(/[01] s (ahead of|behind)/, "0 s ahead of")
    .replace(/catalogue of \S+, \d+/, "catalogue of DATE, N");
}

/** A server that refuses as the API does. */
function refuse(_request: unknown, response: Parameters<typeof json>[0]): void {
  json(response, 401, { message: "No authentication bearer token", code: "authentication.required" });
}

describe("for a person", () => {
  test("in a pipe, where all is well", async () => {
    const { url } = await sandboxFor({}, systemClock);
    const { exitCode, stdout, stderr } = await runCli(["doctor"], {
      env: { ...TOKEN, GENESYSCLOUD_REGION: url },
    });

    expect([exitCode, stderr]).toEqual([0, ""]);
    expect(settle(stdout)).toMatchInlineSnapshot(`
      "node              ok: Node VERSION (requires 20.19 or newer)
      settings          ok: region http://127.0.0.1:PORT (GENESYSCLOUD_REGION), profile default (default, not created yet), no client id, no client secret, access token present (GENESYSCLOUD_ACCESS_TOKEN), store keychain (default)
      config-directory  ok: \`DIRECTORY\` does not exist yet: the first login creates it
      catalogue         ok: packaged catalogue of DATE, N operations
      keychain          skipped: not needed and not touched: \`GENESYSCLOUD_ACCESS_TOKEN\` is set
                        hint: test it with \`env -u GENESYSCLOUD_ACCESS_TOKEN genscope doctor\`
      encrypted-file    skipped: not needed and not touched: \`GENESYSCLOUD_ACCESS_TOKEN\` is set
      proxy             ok: \`127.0.0.1:PORT\` directly (no proxy is set)
      certificates      skipped: no additional certificates are configured
      dns               skipped: \`127.0.0.1:PORT\` is an address, not a name
      tls               skipped: \`127.0.0.1:PORT\` is plain http
      reachability      ok: login \`127.0.0.1:PORT\` answers 405 in N ms; API \`127.0.0.1:PORT\` answers 401 in N ms (no token was sent)
      clock             ok: 0 s ahead of \`127.0.0.1:PORT\`

      7 ok, 0 warnings, 0 failed, 5 skipped
      "
    `);
  });

  test("what is wrong comes with what to do", async () => {
    const { exitCode, stdout } = await runCli(["doctor"], {
      env: { ...TOKEN, GENESYSCLOUD_REGION: "http://127.0.0.1:1" },
    });

    expect(exitCode).toBe(9);
    expect(settle(stdout)).toMatchInlineSnapshot(`
      "node              ok: Node VERSION (requires 20.19 or newer)
      settings          ok: region http://127.0.0.1:PORT (GENESYSCLOUD_REGION), profile default (default, not created yet), no client id, no client secret, access token present (GENESYSCLOUD_ACCESS_TOKEN), store keychain (default)
      config-directory  ok: \`DIRECTORY\` does not exist yet: the first login creates it
      catalogue         ok: packaged catalogue of DATE, N operations
      keychain          skipped: not needed and not touched: \`GENESYSCLOUD_ACCESS_TOKEN\` is set
                        hint: test it with \`env -u GENESYSCLOUD_ACCESS_TOKEN genscope doctor\`
      encrypted-file    skipped: not needed and not touched: \`GENESYSCLOUD_ACCESS_TOKEN\` is set
      proxy             ok: \`127.0.0.1:PORT\` directly (no proxy is set)
      certificates      skipped: no additional certificates are configured
      dns               skipped: \`127.0.0.1:PORT\` is an address, not a name
      tls               skipped: \`127.0.0.1:PORT\` is plain http
      reachability      failed: \`127.0.0.1:PORT\` accepts no connection (ECONNREFUSED)
                        hint: check the address, and whether a firewall blocks it
      clock             skipped: no server sent its time

      5 ok, 0 warnings, 1 failed, 6 skipped
      "
    `);
  });
});

describe("what it says of settings and stores", () => {
  test("where each setting comes from, and of secrets only that they are there", async () => {
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

  test("what is given and not used is a warning", async () => {
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

  test("without a credential the keychain is really tried", async () => {
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
  ])("with %s no store is touched, whatever was chosen", async (variable) => {
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
          summary: `not needed and not touched: \`${variable}\` is set`,
          hint: `test it with \`env -u ${variable} genscope doctor\``,
          facts: { isTouched: false, givenBy: variable },
        },
      ]);
    }
    expect(opened).toEqual([]);
  });

  test("the encrypted file is opened where it was chosen, and only read", async () => {
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

/** One broken environment: how it comes about, and what is then found. */
interface Broken {
  readonly arrange: () => Promise<Parameters<typeof diagnose>>;
  readonly exitCode: number;
  readonly abnormal: Diagnosis["abnormal"];
  /** The check that says what is wrong, and its words. */
  readonly says: readonly [check: string, summary: string | RegExp];
}

/** The healthy environment of a new sandbox, with these differences. */
async function sandboxEnv(
  differences: Readonly<Record<string, string>> = {},
): Promise<Readonly<Record<string, string>>> {
  const { url } = await sandboxFor({}, systemClock);
  return { ...TOKEN, GENESYSCLOUD_REGION: url, ...differences };
}

/** Names and TLS are skipped anyway. */
const UNTRIED = { reachability: "skipped", clock: "skipped" };
const lockedStore = (): CredentialStore => ({
  ...memoryStore(),
  probe: async () => {
    throw new StoreError("store.locked", "the keychain is locked", { hint: "unlock it" });
  },
});
/** Our clock, so far from the servers'. */
const shifted = (byMs: number): Clock => ({ ...systemClock, now: () => systemClock.now() + byMs });

const BROKEN: Readonly<Record<string, Broken>> = {
  "a locked keychain": {
    arrange: async () => {
      const { url } = await sandboxFor({}, systemClock);
      return [{ GENESYSCLOUD_REGION: url }, { ports: { openStore: lockedStore } }];
    },
    exitCode: 10,
    abnormal: { keychain: "failed" },
    says: ["keychain", "the keychain is locked"],
  },
  "a locked keychain and no network: the store has to be mended first": {
    arrange: async () => [
      { GENESYSCLOUD_REGION: "http://127.0.0.1:1" },
      { ports: { openStore: lockedStore } },
    ],
    exitCode: 10,
    abnormal: { keychain: "failed", reachability: "failed", clock: "skipped" },
    says: ["keychain", "the keychain is locked"],
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
    says: ["encrypted-file", /credentials\.enc` is damaged: its checksum does not match$/],
  },
  "a store that there is not": {
    arrange: async () => [await sandboxEnv({ GENSCOPE_STORE: "vault" })],
    exitCode: 2,
    abnormal: { settings: "failed" },
    says: ["settings", "`vault` is not a store (GENSCOPE_STORE)"],
  },
  "a misspelt region": {
    arrange: async () => [{ ...TOKEN, GENESYSCLOUD_REGION: "eu-centrall-1" }],
    exitCode: 2,
    abnormal: { settings: "failed", proxy: "skipped", ...UNTRIED },
    says: ["settings", "`eu-centrall-1` is not a region"],
  },
  "a profile that there is not": {
    arrange: async () => [await sandboxEnv({ GENSCOPE_PROFILE: "nobody" })],
    exitCode: 2,
    abnormal: { settings: "failed", proxy: "skipped", ...UNTRIED },
    says: ["settings", "profile `nobody` does not exist (GENSCOPE_PROFILE)"],
  },
  "damaged profiles": {
    arrange: async () => {
      const directory = await tempDir();
      await writeFile(join(directory, "config.toml"), "current = ", { mode: 0o600 });
      return [await sandboxEnv({ GENSCOPE_CONFIG_DIR: directory })];
    },
    exitCode: 2,
    abnormal: { settings: "failed", proxy: "skipped", ...UNTRIED },
    says: ["settings", /config\.toml` is not valid TOML: line 1/],
  },
  "a configuration directory that others may enter": {
    arrange: async () => {
      const directory = await tempDir();
      await chmod(directory, 0o755);
      return [await sandboxEnv({ GENSCOPE_CONFIG_DIR: directory })];
    },
    exitCode: 0,
    abnormal: { "config-directory": "warning" },
    says: ["config-directory", /` is open to other users \(mode 755\)$/],
  },
  "a file in place of the configuration directory": {
    arrange: async () => {
      const path = join(await tempDir(), "config");
      await writeFile(path, "");
      return [await sandboxEnv({ GENSCOPE_CONFIG_DIR: path })];
    },
    exitCode: 0,
    abnormal: { "config-directory": "warning" },
    says: ["config-directory", /config` is not a directory: no login can be stored and no profile changed$/],
  },
  "a user without a home": {
    arrange: async () => [await sandboxEnv({ GENSCOPE_CONFIG_DIR: "/dev/null/genscope" })],
    exitCode: 0,
    abnormal: { "config-directory": "warning" },
    says: [
      "config-directory",
      "`/dev/null/genscope` can't be used (ENOTDIR): no login can be stored and no profile changed",
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
    says: ["catalogue", /^packaged catalogue of .+; The updated catalogue `.+` is not used: /],
  },
  "a proxy that is none": {
    arrange: async () => [
      { ...TOKEN, GENESYSCLOUD_REGION: GATEWAY, HTTPS_PROXY: "socks5://person:word@proxy.test" },
    ],
    exitCode: 2,
    abnormal: { proxy: "failed", ...UNTRIED },
    says: ["proxy", "the value of `HTTPS_PROXY` is not the URL of an HTTP proxy"],
  },
  "a proxy that refuses": {
    arrange: async () => {
      const { port } = await serveConnectProxy(0, 407);
      return [{ ...TOKEN, GENESYSCLOUD_REGION: GATEWAY, HTTPS_PROXY: `http://127.0.0.1:${port}` }];
    },
    exitCode: 9,
    abnormal: { tls: "failed", reachability: "skipped", clock: "skipped" },
    says: ["tls", /^the proxy `127\.0\.0\.1:\d+` refused a connection to `gateway\.test:443` \(407\)$/],
  },
  "nobody listens": {
    arrange: async () => [{ ...TOKEN, GENESYSCLOUD_REGION: "http://127.0.0.1:1" }],
    exitCode: 9,
    abnormal: { reachability: "failed", clock: "skipped" },
    says: ["reachability", "`127.0.0.1:1` accepts no connection (ECONNREFUSED)"],
  },
  "a certificate that nobody vouches for": {
    arrange: async () => {
      const { url } = await serveTls(makeSelfSigned("gateway.test"), refuse);
      return [{ ...TOKEN, GENESYSCLOUD_REGION: url }];
    },
    exitCode: 9,
    abnormal: { tls: "failed", reachability: "skipped", clock: "skipped" },
    says: ["tls", /is not trusted: it is self-signed \(DEPTH_ZERO_SELF_SIGNED_CERT\)$/],
  },
  "a certificate that has ended": {
    arrange: async () => {
      const identity = makeSelfSigned("gateway.test");
      const path = join(await tempDir(), "authority.pem");
      await writeFile(path, identity.certificate);
      const { url } = await serve(refuse);
      const afterItsEnd = Date.UTC(2050, 0, 1) - systemClock.now();
      return [
        { ...TOKEN, GENESYSCLOUD_REGION: url, NODE_EXTRA_CA_CERTS: path },
        { ports: { clock: shifted(afterItsEnd) } },
      ];
    },
    exitCode: 0,
    abnormal: { certificates: "warning", clock: "warning" },
    says: [
      "certificates",
      /\(NODE_EXTRA_CA_CERTS\): `genscope test`, valid from 2020-01-01T00:00:00\.000Z to 2049-12-31T23:59:59\.000Z, not today$/,
    ],
  },
  "certificates that can't be read": {
    arrange: async () => [await sandboxEnv({ SSL_CERT_FILE: "/nonexistent/authority.pem" })],
    exitCode: 2,
    abnormal: { certificates: "failed", ...UNTRIED },
    says: ["certificates", "`/nonexistent/authority.pem` (SSL_CERT_FILE) can't be read (ENOENT)"],
  },
  "a file without certificates": {
    arrange: async () => {
      const path = join(await tempDir(), "authority.der");
      await writeFile(path, "\u0000nonsense");
      return [await sandboxEnv(), { argv: ["--ca-cert", path] }];
    },
    exitCode: 0,
    abnormal: { certificates: "warning" },
    says: ["certificates", /authority\.der` \(--ca-cert\) contains no certificate in PEM$/],
  },
  "a broken certificate": {
    arrange: async () => {
      const path = join(await tempDir(), "authority.pem");
      await writeFile(path, "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n");
      return [await sandboxEnv({ NODE_EXTRA_CA_CERTS: path })];
    },
    exitCode: 0,
    abnormal: { certificates: "warning" },
    says: [
      "certificates",
      /authority\.pem` \(NODE_EXTRA_CA_CERTS\) contains 1 certificate that can't be read$/,
    ],
  },
  "no verification": {
    arrange: async () => [await sandboxEnv({ NODE_TLS_REJECT_UNAUTHORIZED: "0" })],
    exitCode: 9,
    abnormal: { certificates: "failed", ...UNTRIED },
    says: [
      "certificates",
      /^certificate verification is off \(`NODE_TLS_REJECT_UNAUTHORIZED=0`\): any host in between could read the token$/,
    ],
  },
  "a service that fails": {
    arrange: async () => {
      const sandbox = await sandboxFor({}, systemClock);
      await act(sandbox, "fault.add", { path: "/api/v2", times: 1, status: 503 });
      return [{ ...TOKEN, GENESYSCLOUD_REGION: sandbox.url }];
    },
    exitCode: 7,
    abnormal: { reachability: "failed" },
    says: ["reachability", /API `127\.0\.0\.1:\d+` answers 503 in \d+ ms$/],
  },
  "a page in place of the API": {
    arrange: async () => {
      const { url } = await serve((_request, response) => {
        response.writeHead(200, { "content-type": "text/html" }).end("<html>Log in to the network</html>");
      });
      return [{ ...TOKEN, GENESYSCLOUD_REGION: url }];
    },
    exitCode: 0,
    abnormal: { reachability: "warning" },
    says: ["reachability", /answers 200 in \d+ ms, with a page \(text\/html\) that starts with `<html>/],
  },
  "a clock that is fast": {
    arrange: async () => [await sandboxEnv(), { ports: { clock: shifted(90_000) } }],
    exitCode: 0,
    abnormal: { clock: "warning" },
    says: ["clock", /^9[01] s ahead of `127\.0\.0\.1:\d+`: tokens look expired before they are/],
  },
};

describe("a broken environment is told, with its exit code", () => {
  test.each(Object.entries(BROKEN))("%s", async (_, { arrange, exitCode, abnormal, says: [name, words] }) => {
    const diagnosis = await diagnose(...(await arrange()));

    expect([diagnosis.exitCode, diagnosis.abnormal]).toEqual([exitCode, abnormal]);
    expect(diagnosis.check(name)["summary"]).toEqual(
      typeof words === "string" ? words : expect.stringMatching(words),
    );
    expect(diagnosis.check(name)["hint"]).toMatch(/\S/);
    expect(diagnosis.stderr).toBe("");
  });
});

describe("TLS", () => {
  test("with the certificate's authority named, all is well", async () => {
    const identity = makeSelfSigned("gateway.test");
    const path = join(await tempDir(), "authority.pem");
    await writeFile(path, identity.certificate);
    const { url } = await serveTls(identity, refuse);
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

  test("through a proxy the name is the proxy's to look up, and its password is not shown", async () => {
    const identity = makeSelfSigned("gateway.test");
    const path = join(await tempDir(), "authority.pem");
    await writeFile(path, identity.certificate);
    const server = await serveTls(identity, refuse);
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

  test("no token leaves the machine", async () => {
    const server = await serve(refuse);
    await diagnose({ ...TOKEN, GENESYSCLOUD_REGION: server.url });

    expect(
      server.seen.map(({ method, path, headers }) => [method, path, headers.authorization]).toSorted(),
    ).toEqual([
      ["GET", "/api/v2/users/me", undefined],
      ["GET", "/oauth/token", undefined],
    ]);
  });
});
