import type { Environment } from "../../core/child-environment.ts";
import { entryLabel } from "./entry-name.ts";
import { KEYCHAIN_SERVICE } from "./keychain-protocol.ts";
import type { OpenedKeychain } from "./keychain-request.ts";
import { type BusConnection, busSocket, connectBus } from "./secret-service/dbus-connection.ts";
import { withSharedNames } from "./secret-service/shared-names.ts";
import type { Vault } from "./secret-vault.ts";

/** Facts about the process that opens the keychain. */
export interface KeychainHost {
  readonly platform: NodeJS.Platform;
  readonly env: Environment;
  /** User id; undefined where the system has none. */
  readonly userId: number | undefined;
}

/**
 * Opens the keychain with keytar, or with keyring where keytar cannot be loaded.
 * @throws the error of keytar when neither can be loaded
 */
export async function openKeychain(host: KeychainHost, trialAccount: string | null): Promise<OpenedKeychain> {
  const opened = await loadKeytar().catch(async (error: unknown) => {
    return await loadKeyring(host.platform).catch(() => Promise.reject(error));
  });
  const bus = await findBus(host);
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

async function loadKeyring(platform: NodeJS.Platform): Promise<OpenedKeychain> {
  const { AsyncEntry } = await import("@napi-rs/keyring");
  // Windows needs keytar's target. Elsewhere a target would select another keychain.
  const entryOf = (account: string) =>
    platform === "win32"
      ? AsyncEntry.withTarget(`${KEYCHAIN_SERVICE}/${account}`, KEYCHAIN_SERVICE, account)
      : // Without an explicit store, keyring would replace an unavailable Secret Service with the kernel keyring, whose
        // entries do not outlive a reboot.
        new AsyncEntry(KEYCHAIN_SERVICE, account, { linux: { store: "secret-service" } });
  const vault: Vault = {
    // Reads bytes, because keytar writes UTF-8 on every platform, while keyring's passwords are UTF-16 on Windows.
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
async function findBus({ platform, env, userId }: KeychainHost): Promise<BusConnection | null> {
  const socket = platform === "darwin" ? null : busSocket(env);
  if (socket === null || userId === undefined) return null;
  return await connectBus(socket, userId).catch(() => null);
}
