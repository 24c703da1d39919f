import { text } from "node:stream/consumers";
import { KEYCHAIN_SERVICE, type KeychainRequest } from "./keychain-protocol.ts";
import { answerKeychainRequest } from "./keychain-request.ts";
import type { Vault } from "./secret-vault.ts";

// The program of a process of its own, because the native addon can hang for ever and can crash, and nothing
// inside a process helps against either. One request on standard input, one reply on standard output; standard
// error belongs to the libraries, and nobody reads it.

async function loadVault(): Promise<Vault> {
  const { default: keytar } = await import("keytar");
  return {
    get: async (account) => await keytar.getPassword(KEYCHAIN_SERVICE, account),
    set: async (account, secret) => await keytar.setPassword(KEYCHAIN_SERVICE, account, secret),
    delete: async (account) => await keytar.deletePassword(KEYCHAIN_SERVICE, account),
  };
}

// Only the parent writes here, in the same version of the program.
const request = JSON.parse(await text(process.stdin)) as KeychainRequest;
process.stdout.write(JSON.stringify(await answerKeychainRequest(request, loadVault)));
