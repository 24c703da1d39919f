import { StoreError } from "../../core/errors.ts";
import type { Secret } from "../../core/secret.ts";

export const PASSPHRASE_VARIABLE = "GENSCOPE_STORE_PASSPHRASE";

/** Where the passphrase of the encrypted file comes from. There is no built-in one. */
export interface PassphraseSource {
  /** `GENSCOPE_STORE_PASSPHRASE`; null when not set. */
  readonly given: Secret | null;
  /**
   * Asks the person without showing what is typed; null where nobody can be asked. A new passphrase should be
   * asked for twice.
   */
  readonly ask: ((request: { readonly isNew: boolean; readonly path: string }) => Promise<Secret>) | null;
}

/**
 * The passphrase for the file at `path`.
 * @param isNew whether the file is about to be made with it
 * @throws StoreError `store.locked` when there is none and nobody to ask
 */
export async function obtainPassphrase(
  { given, ask }: PassphraseSource,
  path: string,
  isNew: boolean,
): Promise<Secret> {
  const passphrase = given ?? (await ask?.({ isNew, path })) ?? null;
  if (passphrase === null || passphrase.reveal() === "") {
    throw new StoreError("store.locked", `the encrypted file \`${path}\` needs a passphrase`, {
      hint: `set it in the environment, or run the command in a terminal without \`--no-input\`: \`export ${PASSPHRASE_VARIABLE}=…\``,
    });
  }
  return passphrase;
}
