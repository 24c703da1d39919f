import type { LoginStorage } from "../auth/profiles/login-storage.ts";
import type { FileLogin } from "../auth/settings/file-login.ts";
import type { Settings } from "../auth/settings/settings.ts";
import type { ConnectOptions } from "../cli/context.ts";
import { AppError } from "../core/errors.ts";
import { openLoginStorage } from "./login-storage.ts";
import type { Surroundings } from "./surroundings.ts";

const NO_FILE: FileLogin = { profile: null, region: null };

export interface ReadSettings {
  readonly settings: Settings;
  /**
   * File and line that selected the profile; null when it was selected by a flag, the environment or the
   * user's configuration.
   */
  readonly selectedBy: string | null;
}

/**
 * Resolves settings from flags, environment and the selected profile, and compares them with a file in the
 * work tree.
 * @throws UsageError for settings that make no sense or a file that names another host, AuthError for a file
 * that names a missing profile
 */
export async function readSettings(
  { env }: Surroundings,
  options: ConnectOptions,
  storage: LoginStorage,
): Promise<ReadSettings> {
  const [
    { isSelfSufficient, noteMissingProfile, resolveSettings },
    { selectExistingProfile, selectProfile },
  ] = await Promise.all([
    import("../auth/settings/settings.ts"),
    import("../auth/settings/select-profile.ts"),
  ]);
  const { profile: file, region } = options.fileLogin ?? NO_FILE;
  // When flags or the environment provide a credential and a region, the profile has no effect and need not exist.
  const select = isSelfSufficient({ flags: options, env }) ? selectProfile : selectExistingProfile;
  const { name, profile } = await select(storage.profiles, {
    flag: options.profile,
    env,
    file,
  });
  const resolved = resolveSettings({ flags: options, env, profile: profile ?? undefined });
  const settings =
    profile === null && name.source !== "default"
      ? { ...resolved, notes: [...resolved.notes, noteMissingProfile(name, env)] }
      : resolved;
  if (file === null && region === null) return { settings, selectedBy: null };
  const { confirmRegion, noteUnusedProfile } = await import("../auth/settings/file-login.ts");
  if (region !== null) confirmRegion(settings.region, region);
  const note = file === null ? null : noteUnusedProfile(file, name, env);
  return {
    settings: note === null ? settings : { ...settings, notes: [...settings.notes, note] },
    selectedBy: name === file ? name.source : null,
  };
}

/**
 * Finds the API that a command would use, without a credential. Null for invalid settings, because a command that needs
 * them reports the error itself.
 */
export async function findApiUrl(
  surroundings: Surroundings,
  options: ConnectOptions,
): Promise<string | null> {
  const { env } = surroundings;
  const [{ resolveSettings }, { selectProfile }] = await Promise.all([
    import("../auth/settings/settings.ts"),
    import("../auth/settings/select-profile.ts"),
  ]);
  try {
    const { profiles } = await openLoginStorage(surroundings, options);
    const selection = { flag: options.profile, env, file: options.fileLogin?.profile };
    const { profile } = await selectProfile(profiles, selection);
    return resolveSettings({ flags: options, env, profile: profile ?? undefined }).region.value.apiUrl;
  } catch (error) {
    if (error instanceof AppError) return null;
    throw error;
  }
}
