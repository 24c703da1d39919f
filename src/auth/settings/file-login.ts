import { AuthError, UsageError } from "../../core/errors.ts";
import { oneLine } from "../../core/text.ts";
import type { Region } from "../../platform/region/region.ts";
import { parseRegion } from "../../platform/region/region-parser.ts";
import {
  CLIENT_ID_VARIABLES,
  CLIENT_SECRET_VARIABLES,
  credentialVariable,
  describeCredential,
  REGION_VARIABLE,
  type Setting,
  type SettingsSources,
} from "./settings.ts";

/**
 * Login that a file in the work tree requests; the source of each setting is its file and line. Such a file
 * can arrive with a pull request, so it may name one of the user's profiles and confirm a host, but never
 * choose a host.
 */
export interface FileLogin {
  readonly profile: Setting<string> | null;
  readonly region: Setting<string> | null;
}

/**
 * Compares the region in a file with the one that a flag, the environment or a profile selected.
 * @throws UsageError `usage.policy_region` when they are different hosts
 */
export function confirmRegion(chosen: Setting<Region>, named: Setting<string>): void {
  const { region } = parseRegion(named.value);
  if (region.loginUrl === chosen.value.loginUrl && region.apiUrl === chosen.value.apiUrl) return;
  const isDefault = chosen.source === "default";
  const inUse = chosen.value.id ?? chosen.value.apiUrl;
  throw new UsageError(
    "usage.policy_region",
    `${named.source} names region \`${region.id ?? region.apiUrl}\`, but ${
      isDefault ? "no flag, variable or profile selects a region" : `${chosen.source} selects \`${inUse}\``
    }`,
    { hint: hintFor(region, isDefault) },
  );
}

/**
 * Returns the hint for a different region. Only a region of the platform is offered for pasting, because a
 * pull request may have inserted any other host.
 */
function hintFor({ id }: Region, isDefault: boolean): string {
  if (id === null) {
    return `remove the line, because a policy can only confirm a host; or set ${REGION_VARIABLE} to that host if you trust it with your credentials`;
  }
  const where = isDefault
    ? "select it where the credentials are set"
    : "correct the policy, or select that region";
  return `${where}: \`export ${REGION_VARIABLE}=${id}\`, or \`--region ${id}\`; a policy can only confirm a region`;
}

/** Describes which credential is used instead of the profile in the file; null when that profile is used. */
export function noteUnusedProfile(
  named: Setting<string>,
  used: Setting<string>,
  env: SettingsSources["env"],
): string | null {
  const variable = credentialVariable(env);
  if (variable === null && named.value === used.value) return null;
  const winner =
    variable === null ? `profile \`${used.value}\` (${used.source})` : describeCredential(variable);
  return `using ${winner}, not profile \`${oneLine(named.value, 80)}\` (${named.source})`;
}

/** Returns the error for a nonexistent profile that a file names, when the environment has no credential either. */
export function profileNotFound({ value, source }: Setting<string>): AuthError {
  return new AuthError(
    "auth.not_logged_in",
    `${source} names profile \`${value}\`, which does not exist, and the environment contains no credential`,
    {
      hint: `log in with \`genscope login --profile ${value}\`; in CI set \`${CLIENT_ID_VARIABLES[0]}\`, \`${CLIENT_SECRET_VARIABLES[0]}\` and \`${REGION_VARIABLE}\``,
    },
  );
}

/** Runs `work` and prefixes each error about the profile with the file and line that name it. */
export function prefixErrors<Result>(place: string, work: () => Result): Result {
  try {
    return work();
  } catch (error) {
    if (!(error instanceof AuthError || error instanceof UsageError)) throw error;
    const Kind = error instanceof AuthError ? AuthError : UsageError;
    throw new Kind(error.code, `${place}: ${error.message}`, { hint: error.hint ?? undefined, cause: error });
  }
}
