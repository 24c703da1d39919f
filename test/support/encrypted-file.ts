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

/** A store on the directory, with the passphrase that the others have. */
export function openEncryptedFile(directory: string, more: Partial<EncryptedFileOptions> = {}) {
  return encryptedFileStore({
    directory,
    userId: USER_ID,
    passphrase: { given: new Secret("correct horse"), ask: null },
    clock: systemClock,
    random: systemRandom,
    processes,
    // The smallest that a file may have: the cost is not what these tests are about.
    cost: 2 ** 10,
    ...more,
  });
}

export const withPassphrase = (text: string): Partial<EncryptedFileOptions> => ({
  passphrase: { given: new Secret(text), ask: null },
});

/** A directory as the store makes it, holding `first` under KEY. */
export async function filledDirectory() {
  const directory = join(await tempDir(), "genscope");
  await openEncryptedFile(directory).set(KEY, new Secret("first"));
  return { directory, path: join(directory, "credentials.enc") };
}
