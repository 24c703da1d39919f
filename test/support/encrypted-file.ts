import { join } from "node:path";
import type { CredentialKey } from "../../src/auth/stores/credential-store.ts";
import { type EncryptedFileOptions, encryptedFileStore } from "../../src/auth/stores/encrypted-file-store.ts";
import { systemClock } from "../../src/core/clock.ts";

import { systemRandom } from "../../src/core/random.ts";
import { Secret } from "../../src/core/secret.ts";
import { processesOf } from "./login-storage.ts";
import { tempDir } from "./temp-dir.ts";

export const KEY: CredentialKey = { profile: "main", host: "login.mypurecloud.de", kind: "client-secret" };
export const OTHER: CredentialKey = { ...KEY, profile: "other" };
export const USER_ID = process.getuid?.() ?? null;
export const processes = processesOf();

/** Opens a store in the directory. Every store has the same passphrase by default. */
export function openEncryptedFile(directory: string, more: Partial<EncryptedFileOptions> = {}) {
  return encryptedFileStore({
    directory,
    userId: USER_ID,
    passphrase: { given: new Secret("correct horse"), ask: null },
    clock: systemClock,
    random: systemRandom,
    processes,
    // The lowest cost of key derivation that a file may have, because these tests do not examine the cost.
    cost: 2 ** 10,
    ...more,
  });
}

export const withPassphrase = (text: string): Partial<EncryptedFileOptions> => ({
  passphrase: { given: new Secret(text), ask: null },
});

/** Creates a directory with a file that the store has written. It contains `first` under KEY. */
export async function filledDirectory() {
  const directory = join(await tempDir(), "genscope");
  await openEncryptedFile(directory).set(KEY, new Secret("first"));
  return { directory, path: join(directory, "credentials.enc") };
}
