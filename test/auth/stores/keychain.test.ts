import { once } from "node:events";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { CredentialKey } from "../../../src/auth/stores/credential-store.ts";
import { type KeychainOptions, keychainStore } from "../../../src/auth/stores/keychain-store.ts";
import { systemClock } from "../../../src/core/clock.ts";
import { systemRandom } from "../../../src/core/random.ts";
import { Secret } from "../../../src/core/secret.ts";
import { describeCredentialStore } from "../../contract/credential-store.ts";
import {
  type BuiltHelper,
  buildKeychainHelper,
  type ResidentHelper,
  startResidentHelper,
} from "../../support/keychain-helper.ts";
import { type Keyring, missingForKeyring, startKeyring } from "../../support/keyring.ts";

const keyOf = (profile: string): CredentialKey => ({
  profile,
  host: "login.mypurecloud.de",
  kind: "access-token",
});
const accountOf = (profile: string) => `${profile}@login.mypurecloud.de#at`;
const KEY = keyOf("main");
/** Attribute that the addon sets on its entries. */
const SCHEMA = ["xdg:schema", "org.freedesktop.Secret.Generic"] as const;
const missing = missingForKeyring();
const named = (name: string) => (missing === null ? name : `${name} (${missing})`);

let helper: BuiltHelper;
/** Helper for a machine on which keytar does not load, because its package and its system library are missing. */
let keyringHelper: BuiltHelper;
let keytarHelper: BuiltHelper;
beforeAll(async () => {
  helper = await buildKeychainHelper();
  keyringHelper = await buildKeychainHelper(["keyring"]);
  keytarHelper = await buildKeychainHelper(["keytar"]);
});
afterAll(async () => {
  for (const each of [helper, keyringHelper, keytarHelper]) await each.remove();
});

/** Opens the keychain with a deadline that is only reached when the helper hangs. */
function open(env: Readonly<Record<string, string>>, more: Partial<KeychainOptions> = {}) {
  return keychainStore({
    platform: "linux",
    env,
    clock: systemClock,
    random: systemRandom,
    nodePath: process.execPath,
    helper: helper.url,
    isAttended: false,
    deadlineMs: 240_000,
    notify: () => {},
    ...more,
  });
}

/** Repeats a test during which the daemon of the Secret Service crashed. Any other failure counts. */
const AFTER_A_CRASH = {
  retry: {
    count: 1,
    condition: /recipient disconnected from message bus|secrets was not provided by any \.service files/,
  },
};

