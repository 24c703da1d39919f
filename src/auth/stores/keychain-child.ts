import { text } from "node:stream/consumers";
import { entryLabel } from "./entry-name.ts";
import { KEYCHAIN_SERVICE, type KeychainRequest } from "./keychain-protocol.ts";
import { answerKeychainRequest, type OpenedKeychain } from "./keychain-request.ts";
import { type BusConnection, busSocket, connectBus } from "./secret-service/dbus-connection.ts";
import { withSharedNames } from "./secret-service/shared-names.ts";
import type { Vault } from "./secret-vault.ts";

// A separate program, because a native addon can hang or crash, and no measure within one process protects
// against either. It reads one request from standard input and writes one reply to standard output. Standard
// error receives only the libraries' output and is discarded.

async function openKeychain(trialAccount: string | null): Promise<OpenedKeychain> {
  const opened = await loadKeytar().catch(async (error: unknown) => {
    return await loadKeyring().catch(() => Promise.reject(error));
  });
  const bus = await findBus();
  if (bus === null) return opened;
  const { library, vault } = opened;
  const unlock = async () => {
    // Only a write makes keyring ask for the passphrase.
    const account = trialAccount ?? "__unlock__";
    await vault.set(account, "unlock");
    await vault.delete(account);
  };
  const names = { service: KEYCHAIN_SERVICE, labelOf: entryLabel };
  return {
    library,
    vault: withSharedNames(vault, bus, library === "keyring" ? { ...names, unlock } : names),
  };
}

async function loadKeytar(): Promise<OpenedKeychain> {
  const { default: keytar } = await import("keytar");
  const vault: Vault = {
    get: async (account) => await keytar.getPassword(KEYCHAIN_SERVICE, account),
    set: async (account, secret) => await keytar.setPassword(KEYCHAIN_SERVICE, account, secret),
    delete: async (account) => await keytar.deletePassword(KEYCHAIN_SERVICE, account),
  };
  return { library: "keytar", vault };
}

async function loadKeyring(): Promise<OpenedKeychain> {
  const { AsyncEntry } = await import("@napi-rs/keyring");
  // Windows needs keytar's target. Elsewhere a target would select another keychain.
  const entryOf = (account: string) =>
    process.platform === "win32"
      ? AsyncEntry.withTarget(`${KEYCHAIN_SERVICE}/${account}`, KEYCHAIN_SERVICE, account)
      : // Without an explicit store, keyring would replace an unavailable Secret Service with the kernel's
        // memory.
        new AsyncEntry(KEYCHAIN_SERVICE, account, { linux: { store: "secret-service" } });
  const vault: Vault = {
    // Bytes, because keytar writes UTF-8 on every platform, while keyring's passwords are UTF-16 on Windows.
    get: async (account) => {
      const secret = await entryOf(account).getSecret();
      return secret === null ? null : Buffer.from(secret).toString("utf8");
    },
    set: async (account, secret) => await entryOf(account).setSecret(Buffer.from(secret, "utf8")),
    delete: async (account) => await entryOf(account).deleteCredential(),
  };
  return { library: "keyring", vault };
}

/** Connects to the bus of the Secret Service. Returns null without a bus, which the library then reports. */
async function findBus(): Promise<BusConnection | null> {
  const userId = process.getuid?.();
  const socket = process.platform === "darwin" ? null : busSocket(process.env);
  if (socket === null || userId === undefined) return null;
  return await connectBus(socket, userId).catch(() => null);
}

// Only the parent process, of the same version, writes to this pipe.
const request = JSON.parse(await text(process.stdin)) as KeychainRequest;
const reply = await answerKeychainRequest(request, async () => await openKeychain(request.trialAccount));
process.stdout.write(JSON.stringify(reply));
