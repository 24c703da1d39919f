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
   * What a file in the work tree asks for. It gives way to credentials in the environment, whose host a file must
   * not choose, not even by the name of a profile.
   */
  readonly file?: Setting<string> | null | undefined;
}

export interface SelectedProfile {
  readonly name: Setting<string>;
  /** Null when there is no profile of that name yet. */
  readonly profile: Profile | null;
}

/**
 * Selects the profile of a run: flag, environment, file, the current one, `default`.
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
 * Selects a profile that exists when one was named: a misspelt name must not fall through to another credential.
 * @throws UsageError `usage.profile` with the names there are, AuthError `auth.not_logged_in` when a file names
 * a profile that does not exist
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

/** The error for a profile that is not there. */
export async function noSuchProfile(
  profiles: Profiles,
  { value, source }: Setting<string>,
): Promise<UsageError> {
  const names = (await profiles.list()).profiles.map(({ name }) => `\`${name}\``).join(", ");
  return new UsageError("usage.profile", `there is no profile \`${value}\` (${source})`, {
    hint:
      names === ""
        ? `there are none yet: \`genscope login --profile ${value}\` makes it`
        : `there are ${names}; \`genscope login --profile ${value}\` makes it`,
  });
}
