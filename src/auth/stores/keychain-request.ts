import type { KeychainReply, KeychainRequest } from "./keychain-protocol.ts";
import { eraseSecret, readSecret, type Vault, VaultFailure, writeSecret } from "./secret-vault.ts";

const TRIAL_ACCOUNT = "__probe__";
const TRIAL_SECRET = "probe";

/** Does in the helper process what the request asks. Never throws. */
export async function answerKeychainRequest(
  request: KeychainRequest,
  loadVault: () => Promise<Vault>,
): Promise<KeychainReply> {
  let vault: Vault;
  try {
    vault = await loadVault();
  } catch (error) {
    return { outcome: "failed", reason: "unloadable", message: messageOf(error) };
  }
  try {
    return { outcome: "answered", ...(await perform(request, vault)) };
  } catch (error) {
    const reason = error instanceof VaultFailure ? error.reason : "refused";
    return { outcome: "failed", reason, message: messageOf(error) };
  }
}

async function perform(
  { operation, account, secret = "", absentMayMeanLocked }: KeychainRequest,
  vault: Vault,
): Promise<{ readonly secret: string | null; readonly existed: boolean }> {
  switch (operation) {
    case "get": {
      const found = await readSecret(vault, account);
      if (found === null && absentMayMeanLocked) await tryEntry(vault);
      return { secret: found, existed: found !== null };
    }
    case "set":
      // A locked Secret Service says that there is no former secret; the writing itself then says "locked".
      await writeSecret(vault, account, secret);
      return { secret: null, existed: false };
    case "delete": {
      const existed = await eraseSecret(vault, account);
      if (!existed && absentMayMeanLocked) await tryEntry(vault);
      return { secret: null, existed };
    }
    case "probe": {
      await vault.set(account, TRIAL_SECRET);
      const found = await vault.get(account);
      await vault.delete(account);
      if (found !== TRIAL_SECRET) {
        throw new VaultFailure("refused", "it does not return what was put into it");
      }
      return { secret: null, existed: true };
    }
  }
}

/**
 * The Secret Service answers "no such entry" when it is locked as well; only writing tells. One fixed name:
 * whoever is killed in between leaves an entry that the next trial takes away.
 */
async function tryEntry(vault: Vault): Promise<void> {
  await vault.set(TRIAL_ACCOUNT, TRIAL_SECRET);
  await vault.delete(TRIAL_ACCOUNT);
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
