import { text } from "node:stream/consumers";
import { KEYCHAIN_SERVICE, type KeychainRequest } from "./keychain-protocol.ts";
import { answerKeychainRequest } from "./keychain-request.ts";
import type { Vault } from "./secret-vault.ts";

// A separate program, because the native addon can hang or crash, and no measure within one process protects
// against either. It reads one request from standard input and writes one reply to standard output. Standard
// error receives only the libraries' output and is discarded.

async function loadVault(): Promise<Vault> {
  const { default: keytar } = await import("keytar");
  return {
    get: async (account) => await keytar.getPassword(KEYCHAIN_SERVICE, account),
    set: async (account, secret) => await keytar.setPassword(KEYCHAIN_SERVICE, account, secret),
    delete: async (account) => await keytar.deletePassword(KEYCHAIN_SERVICE, account),
  };
}

// Only the parent process, of the same version, writes to this pipe.
const request = JSON.parse(await text(process.stdin)) as KeychainRequest;
process.stdout.write(JSON.stringify(await answerKeychainRequest(request, loadVault)));
