import { describeLogin, isReplacement, type LoginIdentity } from "../../../auth/profiles/login-identity.ts";
import type { Profile } from "../../../auth/profiles/profile.ts";
import { type Revocation, revokeToken } from "../../../auth/token/revoke-token.ts";
import { InterruptedError, UsageError } from "../../../core/errors.ts";
import type { Prompter } from "../../../core/prompter.ts";
import type { Api } from "../../../platform/api.ts";

export interface ReplacementOptions {
  /** `--replace`: the person has agreed in advance. */
  readonly isAllowed: boolean;
  /** Null when nobody may be asked. */
  readonly prompter: Prompter | null;
}

/** Guards the login that a profile holds until its replacement is agreed to. */
export interface Replacement {
  /**
   * Asks once, as soon as a difference is known. Names both logins.
   * @throws UsageError `usage.replace` without agreement, InterruptedError on Ctrl-C
   */
  confirm(next: LoginIdentity): Promise<void>;
  /**
   * Checks the login that the profile holds at the moment of storing: another run may have stored one meanwhile.
   * @throws UsageError `usage.replace`
   */
  check(held: Profile, next: LoginIdentity): void;
  /** What was replaced, for stderr; null when nothing was. */
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

/**
 * Revokes a token that was obtained and is not going to be used, and adds to the error what became of it.
 * @returns the error to throw
 */
export async function giveBack(api: Api, reason: UsageError | InterruptedError): Promise<Error> {
  const revocation = await revokeToken(api).catch(() => null);
  const fate =
    revocation?.outcome === "revoked" || revocation?.outcome === "ended"
      ? "the new token was revoked"
      : `the new token is not stored and stays valid until it expires${reasonOf(revocation)}`;
  const message = `${reason.message}; ${fate}`;
  const options = { hint: reason.hint ?? undefined, cause: reason };
  return reason instanceof UsageError
    ? new UsageError(reason.code, message, options)
    : new InterruptedError(reason.code, message, options);
}

function reasonOf(revocation: Revocation | null): string {
  return revocation === null || revocation.reason === null ? "" : ` (${revocation.reason})`;
}

function refused(held: Profile, next: LoginIdentity): UsageError {
  return new UsageError("usage.replace", compare(held, next), {
    hint: "keep both with `--profile NAME`, or replace the login with `--replace`",
  });
}

function compare(held: Profile, next: LoginIdentity): string {
  return `profile \`${held.name}\` holds the login of ${describeLogin(held)}, and this login is of ${describeLogin(next)}`;
}
