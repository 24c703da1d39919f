import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import type { Sandbox } from "../../src/sandbox/sandbox.ts";
import { call, json, sandboxFor } from "../sandbox/client.ts";
import { credentialsFor } from "../support/credentials.ts";
import { runGenscope, startGenscope } from "../support/genscope-process.ts";
import { type Keyring, missingForKeyring, startKeyring, withoutWaiting } from "../support/keyring.ts";
import { startMuteBus } from "../support/mute-bus.ts";
import { outcomeOf } from "../support/outcome.ts";
import { loggedIn } from "../support/profiles.ts";
import { logInAsClient, rememberProfile } from "../support/stored-login.ts";
import { tempDir } from "../support/temp-dir.ts";

const HEALTHY = { scenario: "healthy" };
const missing = missingForKeyring();
const named = (name: string) => (missing === null ? name : `${name} (${missing})`);

const accountsOf = ({ url }: Pick<Sandbox, "url">) =>
  ["at", "cs", "rt"].map((kind) => `default@${new URL(url).host}#${kind}`);

describe.skipIf(missing !== null)(named("login with a real Secret Service"), () => {
  let keyring: Keyring;
  beforeAll(async () => {
    keyring = await startKeyring();
  });
  afterAll(async () => await keyring.stop());

  test("stores the login, serves another process, then erases and revokes it on logout", async () => {
    const sandbox = await sandboxFor(HEALTHY);
    const env = { ...keyring.desktop, GENSCOPE_CONFIG_DIR: await tempDir() };
    const login = await logInAsClient(sandbox, env);
    expect([login.exitCode, withoutWaiting(login.stderr)]).toEqual([
      0,
      "logged in as profile `default`, stored in OS keychain (Secret Service)\n",
    ]);

    const [at = "", cs = "", rt = ""] = accountsOf(sandbox);
    const token = (await keyring.lookUp(at)) ?? "";
    expect([await keyring.lookUp(cs), await keyring.lookUp(rt)]).toEqual([sandbox.client.secret, null]);
    expect((await call(sandbox, "GET /api/v2/tokens/me", { token })).status).toBe(200);
    const config = await readFile(join(env.GENSCOPE_CONFIG_DIR, "config.toml"), "utf8");
    expect(config).not.toContain(token);
    expect(config).not.toContain(sandbox.client.secret);

    const [whoami, check, printed] = await Promise.all([
      runGenscope(["whoami", "--json"], env),
      runGenscope(["check-scopes", sandbox.operation], env),
      runGenscope(["token"], env),
    ]);
    const identity = json(JSON.parse(whoami.stdout));
    expect([whoami.exitCode, identity.at("client.id"), identity.at("token.storedIn")]).toEqual([
      0,
      sandbox.client.id,
      "OS keychain (Secret Service)",
    ]);
    expect(check.exitCode).toBe(0);
    expect({ ...printed, stderr: withoutWaiting(printed.stderr) }).toEqual({
      exitCode: 0,
      stdout: `${token}\n`,
      stderr: "",
    });
    // The login requested the only token.
    const seen = await call(sandbox, "GET /sandbox/requests");
    expect(seen.each("requests", "path").filter((path) => path === "/oauth/token")).toHaveLength(1);

    const logout = await runGenscope(["logout", "--json"], env);
    expect([logout.exitCode, json(JSON.parse(logout.stdout)).at("profiles.0.revocation")]).toEqual([
      0,
      "revoked",
    ]);
    expect(await Promise.all(accountsOf(sandbox).map(keyring.lookUp))).toEqual([null, null, null]);
    expect((await call(sandbox, "GET /api/v2/tokens/me", { token })).status).toBe(401);
    const after = await runGenscope(["whoami", "--json"], env);
    expect(outcomeOf(after).slice(0, 2)).toEqual([4, "auth.not_logged_in"]);
  });

  test("lets doctor name the library that opened the keychain", async () => {
    const { url } = await sandboxFor(HEALTHY);
    const env = { ...keyring.desktop, GENSCOPE_CONFIG_DIR: await tempDir(), GENESYSCLOUD_REGION: url };
    const { stdout } = await runGenscope(["doctor", "--json"], env);
    const checks = json(JSON.parse(stdout));
    const summaries = checks.each("checks", "summary");
    expect(summaries).toContain(
      "OS keychain (Secret Service): a test entry was written, read and erased by `keytar`",
    );
  });

  test("with `--store none` leaves nothing behind", async () => {
    const sandbox = await sandboxFor(HEALTHY);
    const env = { ...keyring.desktop, GENSCOPE_CONFIG_DIR: await tempDir() };
    const login = await logInAsClient(sandbox, env, ["--store", "none"]);
    expect([login.exitCode, login.stderr]).toEqual([
      0,
      "logged in as profile `default`; no secret is stored\n",
    ]);
    expect(await Promise.all(accountsOf(sandbox).map(keyring.lookUp))).toEqual([null, null, null]);
    const config = await readFile(join(env.GENSCOPE_CONFIG_DIR, "config.toml"), "utf8");
    expect(config).toContain("remembered = []");
    expect(outcomeOf(await runGenscope(["whoami", "--json"], env)).slice(0, 2)).toEqual([
      4,
      "auth.not_logged_in",
    ]);
  });

  test("is used by no command while the keychain is locked, and each fails without a change", async () => {
    const own = await startKeyring();
    try {
      const sandbox = await sandboxFor(HEALTHY);
      const env = { ...own.desktop, GENSCOPE_CONFIG_DIR: await tempDir() };
      expect((await logInAsClient(sandbox, env)).exitCode).toBe(0);
      await own.lock();
      const before = await readFile(join(env.GENSCOPE_CONFIG_DIR, "config.toml"), "utf8");
      const tries = [
        await runGenscope(["whoami", "--json"], env),
        await runGenscope(["token", "--json"], env),
        await runGenscope(["check-scopes", sandbox.operation, "--json"], env),
        await logInAsClient(sandbox, env, ["--json"]),
        await runGenscope(["logout", "--json"], env),
      ];
      const locked = [10, "store.locked", "the keychain is locked"];
      expect(tries.map(outcomeOf)).toEqual([
        ...Array.from({ length: 4 }, () => locked),
        [
          10,
          "store.locked",
          "the login of profile `default` is still stored in OS keychain (Secret Service): the keychain is locked; its token could not be read, and was not revoked",
        ],
      ]);
      expect(await readFile(join(env.GENSCOPE_CONFIG_DIR, "config.toml"), "utf8")).toBe(before);
      // Listing profiles does not require an unlocked keychain.
      expect((await runGenscope(["profile", "list"], env)).exitCode).toBe(0);
    } finally {
      await own.stop();
    }
  });
});

