import { chooseStore } from "../../auth/settings/choose-store.ts";
import { type SelectedProfile, selectExistingProfile } from "../../auth/settings/select-profile.ts";
import {
  ACCESS_TOKEN_VARIABLE,
  CLIENT_SECRET_VARIABLES,
  resolveSettings,
  type Setting,
  type Settings,
} from "../../auth/settings/settings.ts";
import type { StoreKind } from "../../auth/stores/credential-store.ts";
import { AppError } from "../../core/errors.ts";
import type { DoctorPorts } from "./ports.ts";

/** A value that was read, or the error that prevented it. */
export type ReadResult<Value> =
  | { readonly value: Value; readonly error: null }
  | { readonly value: null; readonly error: AppError };

/**
 * The settings from flags, environment and profile. A part that cannot be read does not keep the independent ones from
 * being read.
 */
export interface Situation {
  readonly profile: ReadResult<SelectedProfile>;
  readonly settings: ReadResult<Settings>;
  readonly store: ReadResult<Setting<StoreKind>>;
  /** The variable that provides a credential, which makes a store unnecessary; null when none does. */
  readonly givenBy: string | null;
}

export async function findSituation({
  env,
  flags,
  storage,
}: Pick<DoctorPorts, "env" | "flags" | "storage">): Promise<Situation> {
  const profile = await read(
    async () => await selectExistingProfile(storage.profiles, { flag: flags.profile, env }),
  );
  const stored = profile.value?.profile ?? undefined;
  return {
    profile,
    // When the profile cannot be read, no settings are resolved: without the profile, they could name a region that
    // the user did not choose.
    settings:
      profile.error === null
        ? await read(() => resolveSettings({ flags, env, profile: stored }))
        : { value: null, error: profile.error },
    store: await read(() => chooseStore({ env, profile: stored })),
    givenBy:
      [ACCESS_TOKEN_VARIABLE, ...CLIENT_SECRET_VARIABLES].find((name) => (env[name] ?? "").trim() !== "") ??
      null,
  };
}

async function read<Value>(get: () => Value | Promise<Value>): Promise<ReadResult<Value>> {
  try {
    return { value: await get(), error: null };
  } catch (error) {
    if (!(error instanceof AppError) || error.exit === "interrupted") throw error;
    return { value: null, error };
  }
}
