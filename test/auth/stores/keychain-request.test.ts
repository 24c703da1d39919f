import { expect, test } from "vitest";
import type { KeychainRequest } from "../../../src/auth/stores/keychain-protocol.ts";
import { answerKeychainRequest } from "../../../src/auth/stores/keychain-request.ts";
import type { Vault } from "../../../src/auth/stores/secret-vault.ts";

const LOCKED = "Cannot create an item in a locked collection";
const VANISHED =
  "No such interface “org.freedesktop.Secret.Item” on object at path /org/freedesktop/secrets/collection/login/117";

/** Returns a keychain that answers as scripted, and the list of its calls. */
function vaultOf(answers: Partial<Vault>) {
  const calls: string[] = [];
  const vault: Vault = {
    get: async (account) => {
      calls.push(`get ${account}`);
      return (await answers.get?.(account)) ?? null;
    },
    set: async (account, text) => {
      calls.push(`set ${account}`);
      await answers.set?.(account, text);
    },
    delete: async (account) => {
      if (!/\.[ab]\d+$/.test(account)) calls.push(`delete ${account}`);
      return (await answers.delete?.(account)) ?? false;
    },
  };
  return { vault, calls };
}

/** Returns a function that opens this keychain in the way that keytar does. */
const openedWith = (vault: Vault) => async () => ({ library: "keytar", vault }) as const;

const request = (operation: KeychainRequest["operation"], trialAccount: string | null): KeychainRequest => ({
  operation,
  account: "main",
  trialAccount,
});
const refuse = async () => {
  throw new Error(LOCKED);
};

test.each([
  ["get", "trial", ["get main", "set trial", "delete trial"]],
  ["get", null, ["get main"]],
  ["delete", "trial", ["delete main", "set trial", "delete trial"]],
  ["delete", null, ["delete main"]],
] as const)(
  "answers `%s` for an absent entry, after checking the keychain with the trial entry %j",
  async (operation, trial, expected) => {
    const { vault, calls } = vaultOf({});
    expect(await answerKeychainRequest(request(operation, trial), openedWith(vault))).toEqual({
      outcome: "answered",
      secret: null,
      existed: false,
      library: "keytar",
    });
    expect(calls).toEqual(expected);
  },
);

test("writes no trial entry when the requested entry exists", async () => {
  const { vault, calls } = vaultOf({ get: async () => "secret" });
  expect(await answerKeychainRequest(request("get", "trial"), openedWith(vault))).toMatchObject({
    secret: "secret",
  });
  expect(calls).toEqual(["get main"]);
});

test.each(["get", "delete"] as const)(
  "refuses `%s` when a locked keychain claims to be empty",
  async (operation) => {
    const { vault } = vaultOf({ set: refuse });
    expect(await answerKeychainRequest(request(operation, "trial"), openedWith(vault))).toEqual({
      outcome: "failed",
      reason: "refused",
      message: LOCKED,
    });
  },
);

test("checks a keychain by setting, reading and deleting a trial entry", async () => {
  const { vault, calls } = vaultOf({ get: async () => "probe" });
  expect(await answerKeychainRequest(request("probe", null), openedWith(vault))).toMatchObject({
    outcome: "answered",
  });
  expect(calls).toEqual(["set main", "get main", "delete main"]);
});

test("reports a keychain that loses the trial entry as failed", async () => {
  const { vault } = vaultOf({});
  expect(await answerKeychainRequest(request("probe", null), openedWith(vault))).toEqual({
    outcome: "failed",
    reason: "refused",
    message: "it returned a different value from the one that was stored",
  });
});

test("reads again when another process deletes an entry during the read", async () => {
  let readings = 0;
  const { vault } = vaultOf({
    get: async () => {
      readings += 1;
      if (readings === 1) throw new Error(VANISHED);
      return null;
    },
  });
  expect(await answerKeychainRequest(request("get", null), openedWith(vault))).toMatchObject({
    outcome: "answered",
  });
  expect(readings).toBe(2);
});

test.each([
  ["a keychain in which every entry disappears", VANISHED, 3],
  ["a locked keychain", LOCKED, 1],
])("reports %s (`%s`) after %i attempt(s)", async (_, message, count) => {
  let readings = 0;
  const { vault } = vaultOf({
    get: async () => {
      readings += 1;
      throw new Error(message);
    },
  });
  expect(await answerKeychainRequest(request("get", null), openedWith(vault))).toMatchObject({
    reason: "refused",
    message,
  });
  expect(readings).toBe(count);
});

test("distinguishes a keychain library that cannot be loaded from a keychain that refuses", async () => {
  const load = async () => {
    throw new Error("Failed to load keytar native addon");
  };
  expect(await answerKeychainRequest(request("get", null), load)).toEqual({
    outcome: "failed",
    reason: "unloadable",
    message: "Failed to load keytar native addon",
  });
});