/** These tests need the library that connects to the bus, but no keyring. */
describe.skipIf(missing !== null)(named("a login without a Secret Service"), () => {
  test("fails without a D-Bus session before sending any secret, and suggests another credential store", async () => {
    const sandbox = await sandboxFor(HEALTHY);
    const login = await logInAsClient(sandbox, { GENSCOPE_CONFIG_DIR: await tempDir() }, ["--json"]);
    expect(outcomeOf(login)).toEqual([
      10,
      "store.absent",
      expect.stringMatching(/^no OS keychain available \(`.+`\)$/),
    ]);
    expect(login.stderr).toContain("genscope login --store file");
    expect((await call(sandbox, "GET /sandbox/requests")).at("requests.length")).toBe(0);
  });

  test("gives up after 5 s unattended, and waits at a desktop until interrupted", async () => {
    const sandbox = await sandboxFor(HEALTHY);
    const [bus, watched] = [await startMuteBus(), await startMuteBus()];
    const env = { ...bus.env, GENSCOPE_CONFIG_DIR: await tempDir() };
    const unattended = logInAsClient(sandbox, env, ["--json"]);
    const attended = startGenscope(
      ["login", "--grant", "client-credentials", "--region", sandbox.url, "--client-id", sandbox.client.id],
      { ...watched.env, GENSCOPE_CONFIG_DIR: await tempDir(), DISPLAY: ":99" },
    );
    await attended.says(/waiting for the keychain to be unlocked/);
    expect(outcomeOf(await unattended)).toEqual([
      10,
      "store.timeout",
      "the keychain did not respond within 5 s",
    ]);
    // By now, the attended login has waited longer than the limit for an unattended one.
    expect([bus.countConnections(), watched.countOpen()]).toEqual([1, 1]);
    attended.interrupt("SIGINT");
    expect((await attended.ended).exitCode).toBe(130);
    await vi.waitUntil(() => bus.countOpen() + watched.countOpen() === 0, { timeout: 240_000 });
    expect((await call(sandbox, "GET /sandbox/requests")).at("requests.length")).toBe(0);
  });
});

