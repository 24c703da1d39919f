import { describe, expect, test } from "vitest";
import { chooseStore } from "../../../src/auth/settings/choose-store.ts";
import { isAttended } from "../../../src/auth/stores/attendance.ts";
import { entryName } from "../../../src/auth/stores/entry-name.ts";
import { noStore } from "../../../src/auth/stores/no-store.ts";
import { openStore, type StoreOptions } from "../../../src/auth/stores/open-store.ts";
import { systemClock } from "../../../src/core/clock.ts";
import { systemRandom } from "../../../src/core/random.ts";
import { Secret } from "../../../src/core/secret.ts";
import { processesOf } from "../../support/login-storage.ts";

const profile = { name: "main", store: "file" } as const;
const env = { GENSCOPE_STORE: "none" };

test.each([
  ["the flag rather than any other source", { flag: "keychain", env, profile }, "keychain", "--store"],
  ["the environment rather than the profile", { env, profile }, "none", "GENSCOPE_STORE"],
  ["the profile rather than the default", { env: {}, profile }, "file", "profile `main`"],
  ["the default, which is the keychain", { env: {} }, "keychain", "default"],
  [
    "the next source when a variable is blank",
    { env: { GENSCOPE_STORE: " " }, profile },
    "file",
    "profile `main`",
  ],
  ["a variable with surrounding spaces", { env: { GENSCOPE_STORE: " file\n" } }, "file", "GENSCOPE_STORE"],
])("selects the credential store from %s", (_, sources, value, source) => {
  expect(chooseStore(sources)).toEqual({ value, source });
});

test.each([
  ["the flag", { flag: "plain", env: {} }, "`plain` is not a store (--store)"],
  ["an empty flag", { flag: "", env: {} }, "`` is not a store (--store)"],
  [
    "the variable",
    { env: { GENSCOPE_STORE: "Keychain" }, profile },
    "`Keychain` is not a store (GENSCOPE_STORE)",
  ],
])("refuses an unknown credential store in %s instead of choosing another", (_, sources, message) => {
  expect(() => chooseStore(sources)).toThrow(
    expect.objectContaining({ exit: "usage", code: "usage.store", message }),
  );
});

describe("whether a person can answer the keychain's dialog", () => {
  const DISPLAY = { DISPLAY: ":0" };
  test.each([
    ["linux", DISPLAY, true, true],
    ["linux", { WAYLAND_DISPLAY: "wayland-0" }, true, true],
    ["linux", {}, true, false],
    ["linux", { DISPLAY: "" }, true, false],
    ["linux", DISPLAY, false, false],
    ["linux", { ...DISPLAY, CI: "true" }, true, false],
    ["linux", { ...DISPLAY, CI: "" }, true, true],
    ["linux", { ...DISPLAY, SSH_CONNECTION: "10.0.0.1 50000 10.0.0.2 22" }, true, false],
    ["darwin", {}, true, true],
    ["darwin", { SSH_TTY: "/dev/pts/0" }, true, false],
    ["darwin", {}, false, false],
    ["win32", {}, true, true],
    ["win32", { SSH_CLIENT: "10.0.0.1 50000 22" }, true, false],
  ] as const)("on %s with %j and prompts allowed (%j): %j", (platform, variables, mayAsk, expected) => {
    expect(isAttended({ platform, env: variables, mayAsk })).toBe(expected);
  });
});

test.each([
  ["access-token", "main@login.mypurecloud.de#at"],
  ["refresh-token", "main@login.mypurecloud.de#rt"],
  ["client-secret", "main@login.mypurecloud.de#cs"],
] as const)("names the credential store's entry for a %s", (kind, name) => {
  expect(entryName({ profile: "main", host: "login.mypurecloud.de", kind })).toBe(name);
});

test("the credential store `none` keeps nothing and never fails", async () => {
  const store = noStore();
  const key = { profile: "main", host: "login.mypurecloud.de", kind: "access-token" } as const;
  await store.probe();
  await store.set(key, new Secret("gone"));
  expect([store.kind, await store.get(key), await store.delete(key)]).toEqual(["none", null, false]);
});

describe("opens the credential store", () => {
  const options: StoreOptions = {
    platform: "linux",
    env: {},
    clock: systemClock,
    random: systemRandom,
    processes: processesOf(),
    mayAsk: false,
    notify: () => {},
    showWork: async (_text, work) => await work(),
    nodePath: "/nowhere/node",
    directory: "/nowhere",
    userId: null,
    passphrase: { given: null, ask: null },
  };

  test.each([
    ["keychain", "linux", "OS keychain (Secret Service)"],
    ["keychain", "darwin", "OS keychain (macOS Keychain)"],
    ["keychain", "win32", "OS keychain (Windows Credential Manager)"],
    ["file", "linux", "encrypted file /nowhere/credentials.enc"],
    ["none", "linux", "nowhere"],
  ] as const)("%s on %s as %s, without starting a process", (kind, platform, description) => {
    const store = openStore(kind, { ...options, platform });
    expect({ kind: store.kind, description: store.describe() }).toEqual({ kind, description });
  });

  test("with an error instead of another store when the keychain fails", async () => {
    await expect(openStore("keychain", options).probe()).rejects.toMatchObject({
      code: "store.failed",
      exit: "store",
    });
  });
});
