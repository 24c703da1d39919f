import { describeLogin, isReplacement, type LoginIdentity } from "../../../auth/profiles/login-identity.ts";
import type { Profile } from "../../../auth/profiles/profile.ts";
import { UsageError } from "../../../core/errors.ts";
import type { Prompter } from "../../../core/prompter.ts";

export interface ReplacementOptions {
  /** Whether the user agreed in advance with `--replace`. */
  readonly isAllowed: boolean;
  /** The prompter for the question; null when no question may be asked. */
  readonly prompter: Prompter | null;
}

/** Keeps the login of a profile until the user agrees to replace it. */
export interface Replacement {
  /**
   * Asks once, as soon as a difference is known, and names both logins.
   * @throws UsageError `usage.replace` without agreement, InterruptedError on Ctrl-C
   */
  confirm(next: LoginIdentity): Promise<void>;
  /**
   * Checks the login that the profile contains at the moment of storing, because another run may have stored one in the
   * meantime.
   * @throws UsageError `usage.replace`
   */
  check(held: Profile, next: LoginIdentity): void;
  /** Describes the replacement for stderr; null when nothing is replaced. */
  describe(next: LoginIdentity): string | null;
}

export function replacementOf(held: Profile | null, options: ReplacementOptions): Replacement {
  let isAgreed = options.isAllowed;
  return {
    confirm: async (next) => {
      if (held === null || isAgreed || !isReplacement(held, next)) return;
      const { prompter } = options;
      if (prompter === null) throw refused(held, next);
      if (!(await prompter.confirm(`${compare(held, next)}. Replace it?`))) throw refused(held, next);
      isAgreed = true;
    },
    check: (found, next) => {
      const isSeen = held !== null && !isReplacement(found, held);
      if (isReplacement(found, next) && !(isAgreed && (isSeen || options.isAllowed))) {
        throw refused(found, next);
      }
    },
    describe: (next) =>
      held !== null && isReplacement(held, next)
        ? `replaced the login of ${describeLogin(held)} in profile \`${held.name}\``
        : null,
  };
}

function refused(held: Profile, next: LoginIdentity): UsageError {
  return new UsageError("usage.replace", compare(held, next), {
    hint: "keep both with `--profile NAME`, or replace the login with `--replace`",
  });
}

function compare(held: Profile, next: LoginIdentity): string {
  return `profile \`${held.name}\` holds a login for ${describeLogin(held)}, but the new login is for ${describeLogin(next)}`;
}