describe("a command does not open the keychain", () => {
  test.each([
    [
      "a token in the environment",
      async (sandbox: Sandbox) => ({
        GENESYSCLOUD_REGION: sandbox.url,
        GENESYSCLOUD_ACCESS_TOKEN: json(
          sandbox.act({ action: "token.mint", client: sandbox.client.id }),
        ).text("access_token"),
      }),
    ],
    ["a secret in the environment", async (sandbox: Sandbox) => credentialsFor(sandbox)],
  ])("with %s, although the keychain contains a profile's login", async (_, credentials) => {
    const sandbox = await sandboxFor(HEALTHY);
    const bus = await startMuteBus();
    const env = { ...bus.env, ...(await credentials(sandbox)), GENSCOPE_CONFIG_DIR: await tempDir() };
    const { url, client } = sandbox;
    await rememberProfile(
      env.GENSCOPE_CONFIG_DIR,
      loggedIn({ name: "default", region: url, clientId: client.id }),
    );
    const runs = await Promise.all([
      runGenscope(["whoami"], env),
      runGenscope(["check-scopes", sandbox.operation], env),
      runGenscope(["token"], env),
      runGenscope(["doctor"], env),
    ]);
    expect(runs.map(({ exitCode }) => exitCode)).toEqual([0, 0, 0, 0]);
    expect(runs[0]?.stderr).toContain("not the login of profile `default`");
    expect(bus.countConnections()).toBe(0);
    // Without those credentials, the same command does connect to the bus, which proves that the test watches the
    // right place.
    if (missing === null) {
      const run = startGenscope(["whoami"], { ...bus.env, GENSCOPE_CONFIG_DIR: env.GENSCOPE_CONFIG_DIR });
      await vi.waitUntil(() => bus.countConnections() > 0, { timeout: 240_000 });
      run.interrupt("SIGINT");
      expect((await run.ended).exitCode).toBe(130);
    }
  });

  test("with another credential store chosen by a flag or the environment", async () => {
    const sandbox = await sandboxFor(HEALTHY);
    const bus = await startMuteBus();
    const [byVariable, byFlag, wrong] = await Promise.all([
      logInAsClient(sandbox, {
        ...bus.env,
        GENSCOPE_CONFIG_DIR: await tempDir(),
        GENSCOPE_STORE: "none",
      }),
      logInAsClient(
        sandbox,
        { ...bus.env, GENSCOPE_CONFIG_DIR: await tempDir(), GENSCOPE_STORE: "keychain" },
        ["--store", "none"],
      ),
      logInAsClient(
        sandbox,
        { ...bus.env, GENSCOPE_CONFIG_DIR: await tempDir(), GENSCOPE_STORE: "keyring" },
        ["--json"],
      ),
    ]);
    expect([byVariable.exitCode, byFlag.exitCode]).toEqual([0, 0]);
    expect(outcomeOf(wrong)).toEqual([2, "usage.store", "`keyring` is not a store (GENSCOPE_STORE)"]);
    expect(bus.countConnections()).toBe(0);
  });
});
