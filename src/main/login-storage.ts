import type { LoginStorage } from "../auth/profiles/login-storage.ts";
import type { PassphraseSource } from "../auth/stores/passphrase.ts";
import type { GlobalOptions } from "../cli/context.ts";
import type { Prompter } from "../core/prompter.ts";
import { Secret } from "../core/secret.ts";
import { writeNote } from "../output/present.ts";
import { findDirectory } from "./directories.ts";
import type { Surroundings } from "./surroundings.ts";

/** Returns the prompter; null when questions are not allowed. */
export function prompterFor({ prompter }: Surroundings, { input }: GlobalOptions): Prompter | null {
  return input === false ? null : prompter();
}

/** Opens the storage of this machine's logins. Each store is opened only when it is needed. */
export async function openLoginStorage(
  surroundings: Surroundings,
  options: GlobalOptions,
): Promise<LoginStorage> {
  const { env, io, clock, random, signal, processes } = surroundings;
  const { loginStorage } = await import("../auth/profiles/login-storage.ts");
  return loginStorage({
    directory: await findDirectory(surroundings, "config"),
    clock,
    random,
    processes,
    signal,
    openStore: async (kind) => {
      if (surroundings.openStore !== undefined) return surroundings.openStore(kind);
      const [{ openStore }, { PASSPHRASE_VARIABLE }, { withProgress }] = await Promise.all([
        import("../auth/stores/open-store.ts"),
        import("../auth/stores/passphrase.ts"),
        import("../output/progress/progress.ts"),
      ]);
      const given = env[PASSPHRASE_VARIABLE] ?? "";
      return openStore(kind, {
        platform: surroundings.platform,
        env,
        clock,
        random,
        signal,
        mayAsk: options.input !== false,
        showWork: async (text, work) => await withProgress({ io, clock }, options, text, work),
        notify: (line) => void writeNote(io, {}, line).catch(() => {}),
        nodePath: surroundings.nodePath,
        directory: await findDirectory(surroundings, "data"),
        processes,
        userId: surroundings.userId,
        passphrase: {
          given: given === "" ? null : new Secret(given),
          ask: askPassphrase(prompterFor(surroundings, options)),
        },
      });
    },
  });
}

function askPassphrase(prompter: Prompter | null): PassphraseSource["ask"] {
  if (prompter === null) return null;
  return async ({ isNew, isRepeated, path }) => {
    if (!isNew) {
      const why = isRepeated ? " (the previous one was wrong)" : "";
      return await prompter.askSecret(`Passphrase for ${path}${why}`);
    }
    let question = `New passphrase for ${path}`;
    for (;;) {
      const first = await prompter.askSecret(question);
      const second = await prompter.askSecret("Repeat the passphrase");
      if (first.equals(second)) return first;
      question = "The passphrases differ. New passphrase";
    }
  };
}