describe.skipIf(missing !== null)(named("a real Secret Service"), AFTER_A_CRASH, () => {
  let keyring: Keyring;
  let resident: ResidentHelper;
  const start = async () => {
    keyring = await startKeyring();
    resident = await startResidentHelper(keyring.env, ["keyring"]);
  };
  const stop = async () => {
    await resident.remove();
    await keyring.stop();
  };
  beforeAll(start);
  beforeEach(async () => {
    if (await keyring.isRunning()) return;
    await stop();
    await start();
  });
  afterAll(stop);

  describeCredentialStore("the OS keychain", () => open(keyring.env));
  // Sends the same requests to the other library. Tests that store secrets in parallel also use its processes.
  describeCredentialStore(
    "the OS keychain without keytar",
    () => open(keyring.env, { nodePath: resident.nodePath, helper: resident.url }),
    () => open(keyring.env, { helper: keyringHelper.url }),
  );

  test("opens the keychain with keytar, or with keyring where keytar does not load", async () => {
    expect(await open(keyring.env).probe()).toEqual({ library: "keytar" });
    expect(await open(keyring.env, { helper: keyringHelper.url }).probe()).toEqual({ library: "keyring" });
  });

  const withKeytar = () => open(keyring.env, { helper: keytarHelper.url });
  const withKeyring = () => open(keyring.env, { helper: keyringHelper.url });

  test.each([
    ["keytar", "keyring", withKeytar, withKeyring],
    ["keyring", "keytar", withKeyring, withKeytar],
  ])(
    "an entry that %s wrote is read, replaced and erased by %s",
    async (writer, _, openWriter, openReader) => {
      const key = keyOf(`shared-${writer}`);
      const account = accountOf(`shared-${writer}`);
      await openWriter().set(key, new Secret("first"));
      expect((await openReader().get(key))?.reveal()).toBe("first");
      await openReader().set(key, new Secret("second"));
      expect((await openWriter().get(key))?.reveal()).toBe("second");
      await openWriter().set(key, new Secret("x".repeat(6_000)));
      expect((await openReader().get(key))?.reveal()).toBe("x".repeat(6_000));
      const found = await keyring.run("secret-tool", ["search", "--all", "service", "genscope"]);
      expect(found.split(/^\[/m).filter((entry) => entry.includes("second"))).toEqual([]);
      expect(await openReader().delete(key)).toBe(true);
      expect([await openWriter().get(key), await openReader().get(key)]).toEqual([null, null]);
      expect([await keyring.lookUp(account), await keyring.lookUp(`${account}.a0`)]).toEqual([null, null]);
    },
  );

  test.each([
    ["account", withKeyring],
    ["username", withKeytar],
  ])(
    "finds an entry that has only the attribute `%s`, as an interrupted or older write leaves it",
    async (name, openReader) => {
      const attributes = ["service", "genscope", name, accountOf(`half-${name}`)];
      const schema = name === "account" ? SCHEMA : [];
      await keyring.run("secret-tool", ["store", "--label=half", ...attributes, ...schema], "half named");
      expect((await openReader().get(keyOf(`half-${name}`)))?.reveal()).toBe("half named");
    },
  );

  test.each([
    ["keytar", withKeytar],
    ["keyring", withKeyring],
  ])("gives the entries that %s writes labels that a person understands", async (library, openStore) => {
    const key = { ...keyOf(`label-${library}`), kind: "client-secret" } as const;
    await openStore().set(key, new Secret("secret"));
    await openStore().set(keyOf(`label-${library}`), new Secret("x".repeat(2_500)));
    const found = await keyring.run("secret-tool", ["search", "--all", "service", "genscope"]);
    const labels = Array.from(found.matchAll(/^label = (.*)$/gm), ([, label]) => label);
    const profile = `of profile label-${library}`;
    expect(labels.filter((label) => label?.includes(profile)).toSorted()).toEqual([
      `genscope: access token ${profile}`,
      `genscope: access token ${profile}, part 1`,
      `genscope: access token ${profile}, part 2`,
      `genscope: client secret ${profile}`,
    ]);
  });

  test("keeps a secret between processes, shows it to the keychain's own tools, and erases it", async () => {
    const store = open(keyring.env);
    await store.set(KEY, new Secret("token-1"));
    expect(await keyring.lookUp("main@login.mypurecloud.de#at")).toBe("token-1");
    expect((await open(keyring.env).get(KEY))?.reveal()).toBe("token-1");
    expect(await store.delete(KEY)).toBe(true);
    expect(await keyring.lookUp("main@login.mypurecloud.de#at")).toBeNull();
  });

  test("finds an entry that another program stored under the same name", async () => {
    const attributes = ["service", "genscope", "account", accountOf("foreign"), ...SCHEMA];
    await keyring.run("secret-tool", ["store", "--label=other", ...attributes], "from elsewhere");
    expect((await open(keyring.env).get(keyOf("foreign")))?.reveal()).toBe("from elsewhere");
  });

  test("splits a long secret into entries that fit every keychain, and erases them all", async () => {
    const store = open(keyring.env);
    const key = keyOf("long");
    await store.set(key, new Secret("x".repeat(6_000)));
    const head = accountOf("long");
    const parts = [`${head}.a0`, `${head}.a1`, `${head}.a2`];
    const texts = await Promise.all(parts.map(keyring.lookUp));
    expect(texts.map((text) => text?.length)).toEqual([2_400, 2_400, 1_200]);
    expect(await keyring.lookUp(head)).toMatch(/^genscope:parts:a:3:/);
    await store.delete(key);
    expect(await Promise.all([head, ...parts].map(keyring.lookUp))).toEqual([null, null, null, null]);
  });

  test("refuses a secret with a missing part instead of returning the remaining parts", async () => {
    const key = keyOf("torn");
    await open(keyring.env).set(key, new Secret("x".repeat(6_000)));
    await keyring.run("secret-tool", ["clear", "service", "genscope", "account", `${accountOf("torn")}.a1`]);
    await expect(open(keyring.env).get(key)).rejects.toMatchObject({ code: "store.damaged", exit: "store" });
    expect(await open(keyring.env).delete(key)).toBe(true);
    expect(await open(keyring.env).get(key)).toBeNull();
  });

  test("leaves no trial entries behind", async () => {
    const found = await keyring.run("secret-tool", ["search", "--all", "service", "genscope"]);
    expect(found).not.toContain("__probe__");
  });

  test("ignores an entry without an account, which makes the addon's own search crash", async () => {
    await keyring.run("secret-tool", ["store", "--label=stray", "service", "genscope", ...SCHEMA], "stray");
    const key = keyOf("beside-stray");
    await open(keyring.env).set(key, new Secret("token-2"));
    expect((await open(keyring.env).get(key))?.reveal()).toBe("token-2");
    expect(await open(keyring.env).delete(key)).toBe(true);
    expect(await open(keyring.env).get(key)).toBeNull();
  });

  test("survives a crash of the keychain addon", async () => {
    await keyring.run("secret-tool", ["store", "--label=stray", "service", "genscope", ...SCHEMA], "stray");
    const directory = await mkdtemp(join(tmpdir(), "genscope-crash-"));
    const path = join(directory, "search.mjs");
    const addon = new URL("node_modules/keytar/lib/keytar.js", helper.url);
    await writeFile(path, `import keytar from "${addon}";\nawait keytar.findCredentials("genscope");\n`);
    await expect(open(keyring.env, { helper: pathToFileURL(path) }).get(KEY)).rejects.toMatchObject({
      code: "store.failed",
      exit: "store",
      message: "the keychain failed (`SIGSEGV`)",
    });
    await rm(directory, { recursive: true });
  });
});

describe.skipIf(missing !== null)(named("a locked Secret Service"), () => {
  let keyring: Keyring;
  beforeAll(async () => {
    keyring = await startKeyring();
    await open(keyring.env).set(KEY, new Secret("token-3"));
    await keyring.lock();
  });
  afterAll(async () => await keyring.stop());

  const openKeyring = () => open(keyring.env, { helper: keyringHelper.url });
  const locked = {
    code: "store.locked",
    exit: "store",
    message: "the keychain is locked",
    hint:
      "unlock it (log in to the desktop, or open Passwords and Keys), then try again; stored logins are " +
      "kept; or use `genscope login --store file` (encrypted with your passphrase) or `--store none` (no secret " +
      "is kept), or set `GENESYSCLOUD_OAUTHCLIENT_ID` and `GENESYSCLOUD_OAUTHCLIENT_SECRET`, or " +
      "`GENESYSCLOUD_ACCESS_TOKEN` (no login is needed)",
  };

  test.each([
    ["a probe", async () => await open(keyring.env).probe()],
    ['reading, which must not look like "not logged in"', async () => await open(keyring.env).get(KEY)],
    ["writing", async () => await open(keyring.env).set(KEY, new Secret("token-4"))],
    ["writing a long secret", async () => await open(keyring.env).set(KEY, new Secret("x".repeat(6_000)))],
    ['deleting, which must not look like "erased"', async () => await open(keyring.env).delete(KEY)],
    ["reading without keytar", async () => await openKeyring().get(KEY)],
    ["reading an absent entry without keytar", async () => await openKeyring().get(keyOf("absent"))],
    ["writing without keytar", async () => await openKeyring().set(KEY, new Secret("token-4"))],
    ["deleting without keytar", async () => await openKeyring().delete(KEY)],
  ])("is reported on %s", async (_, act) => {
    await expect(act()).rejects.toMatchObject(locked);
  });
});

describe("a missing Secret Service", () => {
  let directory: string;
  beforeAll(async () => {
    directory = await mkdtemp(join(tmpdir(), "genscope-bus-"));
  });
  afterAll(async () => await rm(directory, { recursive: true, force: true }));
  const closings: (() => void)[] = [];
  afterEach(() => {
    for (const close of closings.splice(0)) close();
  });

  const needsLibrary = missing === null ? test : test.skip;

  needsLibrary.each([
    ["there is no D-Bus session", () => ({})],
    ["the D-Bus session has ended", () => ({ DBUS_SESSION_BUS_ADDRESS: `unix:path=${directory}/nothing` })],
  ])(named("is reported when %s"), async (_, env) => {
    const store = open(env());
    const without = open(env(), { helper: keyringHelper.url });
    const acts = [store, without].flatMap(({ probe, get, delete: erase }) => [
      probe,
      async () => await get(KEY),
      async () => await erase(KEY),
    ]);
    for (const act of acts) {
      await expect(act()).rejects.toMatchObject({
        code: "store.absent",
        exit: "store",
        message: expect.stringMatching(/^no OS keychain available \(`.+`\)$/),
        hint: expect.stringContaining("apt install gnome-keyring"),
      });
    }
  });

  needsLibrary(
    named("is reported at the deadline when the D-Bus session accepts connections and never responds"),
    async () => {
      const path = join(directory, "mute");
      const accepted: string[] = [];
      const mute = createServer((socket) => {
        accepted.push("connection");
        closings.push(() => socket.destroy());
      });
      const connected = once(mute, "connection");
      await new Promise<void>((resolve) => mute.listen(path, resolve));
      closings.push(() => mute.close());
      // The deadline expires as soon as the helper has connected.
      const clock = { ...systemClock, sleep: async () => void (await connected) };
      const env = { DBUS_SESSION_BUS_ADDRESS: `unix:path=${path}` };
      const store = open(env, { deadlineMs: 1_500, clock });
      await expect(store.get(KEY)).rejects.toMatchObject({
        code: "store.timeout",
        exit: "store",
        message: "the keychain did not respond within 1.5 s",
      });
      expect(accepted).toEqual(["connection"]);
    },
  );
});
