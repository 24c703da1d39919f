import { UsageError } from "../../core/errors.ts";
import { DEFAULT_REGION_ID } from "../../platform/region/region-list.ts";
import { parseRegion } from "../../platform/region/region-parser.ts";
import type { CredentialStore } from "../stores/credential-store.ts";
import type { LoginStorage } from "./login-storage.ts";
import type { OfficialProfile, OfficialProfiles, UnusableProfile } from "./official-profiles.ts";
import { emptyProfile, type Profile } from "./profile.ts";
import { instantMs, storeLogin } from "./stored-login.ts";

export interface ImportedProfiles {
  readonly imported: readonly { readonly table: string; readonly profile: Profile }[];
  readonly skipped: readonly UnusableProfile[];
}

/**
 * Imports profiles of the official CLI and puts their secrets into the store. An existing profile is never
 * overwritten.
 * @throws StoreError, OutputError
 */
export async function importProfiles(
  { usable, unusable }: OfficialProfiles,
  storage: LoginStorage,
  store: CredentialStore,
  nowMs: number,
): Promise<ImportedProfiles> {
  const imported: { readonly table: string; readonly profile: Profile }[] = [];
  const skipped: UnusableProfile[] = [...unusable];
  for (const official of usable) {
    const region = readRegion(official.region);
    if (region instanceof UsageError) {
      skipped.push({ table: official.table, reason: region.message });
      continue;
    }
    const profile = await importOne(official, region, storage, store, nowMs);
    if (profile === null) {
      skipped.push({ table: official.table, reason: `profile \`${official.name}\` already exists` });
    } else {
      imported.push({ table: official.table, profile });
    }
  }
  return { imported, skipped };
}

/**
 * Stores one profile with its secrets; null when it already exists. Checks under the lock, because a login can store a
 * profile of the same name in the meantime.
 */
async function importOne(
  official: OfficialProfile,
  region: string,
  storage: LoginStorage,
  store: CredentialStore,
  nowMs: number,
): Promise<Profile | null> {
  const { name, grant, clientId, clientSecret, accessToken } = official;
  const expiresAtMs = instantMs(official.accessTokenExpiresAt);
  const isAlive = accessToken !== null && expiresAtMs !== null && expiresAtMs > nowMs;
  return await storage.exclusively(name, async () => {
    if ((await storage.profiles.find(name)) !== null) return null;
    return await storeLogin(
      storage,
      store,
      emptyProfile({
        name,
        region,
        grant,
        clientId,
        store: store.kind,
        redirectUri: grant === "pkce" ? official.redirectUri : null,
      }),
      {
        tokens: isAlive
          ? { accessToken: { secret: accessToken, expiresAtMs }, issuedAtMs: nowMs, refreshToken: null }
          : null,
        clientSecret,
      },
    );
  });
}

/** Returns the region as genscope's own profiles write it, or the reason why it is refused. */
function readRegion(text: string | null): string | UsageError {
  try {
    const { region } = parseRegion(text ?? DEFAULT_REGION_ID);
    return region.id ?? region.apiUrl;
  } catch (error) {
    if (error instanceof UsageError) return error;
    throw error;
  }
}
