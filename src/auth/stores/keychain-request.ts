import type { KeychainLibrary, KeychainReply, KeychainRequest } from "./keychain-protocol.ts";
import { eraseSecret, readSecret, type Vault, VaultFailure, writeSecret } from "./secret-vault.ts";

const TRIAL_SECRET = "probe";
const ATTEMPTS = 3;
/**
 * Matches messages of the Secret Service when another process deleted an entry after it was found and before it
 * was read or removed.
 */
const VANISHED =
  /No such interface .*org\.freedesktop\.Secret\.Item|Object does not exist at path .*\/collection\/\w+\/\d+/;

/** A keychain, opened with one of the libraries. */
export interface OpenedKeychain {
  readonly library: KeychainLibrary;
  readonly vault: Vault;
}

/** Performs a request within the helper process. It never throws. */
export async function answerKeychainRequest(
  request: KeychainRequest,
  open: () => Promise<OpenedKeychain>,
): Promise<KeychainReply> {
  let opened: OpenedKeychain;
  try {
    opened = await open();
  } catch (error) {
    return { outcome: "failed", reason: "unloadable", message: messageOf(error) };
  }
  try {
    const result = await performAgain(request, opened.vault, ATTEMPTS);
    return { outcome: "answered", ...result, library: opened.library };
  } catch (error) {
    const reason = error instanceof VaultFailure ? error.reason : "refused";
    return { outcome: "failed", reason, message: messageOf(error) };
  }
}

interface VaultResult {
  readonly secret: string | null;
  readonly existed: boolean;
}

async function performAgain(request: KeychainRequest, vault: Vault, attempts: number): Promise<VaultResult> {
  try {
    return await perform(request, vault);
  } catch (error) {
    if (attempts === 1 || !VANISHED.test(messageOf(error))) throw error;
    return await performAgain(request, vault, attempts - 1);
  }
}

async function perform(
  { operation, account, secret = "", trialAccount }: KeychainRequest,
  vault: Vault,
): Promise<VaultResult> {
  switch (operation) {
    case "get": {
      const found = await readSecret(vault, account);
      if (found === null && trialAccount !== null) await tryEntry(vault, trialAccount);
      return { secret: found, existed: found !== null };
    }
    case "set":
      // A locked Secret Service reports no existing secret; the write then fails as locked.
      await writeSecret(vault, account, secret);
      return { secret: null, existed: false };
    case "delete": {
      const existed = await eraseSecret(vault, account);
      if (!existed && trialAccount !== null) await tryEntry(vault, trialAccount);
      return { secret: null, existed };
    }
    case "probe": {
      await vault.set(account, TRIAL_SECRET);
      const found = await vault.get(account);
      await vault.delete(account);
      if (found !== TRIAL_SECRET) {
        throw new VaultFailure("refused", "it returned a different value from the one that was stored");
      }
      return { secret: null, existed: true };
    }
  }
}

/**
 * Writes and deletes a trial entry. A locked Secret Service also reports "no such entry", so only a write reveals the
 * lock.
 */
async function tryEntry(vault: Vault, account: string): Promise<void> {
  await vault.set(account, TRIAL_SECRET);
  await vault.delete(account);
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
