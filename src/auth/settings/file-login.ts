import { AuthError, UsageError } from "../../core/errors.ts";
import { oneLine } from "../../core/text.ts";
import type { Region } from "../../platform/region.ts";
import { parseRegion } from "../../platform/region-parser.ts";
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
 * The login that a file in the work tree asks for; the source of each setting is its file and line. Such a file
 * arrives with a pull request, so it may name one of the user's profiles and confirm a host, but not choose one.
 */
export interface FileLogin {
  readonly profile: Setting<string> | null;
  readonly region: Setting<string> | null;
}

/**
 * Compares the region that a file names with the one that a flag, the environment or a profile chose.
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
      isDefault ? "no flag, variable or profile chose a region" : `${chosen.source} chose \`${inUse}\``
    }`,
    { hint: hintFor(region, isDefault) },
  );
}

/** Only a region of the platform is offered for pasting: a pull request may have put in any other host. */
function hintFor({ id }: Region, isDefault: boolean): string {
  if (id === null) {
    return `a policy only confirms a host: remove the line, or set ${REGION_VARIABLE} to that host if you trust it with your credentials`;
  }
  const where = isDefault
    ? "choose it where the credentials are"
    : "correct the policy, or choose that region";
  return `${where}: \`export ${REGION_VARIABLE}=${id}\`, or \`--region ${id}\`; a policy only confirms a region`;
}

/** Describes which credential is used instead of the profile that a file names; null when that profile is used. */
export function noteUnusedProfile(
  named: Setting<string>,
  used: Setting<string>,
  env: SettingsSources["env"],
): string | null {
  const variable = credentialVariable(env);
  if (variable === null && named.value === used.value) return null;
  const winner =
    variable === null ? `profile \`${used.value}\` (${used.source})` : describeCredential(variable);
  return `${winner} is used, not profile \`${oneLine(named.value, 80)}\` (${named.source})`;
}

/** The error for a profile that a file names and that does not exist, where the environment has no credential. */
export function profileNotFound({ value, source }: Setting<string>): AuthError {
  return new AuthError(
    "auth.not_logged_in",
    `${source} asks for profile \`${value}\`, which does not exist, and the environment has no credential`,
    {
      hint: `log in with \`genscope login --profile ${value}\`; in CI set \`${CLIENT_ID_VARIABLES[0]}\`, \`${CLIENT_SECRET_VARIABLES[0]}\` and \`${REGION_VARIABLE}\``,
    },
  );
}

/** Does `work`; an error about the profile that a file names starts with the file and line. */
export function prefixErrors<Result>(place: string, work: () => Result): Result {
  try {
    return work();
  } catch (error) {
    if (!(error instanceof AuthError || error instanceof UsageError)) throw error;
    const Kind = error instanceof AuthError ? AuthError : UsageError;
    throw new Kind(error.code, `${place}: ${error.message}`, { hint: error.hint ?? undefined, cause: error });
  }
}
