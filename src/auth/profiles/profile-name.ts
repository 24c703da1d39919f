import { UsageError } from "../../core/errors.ts";
import { oneLine } from "../../core/text.ts";

/** Name of the profile that is used when none is chosen. */
export const DEFAULT_PROFILE = "default";

/** Pattern of names that are safe as a file name, a TOML key and a part of a keychain entry's name. */
const NAME = /^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/;

export function isProfileName(name: string): boolean {
  return NAME.test(name);
}

/**
 * Checks a profile name and returns it unchanged.
 * @throws UsageError `usage.profile_name`
 */
export function checkProfileName(name: string): string {
  if (!isProfileName(name)) {
    throw new UsageError("usage.profile_name", `\`${oneLine(name, 80)}\` is not a valid profile name`, {
      hint: "use 1 to 64 letters, digits, `.`, `_` and `-`, beginning with a letter or a digit",
    });
  }
  return name;
}
