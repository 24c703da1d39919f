import { join } from "node:path";
import { AppError, OutputError } from "../../core/errors.ts";
import { replaceFile } from "../../core/files/replace-file.ts";
import type { ShowWork } from "../../core/io.ts";
import { type LockOptions, withLock } from "../../core/lock/lock-file.ts";
import { Secret } from "../../core/secret.ts";
import { systemCode } from "../../core/system-error.ts";
import {
  type CredentialFile,
  type Entries,
  openEntries,
  readCredentialFile,
  sealEntries,
  WrongPassphrase,
} from "./credential-file.ts";
import type { CredentialStore } from "./credential-store.ts";
import { DEFAULT_COST, newDerivation, withDerivedKey } from "./derived-key.ts";
import { entryName } from "./entry-name.ts";
import { obtainPassphrase, type PassphraseSource } from "./passphrase.ts";
import { ensurePrivateDirectory, readPrivateFile, unwritable } from "./private-file.ts";

export interface EncryptedFileOptions extends LockOptions {
  /** Directory of `credentials.enc`; created when missing. */
  readonly directory: string;
  /** Required owner of file and directory; null where files have no numeric owner. */
  readonly userId: number | null;
  readonly passphrase: PassphraseSource;
  /** Cost of a new file, scrypt's parameter N. */
  readonly cost?: number;
  /** Shows a message while the key is derived; by default, nothing is shown. */
  readonly showWork?: ShowWork;
}

/** Number of attempts to type the passphrase of one file. */
const MOST_ATTEMPTS = 3;

/** Result of a change to the entries, and whether the file has to be written. */
interface Change<Result> {
  readonly result: Result;
  readonly isWritten: boolean;
}

/**
 * Returns the store that keeps the secrets of all profiles in one file, encrypted with a passphrase. It is
 * used only by explicit choice. Each writer reads, changes and replaces the whole file under a lock, so that
 * no entry is lost. A file that can't be decrypted is never changed.
 */
export function encryptedFileStore(options: EncryptedFileOptions): CredentialStore {
  const { directory, userId, random, showWork = async (_text, work) => await work() } = options;
  const path = join(directory, "credentials.enc");
  let passphrase: Promise<Secret> | null = null;

  async function read(): Promise<CredentialFile | null> {
    const text = await readPrivateFile(path, userId);
    return text === null ? null : readCredentialFile(text, path);
  }

  /** Asks for the passphrase once, and after a wrong one up to two more times. */
  async function withPassphrase<Result>(isNew: boolean, action: (given: Secret) => Promise<Result>) {
    const { given, ask } = options.passphrase;
    const mostAttempts = isNew || given !== null || ask === null ? 1 : MOST_ATTEMPTS;
    for (let attempt = 1; ; attempt += 1) {
      passphrase ??= obtainPassphrase(options.passphrase, path, { isNew, isRepeated: attempt > 1 });
      const current = passphrase;
      try {
        return await action(await current);
      } catch (error) {
        // Another call may have asked again in the meantime.
        if (passphrase === current) passphrase = null;
        if (!(error instanceof WrongPassphrase) || attempt === mostAttempts) throw error;
      }
    }
  }

  const unlock: typeof withDerivedKey = async (given, derivation, action) =>
    await showWork(
      "unlocking the encrypted file",
      async () => await withDerivedKey(given, derivation, action),
    );

  async function readEntries(): Promise<Entries> {
    const file = await read();
    if (file === null) return new Map();
    return await withPassphrase(false, async (given) =>
      unlock(given, file.derivation, async (key) => openEntries(file, key, path)),
    );
  }

  async function update<Result>(change: (entries: Entries) => Change<Result>): Promise<Result> {
    await ensurePrivateDirectory(directory, userId);
    for (;;) {
      const known = await read();
      const done = await withPassphrase(known === null, async (given) => updateKnown(given, known, change));
      if (done !== null) return done.result;
    }
  }

  /**
   * Updates the file with a key that is derived before the lock is taken, because deriving it takes a long time.
   * Returns null when another process has since replaced the file with one that has another key; the caller then
   * starts again.
   */
  async function updateKnown<Result>(
    given: Secret,
    known: CredentialFile | null,
    change: (entries: Entries) => Change<Result>,
  ): Promise<Change<Result> | null> {
    const derivation = known?.derivation ?? newDerivation(random, options.cost ?? DEFAULT_COST);
    return await unlock(given, derivation, async (key) =>
      locked(async () => {
        const current = await read();
        if (current !== null && !isSameSalt(current.derivation.salt, derivation.salt)) return null;
        const entries: Entries = current === null ? new Map() : openEntries(current, key, path);
        const changed = change(entries);
        if (!changed.isWritten) return changed;
        await replaceFile(path, sealEntries(entries, { key, derivation, random }), {
          random,
          isPrivate: true,
        });
        return changed;
      }),
    );
  }

  async function locked<Result>(action: () => Promise<Result>): Promise<Result> {
    try {
      return await withLock(`${path}.lock`, options, action);
    } catch (error) {
      if (error instanceof OutputError) throw unwritable(path, error.cause);
      throw systemCode(error) === null || error instanceof AppError ? error : unwritable(path, error);
    }
  }

  return {
    kind: "file",
    describe: () => `encrypted file ${path}`,
    probe: async () => {
      await update(() => ({ result: undefined, isWritten: true }));
      return { library: null };
    },
    get: async (key) => {
      const secret = (await readEntries()).get(entryName(key));
      return secret === undefined ? null : new Secret(secret);
    },
    set: async (key, secret) => {
      await update((entries) => {
        entries.set(entryName(key), secret.reveal());
        return { result: undefined, isWritten: true };
      });
    },
    delete: async (key) => {
      if ((await read()) === null) return false;
      return await update((entries) => {
        const existed = entries.delete(entryName(key));
        return { result: existed, isWritten: existed };
      });
    },
  };
}

function isSameSalt(left: Uint8Array, right: Uint8Array): boolean {
  return Buffer.compare(left, right) === 0;
}
