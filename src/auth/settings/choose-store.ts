import { UsageError } from "../../core/errors.ts";
import { STORE_KINDS, type StoreKind } from "../stores/credential-store.ts";
import type { Setting } from "./settings.ts";

export const STORE_VARIABLE = "GENSCOPE_STORE";

export interface StoreSources {
  /** Value of the option `--store`. */
  readonly flag?: string | undefined;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly profile?: { readonly name: string; readonly store: StoreKind } | undefined;
}

/**
 * Returns the store of this run: flag, environment, profile, otherwise the OS keychain. A store that does not
 * work is never replaced by another, because a secret must not end up where the user does not expect it.
 * @throws UsageError `usage.store` for an unknown store
 */
export function chooseStore({ flag, env, profile }: StoreSources): Setting<StoreKind> {
  const variable = env[STORE_VARIABLE];
  if (flag !== undefined) return { value: readKind(flag, "--store"), source: "--store" };
  if (variable !== undefined && variable.trim() !== "") {
    return { value: readKind(variable.trim(), STORE_VARIABLE), source: STORE_VARIABLE };
  }
  return profile === undefined
    ? { value: "keychain", source: "default" }
    : { value: profile.store, source: `profile \`${profile.name}\`` };
}

function readKind(text: string, source: string): StoreKind {
  const kind = STORE_KINDS.find((candidate) => candidate === text);
  if (kind === undefined) {
    throw new UsageError("usage.store", `\`${text}\` is not a store (${source})`, {
      hint: "choose `keychain`, `file` (encrypted with your passphrase) or `none`: `--store keychain`",
    });
  }
  return kind;
}
