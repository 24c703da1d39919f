import type { Clock } from "../../core/clock.ts";
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
  /** Decides whether somebody watches; the keychain's helper gets it without our own variables. */
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly clock: Clock;
  readonly random: Random;
  /** For the lock of the encrypted file. */
  readonly processes: Processes;
  readonly signal?: AbortSignal | undefined;
  /** False with `--no-input`. */
  readonly mayAsk: boolean;
  /** Takes one line for the person, shown while the keychain waits for them. */
  readonly notify: (line: string) => void;
  /** The Node that runs the keychain's helper: `process.execPath`. */
  readonly nodePath: string;
  /** The keychain's helper; the built one, beside this module in the package, when absent. */
  readonly keychainHelper?: URL | undefined;
  /** Holds the encrypted file; nobody but the user may look into it. */
  readonly directory: string;
  /** `process.getuid()`; null where files have no numeric owner. */
  readonly userId: number | null;
  readonly passphrase: PassphraseSource;
}

/**
 * The store of that kind. Nothing is loaded, read or started before the first call, and no store ever turns
 * into another.
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
