import type { Clock } from "../../core/clock.ts";
import type { ShowWork } from "../../core/io.ts";
import type { Processes } from "../../core/processes.ts";
import type { Random } from "../../core/random.ts";
import { isAttended } from "./attendance.ts";
import type { CredentialStore, StoreKind } from "./credential-store.ts";
import { encryptedFileStore } from "./encrypted-file-store.ts";
import { keychainStore } from "./keychain-store.ts";
import { noStore } from "./no-store.ts";
import type { PassphraseSource } from "./passphrase.ts";

export interface StoreOptions {
  readonly platform: NodeJS.Platform;
  /**
   * Environment that decides whether a user is present. The keychain helper gets only its allow-listed
   * variables.
   */
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly clock: Clock;
  readonly random: Random;
  readonly processes: Processes;
  /** Interrupts a wait for the keychain or for the encrypted file's lock. */
  readonly signal?: AbortSignal | undefined;
  /** Whether prompts are allowed; false with `--no-input`. */
  readonly mayAsk: boolean;
  /** Prints one line for the user while the keychain waits. */
  readonly notify: (line: string) => void;
  /** Shows a message while slow work runs. */
  readonly showWork: ShowWork;
  /** Path of the Node executable that runs the keychain helper: `process.execPath`. */
  readonly nodePath: string;
  /** Keychain helper; by default the built one, next to this module in the package. */
  readonly keychainHelper?: URL | undefined;
  /** Directory of the encrypted file; only the user may have access to it. */
  readonly directory: string;
  /** Numeric user id, `process.getuid()`; null where files have no numeric owner. */
  readonly userId: number | null;
  readonly passphrase: PassphraseSource;
}

/**
 * Returns the store of that kind. Nothing is loaded, read or started before the first call, and no store
 * falls back to another.
 */
export function openStore(kind: StoreKind, options: StoreOptions): CredentialStore {
  switch (kind) {
    case "keychain":
      return keychainStore({
        ...options,
        isAttended: isAttended(options),
        helper: options.keychainHelper ?? new URL("./keychain-child.js", import.meta.url),
      });
    case "file":
      return encryptedFileStore(options);
    case "none":
      return noStore();
  }
}
