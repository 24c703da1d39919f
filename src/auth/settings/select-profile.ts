import { UsageError } from "../../core/errors.ts";
import type { Profile } from "../profiles/profile.ts";
import { checkProfileName, DEFAULT_PROFILE } from "../profiles/profile-name.ts";
import type { Profiles } from "../profiles/profiles.ts";
import { prefixErrors, profileNotFound } from "./file-login.ts";
import { credentialVariable, type Setting } from "./settings.ts";

export const PROFILE_VARIABLE = "GENSCOPE_PROFILE";

export interface ProfileSelection {
  readonly flag?: string | undefined;
  readonly env: Readonly<Record<string, string | undefined>>;
  /**
   * Profile that a file in the work tree requests. Credentials in the environment take precedence, because a
   * file must not choose their host, not even through the name of a profile.
   */
  readonly file?: Setting<string> | null | undefined;
}

export interface SelectedProfile {
  readonly name: Setting<string>;
  /** Null when the profile does not exist yet. */
  readonly profile: Profile | null;
}

/**
 * Returns the profile of this run: the one that the flag, the environment or the file names, otherwise the current one,
 * otherwise `default`.
 * @throws UsageError `usage.profile_name`, `config.damaged`, `config.invalid`
 */
export async function selectProfile(
  profiles: Profiles,
  { flag, env, file = null }: ProfileSelection,
): Promise<SelectedProfile> {
  const variable = env[PROFILE_VARIABLE]?.trim() ?? "";
  const named =
    flag !== undefined
      ? { value: flag, source: "--profile" }
      : variable !== ""
        ? { value: variable, source: PROFILE_VARIABLE }
        : credentialVariable(env) === null
          ? file
          : null;
  if (named !== null) {
    const check = () => checkProfileName(named.value);
    const name = named === file ? prefixErrors(file.source, check) : check();
    return { name: named, profile: await profiles.find(name) };
  }
  const { current, profiles: all } = await profiles.list();
  const name =
    current === null
      ? { value: DEFAULT_PROFILE, source: "default" }
      : { value: current, source: profiles.path };
  return { name, profile: all.find((each) => each.name === name.value) ?? null };
}

/**
 * Returns the profile of this run and requires a named one to exist: a misspelled name must not fall through
 * to another credential.
 * @throws UsageError `usage.profile` with the existing names, AuthError `auth.not_logged_in` when a file
 * names a profile that does not exist
 */
export async function selectExistingProfile(
  profiles: Profiles,
  selection: ProfileSelection,
): Promise<SelectedProfile> {
  const selected = await selectProfile(profiles, selection);
  if (selected.profile === null && selected.name.source !== "default") {
    throw selected.name === selection.file
      ? profileNotFound(selected.name)
      : await noSuchProfile(profiles, selected.name);
  }
  return selected;
}

/**
 * Returns the error for a profile that does not exist.
 * @param isWanted whether the command needs the profile, so that creating it would help; false for a removal
 */
export async function noSuchProfile(
  profiles: Profiles,
  { value, source }: Setting<string>,
  isWanted = true,
): Promise<UsageError> {
  const names = (await profiles.list()).profiles.map(({ name }) => `\`${name}\``).join(", ");
  if (!isWanted) {
    return new UsageError("usage.profile", `profile \`${value}\` does not exist (${source})`, {
      hint: names === "" ? "no profile exists, so nothing needs to be removed" : `choose one of ${names}`,
    });
  }
  return new UsageError("usage.profile", `profile \`${value}\` does not exist (${source})`, {
    hint:
      names === ""
        ? `create it with \`genscope login --profile ${value}\`; no profile exists yet`
        : `choose one of ${names}, or create it with \`genscope login --profile ${value}\``,
  });
}
