import { UsageError } from "../../core/errors.ts";
import { oneLine } from "../../core/text.ts";

/** The profile of who never named one. */
export const DEFAULT_PROFILE = "default";

/** What is safe as a file name, a TOML key and a part of a keychain entry's name. */
const NAME = /^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/;

export function isProfileName(name: string): boolean {
  return NAME.test(name);
}

/** @throws UsageError `usage.profile_name` */
export function checkProfileName(name: string): string {
  if (!isProfileName(name)) {
    throw new UsageError("usage.profile_name", `\`${oneLine(name, 80)}\` can't be the name of a profile`, {
      hint: "1 to 64 letters, digits, `.`, `_` and `-`, the first a letter or a digit",
    });
  }
  return name;
}
