import { StoreError } from "../../core/errors.ts";
import type { Secret } from "../../core/secret.ts";

export const PASSPHRASE_VARIABLE = "GENSCOPE_STORE_PASSPHRASE";

/** Sources of the encrypted file's passphrase. There is no built-in passphrase. */
export interface PassphraseSource {
  /** Value of `GENSCOPE_STORE_PASSPHRASE`; null when not set. */
  readonly given: Secret | null;
  /**
   * Prompts for the passphrase without echo; null where prompts are not allowed. Implementations ask for a
   * new passphrase twice.
   */
  readonly ask: ((request: PassphraseRequest & { readonly path: string }) => Promise<Secret>) | null;
}

export interface PassphraseRequest {
  /** Whether the file is about to be created with the passphrase. */
  readonly isNew: boolean;
  /** Whether the previous passphrase was wrong. */
  readonly isRepeated: boolean;
}

/**
 * Returns the passphrase for the file at `path`.
 * @throws StoreError `store.locked` when there is no passphrase and no way to ask for one
 */
export async function obtainPassphrase(
  { given, ask }: PassphraseSource,
  path: string,
  request: PassphraseRequest,
): Promise<Secret> {
  const passphrase = given ?? (await ask?.({ ...request, path })) ?? null;
  if (passphrase === null || passphrase.reveal() === "") {
    throw new StoreError("store.locked", `the encrypted file \`${path}\` needs a passphrase`, {
      hint: `set it with \`export ${PASSPHRASE_VARIABLE}=…\`, or run the command in a terminal without \`--no-input\``,
    });
  }
  return passphrase;
}
