import { isAbsolute, join } from "node:path";
import { blankSecrets } from "../../../auth/profiles/blank-secrets.ts";
import { importProfiles } from "../../../auth/profiles/import-profiles.ts";
import { readOfficialProfiles } from "../../../auth/profiles/official-profiles.ts";
import { chooseStore } from "../../../auth/settings/choose-store.ts";
import type { StoreKind } from "../../../auth/stores/credential-store.ts";
import { OutputError, UsageError } from "../../../core/errors.ts";
import { homeDirectory } from "../../../core/files/home-directory.ts";
import { replaceFile } from "../../../core/files/replace-file.ts";
import type { Context, GlobalOptions } from "../../context.ts";
import { type ProfileSummary, summarize } from "./summary.ts";

/** The JSON contract of `profile import`. */
export interface ProfileImportResult {
  readonly schema: "genscope/profile-import/v1";
  readonly path: string;
  readonly store: StoreKind;
  readonly storedIn: string;
  readonly imported: readonly ProfileSummary[];
  readonly skipped: readonly { readonly profile: string; readonly reason: string }[];
  /** Whether the imported secrets were removed from the old file. */
  readonly blanked: boolean;
}

export interface ProfileImportFlags {
  readonly store?: string | undefined;
  readonly yes?: boolean | undefined;
}

/** Returns the path of the file in which the official CLI keeps its profiles as plain text. */
export function officialConfigPath(env: Context["env"]): string {
  const home = [env["HOME"], env["USERPROFILE"]].find((path) => path !== undefined && isAbsolute(path));
  return join(home ?? homeDirectory(), ".gc", "config.toml");
}

/**
 * Imports the profiles of the official CLI, and removes their secrets from its file if the user agrees.
 * @throws UsageError `usage.file`, `config.damaged`, `usage.store`; StoreError; OutputError
 */
export async function importOfficial(
  context: Context,
  options: GlobalOptions & ProfileImportFlags,
  path: string,
): Promise<ProfileImportResult> {
  const kind = chooseStore({ flag: options.store, env: context.env }).value;
  if (kind === "none") {
    throw new UsageError("usage.store", "the store `none` keeps no secrets, so they cannot be moved", {
      hint: "run `genscope profile import --store keychain`, or `--store file`",
    });
  }
  const text = await context.readTextFile(path);
  const official = readOfficialProfiles(text, path);
  const storage = await context.openLoginStorage(options);
  const store = await storage.openStore(kind);
  if (official.usable.length > 0) await store.probe();
  const { imported, skipped } = await importProfiles(official, storage, store, context.clock.now());
  const { current } = await storage.profiles.list();
  const tables = imported.map(({ table }) => table);
  const blanked = tables.length > 0 && (await mayBlank(context, options, path));
  if (blanked) await rewrite(path, blankSecrets(text, tables, path), context);
  return {
    schema: "genscope/profile-import/v1",
    path,
    store: kind,
    storedIn: store.describe(),
    imported: imported.map(({ profile }) => summarize(profile, current)),
    skipped: skipped.map(({ table, reason }) => ({ profile: table, reason })),
    blanked,
  };
}

async function mayBlank(
  context: Context,
  options: GlobalOptions & ProfileImportFlags,
  path: string,
): Promise<boolean> {
  if (options.yes === true) return true;
  const prompter = context.prompter(options);
  return (
    prompter !== null &&
    (await prompter.confirm(`Remove these secrets from ${path}? The official CLI then has to log in again`))
  );
}

async function rewrite(path: string, text: string, { random }: Context): Promise<void> {
  try {
    await replaceFile(path, text, { random, isPrivate: true });
  } catch (cause) {
    throw new OutputError("output.write", `the secrets in \`${path}\` could not be removed`, {
      hint: "the profiles are imported; remove the secrets from that file yourself",
      cause,
    });
  }
}
